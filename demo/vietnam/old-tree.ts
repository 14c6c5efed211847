import { hasLateTone, slug, spellingKey, splitRank } from './names.ts';
import { NATION_CODE, type Problem, REORGANISED_ON, type TreeRow } from './rows.ts';
import type { MappingEntry } from './source.ts';

/** A mapping whose old side is filled in and whose new side was found in the table of communes. */
export type ResolvedMapping = {
  id: string;
  oldCode: string | null;
  oldCommune: string;
  oldDistrict: string;
  oldProvince: string;
  newCode: string;
  newProvinceCode: string;
};

export type OldTree = {
  provinces: TreeRow[];
  districts: TreeRow[];
  communes: TreeRow[];
  /** Old commune code of each mapping, by mapping id. */
  communeOf: ReadonlyMap<string, string>;
  /** New provinces that hold what each old province and district held, by old code. */
  provinceTargets: ReadonlyMap<string, ReadonlySet<string>>;
  problems: Problem[];
};

type District = { code: string; name: string; row: TreeRow; coded: number; spellings: Map<string, number> };

const where = (id: string): string => `ward_mappings ${id}`;

/** True when the source names the old place of a mapping; five rows leave it empty. */
export function hasOldSide(
  mapping: MappingEntry,
): mapping is MappingEntry & { oldCommune: string; oldDistrict: string; oldProvince: string } {
  return mapping.oldCommune !== null && mapping.oldDistrict !== null && mapping.oldProvince !== null;
}

function oldRow(
  kind: TreeRow['kind'],
  code: string,
  name: string,
  parentCode: string,
  sourceCode: string | null,
): TreeRow {
  const { rank } = splitRank(name);
  const row: TreeRow = { code, kind, name, parentCode, validFrom: null, validTo: REORGANISED_ON, sourceCode };
  return rank === null ? row : { ...row, subkind: rank };
}

/** Appends -2, -3 … to a code that another name already took ("Hưng" and "Hùng" share their letters). */
function freeCode(wanted: string, taken: Set<string>): string {
  let code = wanted;
  for (let n = 2; taken.has(code); n += 1) code = `${wanted}-${n}`;
  taken.add(code);
  return code;
}

/** Builds the provinces, districts and communes that ended on 1 July 2025 from the old side of the mappings. */
export function buildOldTree(mappings: readonly ResolvedMapping[]): OldTree {
  const problems: Problem[] = [];
  const taken = new Set<string>();
  const provinces = new Map<string, TreeRow>();
  for (const mapping of mappings) {
    const key = spellingKey(mapping.oldProvince);
    if (provinces.has(key)) continue;
    const code = freeCode(`vn-old-p-${slug(splitRank(mapping.oldProvince).own)}`, taken);
    provinces.set(key, oldRow('province', code, mapping.oldProvince, NATION_CODE, null));
    if (hasLateTone(mapping.oldProvince)) {
      problems.push({
        code: 'vietnam.misspelt-province',
        where: where(mapping.id),
        value: mapping.oldProvince,
        decision: 'kept-as-written',
        detail: code,
      });
    }
  }
  const districtOf = buildDistricts(mappings, provinces, taken, problems);
  const { communes, communeOf } = buildCommunes(mappings, districtOf, taken, problems);
  const targets = new Map<string, Set<string>>();
  for (const mapping of mappings) {
    const district = districtOf(mapping);
    for (const code of [district.code, district.row.parentCode ?? '']) {
      targets.set(code, (targets.get(code) ?? new Set()).add(mapping.newProvinceCode));
    }
  }
  const districts = [...new Set(mappings.map((mapping) => districtOf(mapping).row))];
  return { provinces: [...provinces.values()], districts, communes, communeOf, provinceTargets: targets, problems };
}

function buildDistricts(
  mappings: readonly ResolvedMapping[],
  provinces: ReadonlyMap<string, TreeRow>,
  taken: Set<string>,
  problems: Problem[],
): (mapping: ResolvedMapping) => District {
  const keyOf = (m: ResolvedMapping): string => `${spellingKey(m.oldProvince)}|${spellingKey(m.oldDistrict)}`;
  const districts = new Map<string, District>();
  for (const mapping of mappings) {
    const province = provinces.get(spellingKey(mapping.oldProvince));
    if (province === undefined) throw new Error(`no province for mapping ${mapping.id}`);
    let district = districts.get(keyOf(mapping));
    if (district === undefined) {
      const code = freeCode(`${province.code.replace('-p-', '-d-')}-${slug(mapping.oldDistrict)}`, taken);
      const row = oldRow('district', code, mapping.oldDistrict, province.code, null);
      district = { code, name: mapping.oldDistrict, row, coded: 0, spellings: new Map() };
      districts.set(keyOf(mapping), district);
    }
    // A spelling is judged by the rows that carry a code: those are the ones in force on the last day.
    const weight = mapping.oldCode === null ? 0 : 1;
    district.coded += weight;
    district.spellings.set(mapping.oldDistrict, (district.spellings.get(mapping.oldDistrict) ?? 0) + weight);
  }
  for (const district of districts.values()) {
    const ranked = [...district.spellings].sort((a, b) => b[1] - a[1]);
    district.name = ranked[0]?.[0] ?? district.name;
    district.row.name = district.name;
    for (const [spelling] of ranked.slice(1)) {
      problems.push({
        code: 'vietnam.district-spelling',
        where: `ward_mappings, old_district_name, ${provinceName(provinces, district)}`,
        value: spelling,
        decision: 'joined-under-one-spelling',
        detail: `${district.name} (${district.code})`,
      });
    }
  }
  const joined = joinEarlierRanks([...districts.values()], provinces, problems);
  return (mapping) => {
    const district = districts.get(keyOf(mapping));
    if (district === undefined) throw new Error(`no district for mapping ${mapping.id}`);
    return joined.get(district) ?? district;
  };
}

