import { compilerFor } from '../formula/public.ts';
import type { Criterion, Pack } from '../schema/public.ts';

/** Ids of the criteria a computed criterion reads. */
export function dependenciesOf(pack: Pack, criterion: Criterion): string[] {
  if (criterion.type !== 'computed') return [];
  const compiled = compilerFor(pack).compile(criterion.formula, criterion.result, 'others');
  if (!compiled.ok) return [];
  const ids = compiled.formula.reads.flatMap((name) => {
    const [record, id] = name.split('.');
    return (record === 'values' || record === 'met') && id !== undefined ? [id] : [];
  });
  return [...new Set(ids)];
}

/** Criteria such that each stands after those it reads. What lies on a cycle keeps the file's order; the linter refuses it. */
export function computeOrder(pack: Pack): Criterion[] {
  const typed = pack.criteria.filter((criterion) => criterion.type !== 'computed');
  const waiting = pack.criteria.filter((criterion) => criterion.type === 'computed');
  const ordered: Criterion[] = [...typed];
  const placed = new Set(typed.map((criterion) => criterion.id));
  const known = new Set(pack.criteria.map((criterion) => criterion.id));
  let rest = waiting;
  while (rest.length > 0) {
    const ready = rest.filter((criterion) =>
      dependenciesOf(pack, criterion).every((id) => placed.has(id) || !known.has(id)),
    );
    const next = ready.length > 0 ? ready : rest;
    ordered.push(...next);
    for (const criterion of next) placed.add(criterion.id);
    rest = rest.filter((criterion) => !placed.has(criterion.id));
  }
  return ordered;
}

/** Ids on a cycle of computed criteria, in the file's order. */
export function computedCycle(pack: Pack): string[] {
  const remaining = new Set(
    pack.criteria.filter((criterion) => criterion.type === 'computed').map((criterion) => criterion.id),
  );
  let shrank = true;
  while (shrank) {
    shrank = false;
    for (const criterion of pack.criteria) {
      if (!remaining.has(criterion.id)) continue;
      if (dependenciesOf(pack, criterion).some((id) => remaining.has(id))) continue;
      remaining.delete(criterion.id);
      shrank = true;
    }
  }
  return [...remaining];
}
