import type { Adoption } from '../adoption/public.ts';
import { adoptPack } from '../adoption/public.ts';
import {
  add,
  compare,
  Exact,
  formatExact,
  larger,
  multiply,
  parseExact,
  round,
  smaller,
  subtract,
  sum,
  ZERO,
} from '../exact/public.ts';
import type { Bindings } from '../formula/public.ts';
import { evaluateFormula } from '../formula/public.ts';
import type { Adjustment, Criterion, Entries, Facts, Pack } from '../schema/public.ts';
import { bindFacts, CriterionBindings } from './bindings.ts';
import { computeOrder } from './computed.ts';
import { type Assets, failureReason, judgeCriterion } from './judge.ts';
import { countedIds, findLevel } from './levels.ts';
import type { AdjustmentResult, CriterionResult, GroupResult, PeriodResult, Reason } from './result.ts';
import { type Read, readEntry } from './value.ts';

export interface PeriodInput {
  readonly entries: Entries;
  readonly facts?: Facts | undefined;
  readonly assets?: Assets | undefined;
  /** What the unit made its own. Check it with `checkAdoption` first: what it may not change is ignored here. */
  readonly adoption?: Adoption | undefined;
}

interface Judged {
  readonly results: readonly CriterionResult[];
  readonly points: ReadonlyMap<string, Exact>;
  readonly bindings: CriterionBindings;
}

function readComputed(
  pack: Pack,
  criterion: Criterion & { type: 'computed' },
  facts: Bindings,
  seen: CriterionBindings,
): Read {
  const names = { facts, values: seen.values, met: seen.met };
  const result = evaluateFormula(pack, criterion.formula, criterion.result, 'others', names);
  return result.ok ? { kind: 'value', value: result.value } : { kind: 'none', reason: failureReason(result) };
}

function judgeAll(pack: Pack, input: PeriodInput, facts: Bindings): Judged {
  const bindings = new CriterionBindings();
  const points = new Map<string, Exact>();
  const byId = new Map<string, CriterionResult>();
  for (const criterion of computeOrder(pack)) {
    const entry = Object.hasOwn(input.entries, criterion.id) ? input.entries[criterion.id] : undefined;
    const read =
      criterion.type === 'computed' ? readComputed(pack, criterion, facts, bindings) : readEntry(criterion, entry);
    const judged = judgeCriterion(pack, criterion, read, entry, facts, input.assets ?? {});
    bindings.set(judged.result, read.kind === 'value' ? read.value : null, judged.points);
    if (judged.points) points.set(criterion.id, judged.points);
    byId.set(criterion.id, judged.result);
  }
  const results = pack.criteria.flatMap((criterion) => byId.get(criterion.id) ?? []);
  return { results, points, bindings };
}

function groupTotals(
  pack: Pack,
  judged: Judged,
): { readonly results: GroupResult[]; readonly exact: Record<string, Exact> } {
  const counted = countedIds(pack);
  const exact: Record<string, Exact> = {};
  const results = pack.groups.map((group): GroupResult => {
    const members = judged.results.filter((result) => result.group === group.id);
    const scored = members.filter((result) => result.most !== null);
    const points = sum(scored.flatMap((result) => judged.points.get(result.id) ?? []));
    exact[group.id] = points;
    const countable = members.filter((result) => counted.has(result.id));
    return {
      id: group.id,
      points: scored.length > 0 ? formatExact(points) : null,
      most: scored.length > 0 ? formatExact(sum(scored.map((result) => parseExact(result.most ?? '0') ?? ZERO))) : null,
      met: countable.filter((result) => result.passes === true).length,
      of: countable.length,
    };
  });
  return { results, exact };
}

