import { PLACES, REORGANISED_ON, readVietnamTree, type VietnamTree } from '@dinh/demo/vietnam';
import { DAWN, FOREVER } from '@dinh/domain/kernel';

/** A village or cell of the demo: under the old commune until the reorganisation, under its successor from then on. */
export type DemoUnit = {
  code: string;
  name: string;
  kind: string;
  line: 'territorial' | 'organisational';
  before: string;
  after: string;
};

export const HA_TINH = 'vn-p-42';
export const QUANG_NINH = 'vn-p-22';
const village = (
  code: string,
  name: string,
  place: (typeof PLACES)[keyof typeof PLACES],
  kind = 'village',
): DemoUnit => ({
  code,
  name,
  kind,
  line: 'territorial',
  before: place.before.code,
  after: place.after.code,
});

/** Residential areas that the articles name. */
export const named = {
  namBacThanh: village('demo-nam-bac-thanh', 'Thôn Nam Bắc Thành', PLACES.camThanh),
  lienHa: village('demo-lien-ha', 'Thôn Liên Hà', PLACES.thachHa),
  bieuNghi: village('demo-bieu-nghi', 'Khu Biểu Nghi', PLACES.dongMai, 'quarter'),
  binhLucHa: village('demo-binh-luc-ha', 'Khu Bình Lục Hạ', PLACES.hongPhong, 'quarter'),
  lacThanh: village('demo-lac-thanh', 'Khu Lạc Thanh', PLACES.yenThanh, 'quarter'),
  naEch: village('demo-na-ech', 'Thôn Nà Ếch', PLACES.hucDong),
};

/** Villages beside Liên Hà and elsewhere in the province that build a smart area too; the articles count but do not name them. */
export const smartOthers: DemoUnit[] = [
  village('demo-thach-ha-2', 'Thôn số 2 Thạch Hạ', PLACES.thachHa),
  village('demo-thach-ha-3', 'Thôn số 3 Thạch Hạ', PLACES.thachHa),
  village('demo-cam-thanh-2', 'Thôn số 2 Cẩm Thành', PLACES.camThanh),
  village('demo-cam-thanh-3', 'Thôn số 3 Cẩm Thành', PLACES.camThanh),
  village('demo-thien-loc-1', 'Thôn số 1 Thiên Lộc', PLACES.thienLoc),
  village('demo-thien-loc-2', 'Thôn số 2 Thiên Lộc', PLACES.thienLoc),
];

/** The commune that the articles know as Thiên Lộc, with its ten villages (S1-03). */
export const THIEN_LOC = { before: PLACES.thienLoc.before.code, after: PLACES.thienLoc.after.code, villages: 10 };

/** The rest of its ten villages, all of which reached the model standard (S1-03). */
export const thienLocOthers: DemoUnit[] = Array.from({ length: THIEN_LOC.villages - 2 }, (_, index) =>
  village(`demo-thien-loc-${index + 3}`, `Thôn số ${index + 3} Thiên Lộc`, PLACES.thienLoc),
);

/** Villages beside Nam Bắc Thành that only run the model-area programme. */
const neighbours: DemoUnit[] = [4, 5, 6].map((number) =>
  village(`demo-cam-thanh-${number}`, `Thôn số ${number} Cẩm Thành`, PLACES.camThanh),
);

const VILLAGES_EACH = 3;

/** The neighbours of Nam Bắc Thành, and three villages in each of some communes of the province, under the communes these came from. */
export function provinceVillages(tree: VietnamTree, communesWithVillages: number): DemoUnit[] {
  const communes = tree.units
    .filter((unit) => unit.parentCode === HA_TINH && unit.kind === 'commune')
    .slice(0, communesWithVillages);
  const elsewhere = communes.flatMap((commune) => {
    const sources = tree.lineage
      .filter((row) => row.to === commune.code && row.from.startsWith('vn-old-'))
      .map((row) => row.from);
    const before = sources.length > 0 ? sources : [];
    return Array.from({ length: before.length > 0 ? VILLAGES_EACH : 0 }, (_, index) => ({
      code: `demo-${commune.code}-${index + 1}`,
      name: `Thôn số ${index + 1} ${commune.name.replace(/^(Xã|Phường) /, '')}`,
      kind: 'village',
      line: 'territorial' as const,
      before: before[index % before.length]!,
      after: commune.code,
    }));
  });
  return [...neighbours, ...elsewhere];
}

const cell = (code: string, name: string, committee: string): DemoUnit => ({
  code,
  name,
  kind: 'cell',
  line: 'organisational',
  before: committee,
  after: committee,
});

