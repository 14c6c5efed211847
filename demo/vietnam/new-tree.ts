import { spellingKey, splitRank } from './names.ts';
import type { ResolvedMapping } from './old-tree.ts';
import { hasOldSide } from './old-tree.ts';
import { NATION_CODE, type Problem, REORGANISED_ON, type TreeRow } from './rows.ts';
import type { CommuneEntry, MappingEntry, VietnamSource } from './source.ts';

export type NewTree = { provinces: TreeRow[]; communes: TreeRow[] };

export const newProvinceCode = (sourceCode: string): string => `vn-p-${sourceCode}`;

/** The 34 provinces and their communes. The provinces table leaves out "Tỉnh", which the old tree writes; it is put back. */
export function buildNewTree(source: VietnamSource): NewTree {
  const provinces = source.provinces.map((entry): TreeRow => {
    const rank = splitRank(entry.name).rank ?? 'tỉnh';
    const name = splitRank(entry.name).rank === null ? `${entry.placeType} ${entry.name}` : entry.name;
    return {
      code: newProvinceCode(entry.code),
      kind: 'province',
      subkind: rank,
      name,
      parentCode: NATION_CODE,
      validFrom: REORGANISED_ON,
      validTo: null,
      sourceCode: entry.code,
    };
  });
  const communes = source.communes.map((entry): TreeRow => {
    const { rank } = splitRank(entry.name);
    const row: TreeRow = {
      code: entry.code,
      kind: 'commune',
      name: entry.name,
      parentCode: newProvinceCode(entry.provinceCode),
      validFrom: REORGANISED_ON,
      validTo: null,
      sourceCode: entry.code,
    };
    return rank === null ? row : { ...row, subkind: rank };
  });
  return { provinces, communes };
}

export type Resolution = {
  /** Mappings with an old and a new side. */
  mappings: ResolvedMapping[];
  /** New commune of every mapping that names one that exists, by mapping id. */
  newCodeOf: ReadonlyMap<string, string>;
  problems: Problem[];
};

/**
 * Finds the commune each mapping points at. The name inside its province decides, not the code: 169 codes are of no commune
 * and some of another one, while every name in its province is of exactly one commune.
 */
export function resolveMappings(source: VietnamSource): Resolution {
  const problems: Problem[] = [];
  const provinceByName = new Map(source.provinces.map((entry) => [entry.name, entry.code]));
  const provinceByKey = new Map(source.provinces.map((entry) => [spellingKey(entry.name), entry]));
  const byName = new Map(source.communes.map((entry) => [`${entry.provinceCode}|${spellingKey(entry.name)}`, entry]));
  const byCode = new Map(source.communes.map((entry) => [entry.code, entry]));
  const mappings: ResolvedMapping[] = [];
  const newCodeOf = new Map<string, string>();

  for (const mapping of source.mappings) {
    const where = `ward_mappings ${mapping.id}`;
    const newSide = `${mapping.newCode} ${mapping.newCommune}, ${mapping.newProvince}`;
    const provinceCode =
      provinceByName.get(mapping.newProvince) ?? provinceByKey.get(spellingKey(mapping.newProvince))?.code;
    if (provinceCode === undefined) {
      const detail = `${mapping.oldCode ?? '–'} ${mapping.oldCommune ?? '–'} → ?`;
      problems.push({ code: 'vietnam.province-unknown', where, value: newSide, decision: 'mapping-left-out', detail });
      continue;
    }
    if (!provinceByName.has(mapping.newProvince)) {
      const detail = newProvinceCode(provinceCode);
      problems.push({
        code: 'vietnam.misspelt-province',
        where,
        value: mapping.newProvince,
        decision: 'matched-by-spelling',
        detail,
      });
    }
    const commune = byName.get(`${provinceCode}|${spellingKey(mapping.newCommune)}`);
    if (commune === undefined) {
      const detail = `${mapping.oldCode ?? '–'} ${mapping.oldCommune ?? '–'} → ?`;
      problems.push({
        code: 'vietnam.new-commune-unknown',
        where,
        value: newSide,
        decision: 'mapping-left-out',
        detail,
      });
      continue;
    }
    newCodeOf.set(mapping.id, commune.code);
    if (commune.code !== mapping.newCode) {
      problems.push(wrongCode(mapping, commune, byCode.get(mapping.newCode)));
    }
    if (!hasOldSide(mapping)) {
      const detail = commune.code;
      problems.push({
        code: 'vietnam.old-side-empty',
        where,
        value: newSide,
        decision: 'new-unit-without-predecessor',
        detail,
      });
      continue;
    }
    mappings.push({
      id: mapping.id,
      oldCode: mapping.oldCode === '' ? null : mapping.oldCode,
      oldCommune: mapping.oldCommune,
      oldDistrict: mapping.oldDistrict,
      oldProvince: mapping.oldProvince,
      newCode: commune.code,
      newProvinceCode: newProvinceCode(provinceCode),
    });
  }
  return { mappings, newCodeOf, problems };
}

function wrongCode(mapping: MappingEntry, right: CommuneEntry, owner: CommuneEntry | undefined): Problem {
  const where = `ward_mappings ${mapping.id}`;
  const value = `${mapping.newCode} ${mapping.newCommune}, ${mapping.newProvince}`;
  if (owner === undefined) {
    const decision = mapping.newCode.padStart(5, '0') === right.code ? 'leading-zero-restored' : 'found-by-name';
    return { code: 'vietnam.new-code-unknown', where, value, decision, detail: right.code };
  }
  const detail = `${right.code} (${owner.code} = ${owner.name}, ${newProvinceCode(owner.provinceCode)})`;
  return { code: 'vietnam.new-code-of-another-commune', where, value, decision: 'found-by-name', detail };
}