function adjust(pack: Pack, adjustment: Adjustment, bindings: Bindings): { result: AdjustmentResult; points: Exact } {
  const nothing = { result: { id: adjustment.id, points: '0', reason: null }, points: ZERO };
  const failed = (reason: Reason) => ({ result: { id: adjustment.id, points: null, reason }, points: ZERO });
  if (adjustment.when !== undefined) {
    const when = evaluateFormula(pack, adjustment.when, 'boolean', 'before-total', bindings);
    if (!when.ok) return failed(failureReason(when));
    if (when.value !== true) return nothing;
  }
  let points = parseExact(adjustment.points) ?? ZERO;
  if (adjustment.times !== undefined) {
    const times = evaluateFormula(pack, adjustment.times, 'number', 'before-total', bindings);
    if (!times.ok) return failed(failureReason(times));
    points = multiply(points, times.value instanceof Exact ? larger(times.value, ZERO) : ZERO);
  }
  const most = adjustment.most === undefined ? null : parseExact(adjustment.most);
  points = round(most ? smaller(points, most) : points, pack.scoring.rounding);
  const signed = adjustment.kind === 'deduction' ? subtract(ZERO, points) : points;
  return { result: { id: adjustment.id, points: formatExact(signed), reason: null }, points: signed };
}

function isMissing(pack: Pack, criterion: Criterion, result: CriterionResult): boolean {
  if (!criterion.required) return false;
  if (result.met === null) return true;
  if (criterion.points !== undefined && result.points === null) return true;
  const asksSustained =
    pack.scoring.requireSustained || pack.levels.some((level) => level.requires?.sustained === true);
  return asksSustained && criterion.sustains !== undefined && result.met && result.sustained === null;
}

function totalOf(pack: Pack, judged: Judged, adjustments: readonly Exact[]): Exact | null {
  if (!pack.criteria.some((criterion) => criterion.points !== undefined)) return null;
  const raw = add(sum([...judged.points.values()]), sum(adjustments));
  const most = pack.scoring.points === undefined || pack.scoring.mayExceed ? null : parseExact(pack.scoring.points);
  const total = larger(raw, ZERO);
  return most && compare(total, most) > 0 ? most : total;
}

/**
 * One unit's sheet for one period: every criterion judged, points added exactly, the level found and what stands in the way
 * of each better one named. Pure and total: bad input becomes coded reasons, never an exception. The result is plain JSON.
 */
export function evaluatePeriod(base: Pack, input: PeriodInput): PeriodResult {
  const pack = input.adoption ? adoptPack(base, input.adoption) : base;
  const facts = bindFacts(pack, input.facts ?? {});
  const judged = judgeAll(pack, input, facts);
  const groups = groupTotals(pack, judged);
  const { values, met, sustained, points } = judged.bindings;
  const names = { facts, values, met, sustained, points, groups: groups.exact };
  const adjustments = pack.adjustments.map((adjustment) => adjust(pack, adjustment, names));
  const total = totalOf(
    pack,
    judged,
    adjustments.map((entry) => entry.points),
  );
  const standing = { results: judged.results, total, bindings: total ? { ...names, total } : names };
  const outcome = findLevel(pack, standing);
  const missing = pack.criteria
    .filter((criterion, index) => {
      const result = judged.results[index];
      return result !== undefined && isMissing(pack, criterion, result);
    })
    .map((criterion) => criterion.id);
  const counted = countedIds(pack);
  const undecided = outcome.heldBack && pack.scoring.whenConditionsFail === 'undecided';
  const level = missing.length > 0 || undecided ? null : outcome.level;
  return {
    pack: { id: pack.id, version: pack.version },
    criteria: judged.results,
    groups: groups.results,
    adjustments: adjustments.map((entry) => entry.result),
    total: total && formatExact(total),
    most: total && pack.scoring.points !== undefined ? String(pack.scoring.points) : null,
    met: judged.results.filter((result) => counted.has(result.id) && result.passes === true).length,
    of: counted.size,
    complete: missing.length === 0,
    missing,
    level,
    provisionalLevel: outcome.level,
    failing: outcome.failing,
    reason: reasonFor(level, missing, undecided),
  };
}

function reasonFor(level: string | null, missing: readonly string[], undecided: boolean): Reason {
  if (missing.length > 0) return { code: 'packs.sheet-incomplete', params: { missing: String(missing.length) } };
  if (undecided) return { code: 'packs.conditions-undecided', params: {} };
  return level === null ? { code: 'packs.no-level', params: {} } : { code: 'packs.level-reached', params: { level } };
}
