import { bareLetters, spellingKey } from './names.ts';
import type { OldTree, ResolvedMapping } from './old-tree.ts';
import { type LineageKind, type LineageRow, type Problem, REORGANISED_ON, type TreeRow } from './rows.ts';

type Edge = { from: string; to: string; mappings: string[] };

/**
 * What became of each commune. Several targets: each is a split. One target that others share: a merge. One to one: a move
 * out of the district under the province when the name stayed, a rename when it changed. Old and new commune are two units
 * even then, because rank, code and everything above changed on that day; the lineage row joins their histories.
 */
export function communeLineage(
  mappings: readonly ResolvedMapping[],
  oldTree: OldTree,
  nameOf: (code: string) => string,
): { lineage: LineageRow[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const edges = new Map<string, Edge>();
  for (const mapping of mappings) {
    const from = oldTree.communeOf.get(mapping.id);
    if (from === undefined) throw new Error(`no old commune for mapping ${mapping.id}`);
    const edge = edges.get(`${from}|${mapping.newCode}`);
    if (edge === undefined) {
      edges.set(`${from}|${mapping.newCode}`, { from, to: mapping.newCode, mappings: [mapping.id] });
      continue;
    }
    edge.mappings.push(mapping.id);
    problems.push({
      code: 'vietnam.duplicate-mapping',
      where: `ward_mappings ${mapping.id}`,
      value: `${mapping.oldCommune}, ${mapping.oldDistrict}, ${mapping.oldProvince} → ${mapping.newCode}`,
      decision: 'counted-once',
      detail: `ward_mappings ${edge.mappings[0] ?? ''}: ${from} → ${mapping.newCode}`,
    });
  }
  const out = new Map<string, number>();
  const into = new Map<string, number>();
  for (const edge of edges.values()) {
    out.set(edge.from, (out.get(edge.from) ?? 0) + 1);
    into.set(edge.to, (into.get(edge.to) ?? 0) + 1);
  }
  const lineage = [...edges.values()].map((edge): LineageRow => {
    const single = out.get(edge.from) === 1 && into.get(edge.to) === 1;
    const names = [nameOf(edge.from), nameOf(edge.to)] as const;
    if (single && names[0] !== names[1] && bareLetters(names[0]) === bareLetters(names[1])) {
      problems.push({
        code: 'vietnam.commune-spelling',
        where: `ward_mappings ${edge.mappings.join(' ')}`,
        value: `${names[0]} / ${names[1]}`,
        decision: 'counted-as-unchanged',
        detail: `${edge.from} → ${edge.to}`,
      });
    }
    const kind = single ? oneToOne(...names) : (out.get(edge.from) ?? 0) > 1 ? 'split' : 'merge';
    return { kind, ...edge, effective: REORGANISED_ON };
  });
  return { lineage, problems };
}

function oneToOne(before: string, after: string): LineageKind {
  return spellingKey(before) === spellingKey(after) || bareLetters(before) === bareLetters(after) ? 'move' : 'rename';
}

/** Old province → new province for those that go on unchanged: alone in the new one, and of the same name. */
export function continuingProvinces(oldTree: OldTree, newProvinces: readonly TreeRow[]): ReadonlyMap<string, string> {
  const heirs = new Map<string, string[]>();
  for (const province of oldTree.provinces) {
    for (const target of oldTree.provinceTargets.get(province.code) ?? []) {
      heirs.set(target, [...(heirs.get(target) ?? []), province.code]);
    }
  }
  const continuing = new Map<string, string>();
  for (const province of oldTree.provinces) {
    const [target, ...others] = oldTree.provinceTargets.get(province.code) ?? [];
    if (target === undefined || others.length > 0 || (heirs.get(target) ?? []).length !== 1) continue;
    const after = newProvinces.find((row) => row.code === target);
    if (after !== undefined && spellingKey(after.name) === spellingKey(province.name))
      continuing.set(province.code, target);
  }
  return continuing;
}

/** Provinces merge into the new ones; districts end, and what they answered for goes to the province their communes went to. */
export function upperLineage(oldTree: OldTree, continuing: ReadonlyMap<string, string>): LineageRow[] {
  const rows = (units: readonly TreeRow[], kind: (targets: number) => LineageKind): LineageRow[] =>
    units.flatMap((unit) => {
      const targets = [...(oldTree.provinceTargets.get(unit.code) ?? [])];
      return targets.map(
        (to): LineageRow => ({
          kind: kind(targets.length),
          from: unit.code,
          to,
          effective: REORGANISED_ON,
          mappings: [],
        }),
      );
    });
  return [
    ...rows(
      oldTree.provinces.filter((province) => !continuing.has(province.code)),
      (targets) => (targets > 1 ? 'split' : 'merge'),
    ),
    ...rows(oldTree.districts, () => 'dissolve'),
  ];
}
