import { expect, test } from 'vitest';
import { hasLateTone, spellingKey } from './names.ts';
import { REPORT_LANGUAGES, type ReportLanguage, vietnamReport } from './report.ts';
import { PROBLEM_DECISIONS } from './rows.ts';
import type { MappingEntry, VietnamSource } from './source.ts';
import { buildVietnamTree, readVietnamTree } from './tree.ts';

const small = (mappings: readonly Partial<MappingEntry>[]): VietnamSource => ({
  provinces: [{ id: '1', code: '42', name: 'Hà Tĩnh', placeType: 'Tỉnh' }],
  communes: [
    { id: '1', code: '18685', name: 'Xã Cẩm Bình', provinceCode: '42' },
    { id: '2', code: '18676', name: 'Xã Thiên Cầm', provinceCode: '42' },
  ],
  mappings: mappings.map((mapping, index) => ({
    id: String(index + 1),
    oldCode: '18694',
    oldCommune: 'Xã Cẩm Thành',
    oldDistrict: 'Huyện Cẩm Xuyên',
    oldProvince: 'Tỉnh Hà Tĩnh',
    newCode: '18685',
    newCommune: 'Xã Cẩm Bình',
    newProvince: 'Hà Tĩnh',
    ...mapping,
  })),
});

const problemsOf = (...mappings: Partial<MappingEntry>[]): string[][] =>
  buildVietnamTree(small(mappings)).problems.map((problem) => [problem.code, problem.where, problem.decision]);

test('a province that no table has is reported and its mapping left out', () => {
  expect(problemsOf({}, { newProvince: 'Hà Tỉnh' })).toContainEqual([
    'vietnam.province-unknown',
    'ward_mappings 2',
    'mapping-left-out',
  ]);
});

test('a province in another spelling is matched and reported', () => {
  const tree = buildVietnamTree(small([{ newProvince: 'HÀ TĨNH' }]));
  expect(tree.lineage.find((row) => row.from === 'vn-old-18694')?.to).toBe('18685');
  expect(tree.problems.map((problem) => problem.decision)).toContain('matched-by-spelling');
});

test('a new commune that no table has is reported and its mapping left out', () => {
  const tree = buildVietnamTree(small([{}, { newCommune: 'Xã Không Có' }]));
  expect(tree.lineage.flatMap((row) => row.mappings)).toEqual(['1']);
  expect(tree.problems).toContainEqual({
    code: 'vietnam.new-commune-unknown',
    where: 'ward_mappings 2',
    value: '18685 Xã Không Có, Hà Tĩnh',
    decision: 'mapping-left-out',
    detail: '18694 Xã Cẩm Thành → ?',
  });
});

test('names that share their bare letters keep codes of their own', () => {
  const tree = buildVietnamTree(
    small([
      { oldCode: null, oldCommune: 'Xã Hùng Tiến' },
      { oldCode: null, oldCommune: 'Xã Hưng Tiến', newCommune: 'Xã Thiên Cầm', newCode: '18676' },
    ]),
  );
  const old = tree.units.filter((unit) => unit.kind === 'commune' && unit.validTo !== null).map((unit) => unit.code);
  expect(old).toEqual([
    'vn-old-w-ha-tinh-huyen-cam-xuyen-xa-hung-tien',
    'vn-old-w-ha-tinh-huyen-cam-xuyen-xa-hung-tien-2',
  ]);
});

test('an earlier rank is joined only where that invents no split', () => {
  const ward = { oldCommune: 'Phường Cẩm Thành' };
  const joined = problemsOf(ward, { oldCode: null });
  expect(joined).toContainEqual(['vietnam.old-code-missing', 'ward_mappings 2', 'joined-as-earlier-rank']);
  const apart = problemsOf(ward, { oldCode: null, newCode: '18676', newCommune: 'Xã Thiên Cầm' });
  expect(apart).toContainEqual(['vietnam.old-code-missing', 'ward_mappings 2', 'kept-as-own-unit']);
});

test('spelling: the place of the tone does not count, the tone and the letters do', () => {
  expect(spellingKey('Thành phố Thuỷ Nguyên')).toBe(spellingKey('thành phố  Thủy Nguyên'));
  expect(spellingKey('Xã Hùng Thành')).not.toBe(spellingKey('Xã Hưng Thành'));
  expect(spellingKey('Xã Hòa')).not.toBe(spellingKey('Xã Hóa'));
  expect([hasLateTone('Tỉnh Hoà Bình'), hasLateTone('Khánh Hòa'), hasLateTone('Phú Quý')]).toEqual([
    true,
    false,
    false,
  ]);
});

const tree = readVietnamTree();

test.each(Object.keys(REPORT_LANGUAGES) as ReportLanguage[])(
  'the %s report lists every problem and explains every kind',
  (language) => {
    const texts = REPORT_LANGUAGES[language];
    const lines = vietnamReport(tree, language).split('\n');
    const rows = lines.filter((line) => tree.problems.some((problem) => line.startsWith(`| ${problem.where} |`)));
    expect(rows).toHaveLength(tree.problems.length);
    for (const problem of tree.problems.filter((_, index) => index % 37 === 0)) {
      const row = rows.find((line) => line.startsWith(`| ${problem.where} | ${problem.value} |`));
      expect(row).toContain(texts.decisions[problem.decision]);
      expect(row).toContain(problem.detail);
    }
    for (const [code, decisions] of Object.entries(PROBLEM_DECISIONS)) {
      expect(lines.some((line) => line.startsWith(`\`${code}\` `))).toBe(true);
      for (const decision of decisions) expect(texts.decisions[decision]).not.toBe('');
    }
  },
);
