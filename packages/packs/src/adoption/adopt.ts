import { inheritFormulas } from '../formula/public.ts';
import type { Criterion, Pack } from '../schema/public.ts';
import { changeDrop, changeEvidence, changeTarget, problem } from './change.ts';
import { type Adoption, type AdoptionProblem, adoptionSchema } from './shape.ts';

interface Outcome {
  readonly pack: Pack;
  readonly problems: readonly AdoptionProblem[];
}

function ownCriterion(own: NonNullable<Adoption['own']>[number]): Criterion {
  return {
    type: 'pass-fail',
    id: own.id,
    group: own.group,
    required: true,
    evidence: { required: own.evidence ?? 'never', kinds: ['photo', 'document', 'link', 'note'] },
    dataClass: 'internal',
    unitMay: ['reword', 'drop'],
  };
}

function change(criterion: Criterion, adoption: Adoption, problems: AdoptionProblem[]): Criterion {
  let changed = criterion;
  const bounds = adoption.targets?.[criterion.id];
  if (bounds) {
    const outcome = changeTarget(criterion, bounds);
    if ('code' in outcome) problems.push(outcome);
    else if ('target' in changed) changed = { ...changed, target: outcome.target };
  }
  const required = adoption.evidence?.[criterion.id];
  if (required) {
    const refused = changeEvidence(criterion, required);
    if (refused) problems.push(refused);
    else changed = { ...changed, evidence: { ...changed.evidence, required } };
  }
  if (adoption.wording?.[criterion.id] !== undefined && !criterion.unitMay.includes('reword')) {
    problems.push(problem('packs.adoption-may-not-reword', ['wording', criterion.id], { criterion: criterion.id }));
  }
  return changed;
}

function unknownCriteria(pack: Pack, adoption: Adoption): AdoptionProblem[] {
  const known = new Set(pack.criteria.map((criterion) => criterion.id));
  const named = (['wording', 'targets', 'evidence'] as const).flatMap((part) =>
    Object.keys(adoption[part] ?? {}).map((id) => ({ part, id })),
  );
  const dropped = (adoption.drop ?? []).map((id) => ({ part: 'drop' as const, id }));
  return [...named, ...dropped]
    .filter(({ id }) => !known.has(id))
    .map(({ part, id }) => problem('packs.adoption-unknown-criterion', [part, id], { criterion: id }));
}

function ownCriteria(pack: Pack, adoption: Adoption, problems: AdoptionProblem[]): Criterion[] {
  const taken = new Set(pack.criteria.map((criterion) => criterion.id));
  const added = new Map<string, number>();
  return (adoption.own ?? []).flatMap((own, index): Criterion[] => {
    const path = ['own', index];
    const group = pack.groups.find((candidate) => candidate.id === own.group);
    const count = (added.get(own.group) ?? 0) + 1;
    if (!group) problems.push(problem('packs.adoption-unknown-group', path, { group: own.group }));
    else if (!group.own) problems.push(problem('packs.adoption-own-not-allowed', path, { group: own.group }));
    else if (count > group.own.most) {
      problems.push(problem('packs.adoption-too-many-own', path, { group: own.group, most: String(group.own.most) }));
    } else if (taken.has(own.id)) problems.push(problem('packs.adoption-duplicate-id', path, { criterion: own.id }));
    else {
      taken.add(own.id);
      added.set(own.group, count);
      return [ownCriterion(own)];
    }
    return [];
  });
}

function dropped(pack: Pack, adoption: Adoption, own: readonly Criterion[], problems: AdoptionProblem[]): Set<string> {
  const drop = new Set<string>();
  for (const id of adoption.drop ?? []) {
    const criterion = pack.criteria.find((candidate) => candidate.id === id);
    if (!criterion) continue;
    const refused = changeDrop(pack, criterion);
    if (refused) problems.push(refused);
    else drop.add(id);
  }
  for (const group of pack.groups) {
    const kept = [...pack.criteria, ...own].some(
      (criterion) => criterion.group === group.id && !drop.has(criterion.id),
    );
    const emptied = pack.criteria.filter((criterion) => criterion.group === group.id && drop.has(criterion.id));
    if (kept || emptied.length === 0) continue;
    problems.push(problem('packs.adoption-empty-group', ['drop'], { group: group.id }));
    for (const criterion of emptied) drop.delete(criterion.id);
  }
  return drop;
}

function apply(pack: Pack, adoption: Adoption): Outcome {
  const problems = unknownCriteria(pack, adoption);
  const own = ownCriteria(pack, adoption, problems);
  const drop = dropped(pack, adoption, own, problems);
  const turnedOn = new Set(adoption.vetoes ?? []);
  for (const id of turnedOn) {
    if (!pack.vetoes.some((veto) => veto.id === id && veto.optional)) {
      problems.push(problem('packs.adoption-unknown-veto', ['vetoes', id], { veto: id }));
    }
  }
  const adopted: Pack = {
    ...pack,
    criteria: [...pack.criteria.map((criterion) => change(criterion, adoption, problems)), ...own].filter(
      (criterion) => !drop.has(criterion.id),
    ),
    vetoes: pack.vetoes.map((veto) => (turnedOn.has(veto.id) ? { ...veto, optional: false } : veto)),
  };
  inheritFormulas(adopted, pack);
  return { pack: adopted, problems };
}

const adoptedPacks = new WeakMap<Pack, WeakMap<Adoption, Pack>>();

/** The pack as a unit adopted it. A change that loosens the pack is left out; `checkAdoption` says which and why. */
export function adoptPack(pack: Pack, adoption: Adoption): Pack {
  let byAdoption = adoptedPacks.get(pack);
  if (!byAdoption) {
    byAdoption = new WeakMap();
    adoptedPacks.set(pack, byAdoption);
  }
  let adopted = byAdoption.get(adoption);
  if (!adopted) {
    adopted = apply(pack, adoption).pack;
    byAdoption.set(adoption, adopted);
  }
  return adopted;
}

export type AdoptionCheck =
  | { readonly ok: true; readonly adoption: Adoption; readonly pack: Pack }
  | { readonly ok: false; readonly problems: readonly AdoptionProblem[] };

/** May a unit adopt the pack like this? Sharpening passes; anything that loosens the pack is refused, all reasons at once. */
export function checkAdoption(pack: Pack, adoption: unknown): AdoptionCheck {
  const parsed = adoptionSchema.safeParse(adoption);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) =>
      problem('packs.adoption-shape', issue.path.map(String), { detail: issue.message }),
    );
    return { ok: false, problems };
  }
  const outcome = apply(pack, parsed.data);
  if (outcome.problems.length > 0) return { ok: false, problems: outcome.problems };
  return { ok: true, adoption: parsed.data, pack: outcome.pack };
}
