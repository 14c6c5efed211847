import { compare, type Exact, parseExact } from '../exact/public.ts';
import type { Criterion, Pack, Target } from '../schema/public.ts';
import type { Adoption, AdoptionCode, AdoptionProblem } from './shape.ts';

const STRICTNESS = { never: 0, 'when-met': 1, always: 2 } as const;
type Bounds = NonNullable<Adoption['targets']>[string];

export function problem(
  code: AdoptionCode,
  path: AdoptionProblem['path'],
  params: Record<string, string>,
): AdoptionProblem {
  return { code, path, params };
}

interface Edge {
  readonly at: Exact;
  readonly open: boolean;
}

function lowerEdge(bounds: Bounds): Edge | null {
  const edges: Edge[] = [];
  const [atLeast, moreThan] = [bounds.atLeast, bounds.moreThan].map((v) => (v === undefined ? null : parseExact(v)));
  if (atLeast) edges.push({ at: atLeast, open: false });
  if (moreThan) edges.push({ at: moreThan, open: true });
  return edges.reduce<Edge | null>((best, edge) => (best === null || isTighter(edge, best, 1) ? edge : best), null);
}

function upperEdge(bounds: Bounds): Edge | null {
  const edges: Edge[] = [];
  const [atMost, lessThan] = [bounds.atMost, bounds.lessThan].map((v) => (v === undefined ? null : parseExact(v)));
  if (atMost) edges.push({ at: atMost, open: false });
  if (lessThan) edges.push({ at: lessThan, open: true });
  return edges.reduce<Edge | null>((best, edge) => (best === null || isTighter(edge, best, -1) ? edge : best), null);
}

function isTighter(edge: Edge, than: Edge, direction: 1 | -1): boolean {
  const order = compare(edge.at, than.at) * direction;
  return order > 0 || (order === 0 && (edge.open || !than.open));
}

/** The bounds admit nobody: from above to below. */
export function isEmptyRange(bounds: Bounds): boolean {
  const [low, high] = [lowerEdge(bounds), upperEdge(bounds)];
  if (!low || !high) return false;
  const order = compare(low.at, high.at);
  return order > 0 || (order === 0 && (low.open || high.open));
}

function loosens(own: Bounds, given: Bounds): boolean {
  for (const [edge, direction] of [
    [lowerEdge, 1],
    [upperEdge, -1],
  ] as const) {
    const [theirs, ours] = [edge(given), edge(own)];
    if (theirs && (!ours || !isTighter(ours, theirs, direction))) return true;
  }
  return false;
}

function boundsOf(target: Target | undefined): Bounds | null {
  return target && !('formula' in target) ? target : null;
}

/** A stricter target, or why it is refused. */
export function changeTarget(criterion: Criterion, own: Bounds): { target: Bounds } | AdoptionProblem {
  const path = ['targets', criterion.id];
  const target = 'target' in criterion ? boundsOf(criterion.target) : null;
  if (!target || !('target' in criterion))
    return problem('packs.adoption-no-target', path, { criterion: criterion.id });
  // Where points follow the target, a stricter one would change what a value earns; the pack's own bound stays the measure.
  if ('award' in criterion && criterion.award === 'proportional') {
    return problem('packs.adoption-target-gives-points', path, { criterion: criterion.id });
  }
  if (loosens(own, target) || isEmptyRange(own)) {
    const written = Object.values(target).filter((value) => value !== undefined);
    return problem('packs.adoption-loosens-target', path, { criterion: criterion.id, target: written.join(' – ') });
  }
  return { target: own };
}

export function changeEvidence(criterion: Criterion, own: 'when-met' | 'always'): AdoptionProblem | null {
  if (STRICTNESS[own] >= STRICTNESS[criterion.evidence.required]) return null;
  return problem('packs.adoption-loosens-evidence', ['evidence', criterion.id], { criterion: criterion.id });
}

/** Everything that reads the criterion: rules of the pack that would lose their footing without it. */
export function isNeededElsewhere(pack: Pack, id: string): boolean {
  const named = new RegExp(`\\b(?:values|met|sustained|points)\\.${id}\\b`);
  const formulas = [
    ...pack.criteria.flatMap((criterion) => (criterion.type === 'computed' ? [criterion.formula] : [])),
    ...pack.levels.flatMap((level) => level.conditions.map((condition) => condition.formula)),
    ...pack.vetoes.flatMap((veto) => veto.when ?? []),
    ...pack.adjustments.flatMap((adjustment) => [adjustment.when ?? [], adjustment.times ?? []].flat()),
  ];
  if (formulas.some((formula) => named.test(formula))) return true;
  const lists = [
    ...pack.vetoes.flatMap((veto) => [veto.unless?.met, veto.unless?.full, veto.unless?.sustained]),
    ...pack.levels.map((level) => level.requires?.criteria),
  ];
  return lists.some((list) => list?.includes(id) === true);
}

export function changeDrop(pack: Pack, criterion: Criterion): AdoptionProblem | null {
  const params = { criterion: criterion.id };
  if (!criterion.unitMay.includes('drop') || criterion.points !== undefined) {
    return problem('packs.adoption-may-not-drop', ['drop'], params);
  }
  return isNeededElsewhere(pack, criterion.id) ? problem('packs.adoption-needed-elsewhere', ['drop'], params) : null;
}
