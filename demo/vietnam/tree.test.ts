import { describe, expect, test } from 'vitest';
import { PLACES } from './places.ts';
import { REORGANISED_ON, type TreeRow } from './rows.ts';
import { readVietnamSource } from './source.ts';
import { readVietnamTree } from './tree.ts';

const source = readVietnamSource();
const tree = readVietnamTree();
const byCode = new Map(tree.units.map((unit) => [unit.code, unit]));

const existsOn = (unit: TreeRow, day: string): boolean =>
  (unit.validFrom ?? '0000-00-00') <= day && day < (unit.validTo ?? '9999-99-99');
const onDay = (day: string): TreeRow[] => tree.units.filter((unit) => existsOn(unit, day));
const countOf = (units: readonly TreeRow[], kind: TreeRow['kind']): number =>
  units.filter((unit) => unit.kind === kind).length;

describe('figures', () => {
  test('of the source, blanks counted as the data counts them', () => {
    expect(tree.figures).toEqual({
      oldProvinces: 64,
      oldDistricts: 698,
      oldCommuneCodes: 10_036,
      newProvinces: 34,
      newCommunes: 3321,
      newCommuneCodesInMappings: 3489,
      mappings: 10_977,
    });
  });

  test('of the tree: every code of the source is a unit, every name once', () => {
    const before = onDay('2024-12-31');
    const after = onDay(REORGANISED_ON);
    expect([countOf(before, 'province'), countOf(before, 'district')]).toEqual([63, 691]);
    const communes = before.filter((unit) => unit.kind === 'commune');
    expect(communes.filter((unit) => unit.sourceCode !== null)).toHaveLength(10_034);
    expect(communes.filter((unit) => unit.sourceCode === null)).toHaveLength(692);
    expect([countOf(after, 'province'), countOf(after, 'district'), countOf(after, 'commune')]).toEqual([34, 0, 3321]);
    const codes = new Set(source.mappings.map((mapping) => mapping.oldCode).filter((code) => code));
    expect(new Set(communes.flatMap((unit) => unit.sourceCode ?? []))).toEqual(codes);
  });
});

describe('nothing is lost', () => {
  test('every mapping is in the lineage or among the problems', () => {
    const inLineage = new Set(tree.lineage.flatMap((row) => row.mappings));
    const inProblems = new Set(tree.problems.flatMap((problem) => problem.where.split(' ').slice(1)));
    const lost = source.mappings.filter(({ id }) => !inLineage.has(id) && !inProblems.has(id));
    expect(lost).toEqual([]);
    expect(inLineage.size).toBe(10_972);
    expect(tree.problems.filter((problem) => problem.code === 'vietnam.old-side-empty')).toHaveLength(5);
  });

  test('every unit of the old tree leads to the new one, and every new commune comes from somewhere or is listed', () => {
    const from = new Set(tree.lineage.map((row) => row.from));
    expect(tree.units.filter((unit) => unit.validTo !== null && !from.has(unit.code))).toEqual([]);
    const to = new Set(tree.lineage.map((row) => row.to));
    const fromNothing = tree.units
      .filter((unit) => unit.validFrom !== null && !to.has(unit.code))
      .map((unit) => unit.code);
    const listed = tree.problems
      .filter((problem) => problem.decision === 'new-unit-without-predecessor')
      .map((problem) => problem.detail);
    expect(fromNothing.sort()).toEqual(listed.sort());
  });

  test('the problems add up', () => {
    const counts = Object.fromEntries(
      [...Map.groupBy(tree.problems, (problem) => problem.code)].map(([code, problems]) => [code, problems.length]),
    );
    expect(counts).toEqual({
      'vietnam.blank-counted-as-value': 3,
      'vietnam.letters-decomposed': 129,
      'vietnam.misspelt-province': 1,
      'vietnam.district-spelling': 4,
      'vietnam.district-earlier-rank': 2,
      'vietnam.old-side-empty': 5,
      'vietnam.old-code-missing': 938,
      'vietnam.new-code-unknown': 431,
      'vietnam.new-code-of-another-commune': 22,
      'vietnam.duplicate-mapping': 217,
      'vietnam.commune-spelling': 10,
      'vietnam.commune-without-source': 1,
    });
  });
});

