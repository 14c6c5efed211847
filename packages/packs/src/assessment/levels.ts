import { compare, type Exact, formatExact, parseExact, ZERO } from '../exact/public.ts';
import type { Bindings } from '../formula/public.ts';
import { evaluateFormula } from '../formula/public.ts';
import type { Level, Pack, Veto } from '../schema/public.ts';
import { failureReason } from './judge.ts';
import type { CriterionResult, Failing, Reason } from './result.ts';

export interface Standing {
  readonly results: readonly CriterionResult[];
  readonly total: Exact | null;
  readonly bindings: Bindings;
}

/** Criteria that count toward "how many are met": a remark that may be left out is not one. */
export function countedIds(pack: Pack, groups?: readonly string[], criteria?: readonly string[]): Set<string> {
  const everything = groups === undefined && criteria === undefined;
  return new Set(
    pack.criteria
      .filter((criterion) => criterion.required)
      .filter(
        (criterion) =>
          everything ||
          criteria?.includes(criterion.id) === true ||
          (criterion.group !== undefined && groups?.includes(criterion.group) === true),
      )
      .map((criterion) => criterion.id),
  );
}

function failingRequirement(pack: Pack, level: Level, standing: Standing): Failing[] {
  if (!level.requires) return [];
  const counted = countedIds(pack, level.requires.groups, level.requires.criteria);
  const results = standing.results.filter((result) => counted.has(result.id));
  const needed = level.requires.met === 'all' ? results.length : level.requires.met;
  const mustLast = level.requires.sustained === true;
  const canBeLost = new Set(pack.criteria.filter((criterion) => criterion.sustains).map((criterion) => criterion.id));
  const holds = (result: CriterionResult): boolean =>
    result.passes === true && !(mustLast && canBeLost.has(result.id) && result.sustained !== true);
  const notMet = results.filter((result) => !holds(result)).map((result) => result.id);
  const met = results.length - notMet.length;
  if (met >= needed) return [];
  const reason: Reason = { code: 'packs.too-few-met', params: { met: String(met), needed: String(needed) } };
  return [{ level: level.id, kind: 'requires', id: 'requires', reason, criteria: notMet }];
}

function failingPoints(level: Level, standing: Standing): Failing[] {
  const from = level.points && parseExact(level.points.from);
  if (!from) return [];
  const total = standing.total ?? ZERO;
  if (compare(total, from) >= 0) return [];
  const params = { total: formatExact(total), from: formatExact(from) };
  return [
    {
      level: level.id,
      kind: 'points',
      id: 'points',
      reason: { code: 'packs.points-below-level', params },
      criteria: [],
    },
  ];
}

/** Criteria a formula reads ("met.housing", "values.housing"), so that a failing condition leads to them. */
function criteriaIn(text: string): string[] {
  const found = [...text.matchAll(/\b(?:met|values|points|sustained)\.([a-z][a-z0-9_]*)/g)];
  return [...new Set(found.map((match) => match[1] ?? ''))];
}

function failingConditions(pack: Pack, level: Level, standing: Standing): Failing[] {
  return level.conditions.flatMap((condition): Failing[] => {
    const result = evaluateFormula(pack, condition.formula, 'boolean', 'all', standing.bindings);
    if (result.ok && result.value === true) return [];
    const reason: Reason = result.ok ? { code: 'packs.condition-fails', params: {} } : failureReason(result);
    return [{ level: level.id, kind: 'condition', id: condition.id, reason, criteria: criteriaIn(condition.formula) }];
  });
}

interface StandingVeto {
  readonly veto: Veto;
  readonly rank: number;
  readonly criteria: readonly string[];
  readonly reason: Reason;
}

function hasAllPoints(result: CriterionResult): boolean {
  const [points, most] = [parseExact(result.points ?? '0'), parseExact(result.most ?? '0')];
  return points !== null && most !== null && result.points !== null && compare(points, most) >= 0;
}

function standingVetoes(pack: Pack, standing: Standing): StandingVeto[] {
  return pack.vetoes.flatMap((veto): StandingVeto[] => {
    // An optional veto reaches evaluation only inside an adopted pack, where it is no longer optional.
    if (veto.optional) return [];
    const rank = pack.levels.findIndex((level) => level.id === veto.limitTo);
    const lacking = (ids: readonly string[] | undefined, has: (result: CriterionResult) => boolean): string[] =>
      (ids ?? []).filter((id) => !standing.results.some((result) => result.id === id && has(result)));
    const criteria = [
      ...lacking(veto.unless?.met, (result) => result.met === true),
      ...lacking(veto.unless?.sustained, (result) => result.sustained === true),
      ...lacking(veto.unless?.full, hasAllPoints),
    ];
    if (criteria.length > 0) {
      return [{ veto, rank, criteria, reason: { code: 'packs.veto-stands', params: { limit: veto.limitTo } } }];
    }
    if (veto.when === undefined) return [];
    const result = evaluateFormula(pack, veto.when, 'boolean', 'all', standing.bindings);
    if (result.ok && result.value !== true) return [];
    const reason: Reason = result.ok
      ? { code: 'packs.veto-stands', params: { limit: veto.limitTo } }
      : failureReason(result);
    return [{ veto, rank, criteria: criteriaIn(veto.when), reason }];
  });
}

export interface LevelOutcome {
  readonly level: string | null;
  readonly failing: readonly Failing[];
  /** Points alone would have given a better level. */
  readonly heldBack: boolean;
}

/** The best level whose points, counts and conditions all hold and that no veto forbids; and what keeps each better one away. */
export function findLevel(pack: Pack, standing: Standing): LevelOutcome {
  const vetoes = standingVetoes(pack, standing);
  const failing: Failing[] = [];
  let heldBack = false;
  for (const [rank, level] of pack.levels.entries()) {
    const shortOfPoints = failingPoints(level, standing);
    const others = [
      ...failingRequirement(pack, level, standing),
      ...failingConditions(pack, level, standing),
      ...vetoes
        .filter((entry) => rank < entry.rank)
        .map(
          (entry): Failing => ({
            level: level.id,
            kind: 'veto',
            id: entry.veto.id,
            reason: entry.reason,
            criteria: entry.criteria,
          }),
        ),
    ];
    if (shortOfPoints.length + others.length === 0) return { level: level.id, failing, heldBack };
    heldBack ||= level.points !== undefined && shortOfPoints.length === 0;
    failing.push(...shortOfPoints, ...others);
  }
  return { level: null, failing, heldBack };
}