function provinceName(provinces: ReadonlyMap<string, TreeRow>, district: District): string {
  return [...provinces.values()].find((row) => row.code === district.row.parentCode)?.name ?? '';
}

/** A district none of whose communes has a code, beside one of the same name and another rank, is that one before its upgrade. */
function joinEarlierRanks(
  districts: readonly District[],
  provinces: ReadonlyMap<string, TreeRow>,
  problems: Problem[],
): Map<District, District> {
  const joined = new Map<District, District>();
  for (const district of districts) {
    if (district.coded > 0) continue;
    const own = spellingKey(splitRank(district.name).own);
    const later = districts.filter(
      (other) =>
        other.coded > 0 &&
        other.row.parentCode === district.row.parentCode &&
        spellingKey(splitRank(other.name).own) === own,
    );
    const [only] = later;
    if (only === undefined || later.length > 1) continue;
    joined.set(district, only);
    problems.push({
      code: 'vietnam.district-earlier-rank',
      where: `ward_mappings, old_district_name, ${provinceName(provinces, district)}`,
      value: district.name,
      decision: 'joined-to-later-rank',
      detail: `${only.name} (${only.code})`,
    });
  }
  return joined;
}

type Named = { district: District; name: string; mappings: ResolvedMapping[] };

function buildCommunes(
  mappings: readonly ResolvedMapping[],
  districtOf: (mapping: ResolvedMapping) => District,
  taken: Set<string>,
  problems: Problem[],
): { communes: TreeRow[]; communeOf: Map<string, string> } {
  const communes: TreeRow[] = [];
  const communeOf = new Map<string, string>();
  const targets = new Map<string, Set<string>>();
  const byName = new Map<string, Set<string>>();
  const byOwnName = new Map<string, Set<string>>();
  const remember = (index: Map<string, Set<string>>, key: string, code: string): void => {
    index.set(key, (index.get(key) ?? new Set()).add(code));
  };
  for (const mapping of mappings) {
    if (mapping.oldCode === null) continue;
    const district = districtOf(mapping);
    const code = `vn-old-${mapping.oldCode}`;
    if (!taken.has(code)) {
      taken.add(code);
      communes.push(oldRow('commune', code, mapping.oldCommune, district.code, mapping.oldCode));
    }
    communeOf.set(mapping.id, code);
    remember(targets, code, mapping.newCode);
    remember(byName, `${district.code}|${spellingKey(mapping.oldCommune)}`, code);
    remember(byOwnName, `${district.code}|${spellingKey(splitRank(mapping.oldCommune).own)}`, code);
  }
  const only = (codes: ReadonlySet<string> | undefined): string | null =>
    codes?.size === 1 ? (codes.values().next().value ?? null) : null;

  for (const named of groupByName(mappings, districtOf)) {
    const { district, name } = named;
    const sameName = only(byName.get(`${district.code}|${spellingKey(name)}`));
    const sameOwnName = only(byOwnName.get(`${district.code}|${spellingKey(splitRank(name).own)}`));
    // An earlier rank may only add a name: were its targets others than those of the later rank, joining would invent a split.
    const addsNothing =
      sameOwnName !== null &&
      named.mappings.every((mapping) => targets.get(sameOwnName)?.has(mapping.newCode) === true);
    const joined = sameName ?? (addsNothing ? sameOwnName : null);
    let code = joined;
    if (code === null) {
      code = freeCode(`vn-old-w-${district.code.slice('vn-old-d-'.length)}-${slug(name)}`, taken);
      communes.push(oldRow('commune', code, name, district.code, null));
    }
    for (const mapping of named.mappings) {
      communeOf.set(mapping.id, code);
      problems.push({
        code: 'vietnam.old-code-missing',
        where: where(mapping.id),
        value: `${mapping.oldCommune}, ${mapping.oldDistrict}, ${mapping.oldProvince}`,
        decision:
          sameName !== null ? 'joined-to-same-name' : joined !== null ? 'joined-as-earlier-rank' : 'kept-as-own-unit',
        detail: `${code} → ${mapping.newCode}`,
      });
    }
  }
  return { communes, communeOf };
}

function groupByName(
  mappings: readonly ResolvedMapping[],
  districtOf: (mapping: ResolvedMapping) => District,
): Iterable<Named> {
  const groups = new Map<string, Named>();
  for (const mapping of mappings) {
    if (mapping.oldCode !== null) continue;
    const district = districtOf(mapping);
    const key = `${district.code}|${spellingKey(mapping.oldCommune)}`;
    const group = groups.get(key) ?? { district, name: mapping.oldCommune, mappings: [] };
    group.mappings.push(mapping);
    groups.set(key, group);
  }
  return groups.values();
}