describe('the tree holds', () => {
  test('codes are unique and every parent exists as long as its child', () => {
    expect(byCode.size).toBe(tree.units.length);
    const wrong = tree.units.filter((unit) => {
      if (unit.parentCode === null) return unit.kind !== 'nation';
      const parent = byCode.get(unit.parentCode);
      if (parent === undefined) return true;
      const startsBefore = (parent.validFrom ?? '') > (unit.validFrom ?? '');
      return startsBefore || (parent.validTo ?? '9999') < (unit.validTo ?? '9999');
    });
    expect(wrong).toEqual([]);
  });

  test.each(['2024-12-31', '2025-06-30', REORGANISED_ON])(
    'on %s every commune reaches the nation, without a cycle',
    (day) => {
      const steps = { '2024-12-31': 3, '2025-06-30': 3, [REORGANISED_ON]: 2 }[day];
      const today = onDay(day);
      const present = new Set(today.map((unit) => unit.code));
      for (const commune of today.filter((unit) => unit.kind === 'commune')) {
        let unit: TreeRow | undefined = commune;
        let climbed = 0;
        while (unit !== undefined && unit.parentCode !== null && climbed < 10) {
          expect(present.has(unit.parentCode)).toBe(true);
          unit = byCode.get(unit.parentCode);
          climbed += 1;
        }
        expect([unit?.code, climbed]).toEqual(['vn', steps]);
      }
    },
  );

  test('children counted level by level add up to the whole', () => {
    for (const day of ['2024-12-31', REORGANISED_ON]) {
      const today = onDay(day);
      const children = Map.groupBy(today, (unit) => unit.parentCode);
      const below = (code: string): number =>
        (children.get(code) ?? []).reduce((sum, unit) => sum + (unit.kind === 'commune' ? 1 : below(unit.code)), 0);
      expect(below('vn')).toBe(countOf(today, 'commune'));
    }
  });

  test('lineage leads from a unit of the old tree to one of the new, never twice', () => {
    const seen = new Set<string>();
    for (const row of tree.lineage) {
      expect(byCode.get(row.from)?.validTo).toBe(row.effective);
      const target = byCode.get(row.to);
      expect(existsOn(target ?? { ...byCode.get('vn')!, validTo: '0000-00-00' }, row.effective)).toBe(true);
      expect(seen.has(`${row.from}|${row.to}`)).toBe(false);
      seen.add(`${row.from}|${row.to}`);
    }
  });

  test('the kind of lineage says how many became how many', () => {
    const communes = tree.lineage.filter((row) => byCode.get(row.from)?.kind === 'commune');
    const out = Map.groupBy(communes, (row) => row.from);
    const into = Map.groupBy(communes, (row) => row.to);
    for (const row of communes) {
      const shape = [out.get(row.from)?.length, into.get(row.to)?.length];
      if (row.kind === 'split') expect(shape[0]).toBeGreaterThan(1);
      else if (row.kind === 'merge') expect([shape[0], (shape[1] ?? 0) > 1]).toEqual([1, true]);
      else expect(shape).toEqual([1, 1]);
    }
  });
});

test('eleven provinces go on unchanged as one unit each, the others merge', () => {
  const provinces = tree.units.filter((unit) => unit.kind === 'province');
  const continuing = provinces.filter((unit) => unit.validFrom === null && unit.validTo === null);
  expect(continuing.map((unit) => unit.name)).toEqual([
    'Thành phố Hà Nội',
    'Tỉnh Cao Bằng',
    'Tỉnh Điện Biên',
    'Tỉnh Lai Châu',
    'Tỉnh Sơn La',
    'Tỉnh Lạng Sơn',
    'Tỉnh Quảng Ninh',
    'Tỉnh Thanh Hóa',
    'Tỉnh Nghệ An',
    'Tỉnh Hà Tĩnh',
    'Thành phố Huế',
  ]);
  const into = tree.lineage.filter((row) => row.to === 'vn-p-08' && byCode.get(row.from)?.kind === 'province');
  expect(into.map((row) => [row.kind, byCode.get(row.from)?.name])).toEqual([
    ['merge', 'Tỉnh Tuyên Quang'],
    ['merge', 'Tỉnh Hà Giang'],
  ]);
});

test.each(Object.values(PLACES))('$knownAs became $after.name', (place) => {
  const before = byCode.get(place.before.code);
  const district = byCode.get(before?.parentCode ?? '');
  const after = byCode.get(place.after.code);
  expect([before?.name, district?.code, district?.name]).toEqual([
    place.before.name,
    place.before.districtCode,
    place.before.district,
  ]);
  expect(byCode.get(district?.parentCode ?? '')?.name).toBe(place.before.province);
  expect([after?.name, after?.parentCode]).toEqual([place.after.name, place.after.provinceCode]);
  expect(byCode.get(place.after.provinceCode)?.name).toBe(place.after.province);
  expect(tree.lineage.filter((row) => row.from === place.before.code).map((row) => [row.kind, row.to])).toEqual([
    [place.how, place.after.code],
  ]);
});

test('reading gives the same rows each time', () => {
  expect(JSON.stringify(readVietnamTree())).toBe(JSON.stringify(tree));
});