/** The organisational line of the article on four-good cells, as far as the demo needs it. */
export const committees = [
  { code: 'demo-o-nation', name: 'Toàn quốc', kind: 'central-committee', parent: null },
  { code: 'demo-o-quang-ninh', name: 'Tỉnh ủy Quảng Ninh', kind: 'provincial-committee', parent: 'demo-o-nation' },
  { code: 'demo-o-ha-tinh', name: 'Tỉnh ủy Hà Tĩnh', kind: 'provincial-committee', parent: 'demo-o-nation' },
  { code: 'demo-o-tuyen-quang', name: 'Tỉnh ủy Tuyên Quang', kind: 'provincial-committee', parent: 'demo-o-nation' },
  { code: 'demo-o-son-duong', name: 'Đảng ủy Sơn Dương', kind: 'commune-committee', parent: 'demo-o-tuyen-quang' },
  { code: 'demo-o-lang-quan', name: 'Đảng ủy Lang Quán', kind: 'commune-committee', parent: 'demo-o-tuyen-quang' },
  { code: 'demo-o-dong-mai', name: 'Đảng ủy phường Đông Mai', kind: 'commune-committee', parent: 'demo-o-quang-ninh' },
  {
    code: 'demo-o-dong-trieu',
    name: 'Đảng ủy phường Đông Triều',
    kind: 'commune-committee',
    parent: 'demo-o-quang-ninh',
  },
  { code: 'demo-o-uong-bi', name: 'Đảng ủy phường Uông Bí', kind: 'commune-committee', parent: 'demo-o-quang-ninh' },
  { code: 'demo-o-binh-lieu', name: 'Đảng ủy xã Bình Liêu', kind: 'commune-committee', parent: 'demo-o-quang-ninh' },
  { code: 'demo-o-tran-phu', name: 'Đảng ủy phường Trần Phú', kind: 'commune-committee', parent: 'demo-o-ha-tinh' },
] as const;

export const cells = {
  bieuNghi: cell('demo-c-bieu-nghi', 'Chi bộ khu Biểu Nghi', 'demo-o-dong-mai'),
  binhLucHa: cell('demo-c-binh-luc-ha', 'Chi bộ khu Bình Lục Hạ', 'demo-o-dong-trieu'),
  lacThanh: cell('demo-c-lac-thanh', 'Chi bộ khu Lạc Thanh', 'demo-o-uong-bi'),
  naEch: cell('demo-c-na-ech', 'Chi bộ thôn Nà Ếch', 'demo-o-binh-lieu'),
  dongMai2: cell('demo-c-dong-mai-2', 'Chi bộ khu số 2 Đông Mai', 'demo-o-dong-mai'),
  uongBi2: cell('demo-c-uong-bi-2', 'Chi bộ khu số 2 Yên Thanh', 'demo-o-uong-bi'),
  lienHa: cell('demo-c-lien-ha', 'Chi bộ thôn Liên Hà', 'demo-o-tran-phu'),
};

type Row = {
  code: string | null;
  name: string;
  kind: string;
  line: 'territorial' | 'organisational';
  parentCode: string | null;
  validFrom: string;
  validTo: string;
  continues: string | null;
};

/** Everything the import takes, parents before children: the two trees and the demo's own units. */
export function treeRows(tree: VietnamTree, own: readonly DemoUnit[]): Row[] {
  const territorial = tree.units.map(
    (unit): Row => ({
      code: unit.code,
      name: unit.name,
      kind: unit.kind,
      line: 'territorial',
      parentCode: unit.parentCode,
      validFrom: unit.validFrom ?? DAWN,
      validTo: unit.validTo ?? FOREVER,
      continues: null,
    }),
  );
  const body = (row: (typeof committees)[number]): Row => ({
    code: row.code,
    name: row.name,
    kind: row.kind,
    line: 'organisational',
    parentCode: row.parent,
    validFrom: DAWN,
    validTo: FOREVER,
    continues: null,
  });
  const stretches = own.flatMap(({ code, name, kind, line, before, after }): Row[] => {
    const row = { code, name, kind, line };
    if (before === after) return [{ ...row, parentCode: after, validFrom: DAWN, validTo: FOREVER, continues: null }];
    return [
      { ...row, parentCode: before, validFrom: DAWN, validTo: REORGANISED_ON, continues: null },
      { ...row, parentCode: after, validFrom: REORGANISED_ON, validTo: FOREVER, continues: code },
    ];
  });
  return [...territorial, ...committees.map(body), ...stretches];
}

export { readVietnamTree };
