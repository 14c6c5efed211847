import {
  compare,
  divide,
  Exact,
  formatExact,
  larger,
  multiply,
  parseExact,
  round,
  smaller,
  ZERO,
} from '../exact/public.ts';
import type { Bindings, FormulaFailure } from '../formula/public.ts';
import { evaluateFormula } from '../formula/public.ts';
import type { Criterion, Entry, Pack, Target } from '../schema/public.ts';
import type { CriterionResult, Reason } from './result.ts';
import type { Read } from './value.ts';

export type AssetState = 'working' | 'broken' | 'unchecked';
/** The worst state of the unit's assets, by kind. */
export type Assets = Readonly<Record<string, AssetState>>;

type Verdict = { readonly met: boolean | null; readonly reason: Reason };

export function failureReason(failure: FormulaFailure): Reason {
  return { code: failure.code, params: { name: failure.name } };
}

function plain(met: boolean): Verdict {
  return { met, reason: { code: met ? 'packs.met' : 'packs.not-met', params: {} } };
}

function againstTarget(pack: Pack, target: Target, value: Exact, facts: Bindings): Verdict {
  if ('formula' in target) {
    const result = evaluateFormula(pack, target.formula, 'boolean', 'own-number', { facts, self: value });
    return result.ok ? plain(result.value === true) : { met: null, reason: failureReason(result) };
  }
  const bounds = [
    ['≥', target.atLeast, (order: number) => order >= 0],
    ['>', target.moreThan, (order: number) => order > 0],
    ['≤', target.atMost, (order: number) => order <= 0],
    ['<', target.lessThan, (order: number) => order < 0],
  ] as const;
  for (const [sign, amount, holds] of bounds) {
    const bound = amount === undefined ? null : parseExact(amount);
    if (bound && !holds(compare(value, bound))) {
      const params = { value: formatExact(value), sign, target: String(amount) };
      return { met: false, reason: { code: 'packs.below-target', params } };
    }
  }
  return plain(true);
}

function judge(pack: Pack, criterion: Criterion, read: Read, entry: Entry | undefined, facts: Bindings): Verdict {
  if (read.kind === 'none') {
    // A flag may stand for a value only where the value cannot decide: nothing entered is nothing said.
    const code = read.reason.code;
    const flagDecides = code === 'packs.denominator-zero' || (code === 'packs.unanswered' && flagCarries(criterion));
    return flagDecides && entry?.met !== undefined ? plain(entry.met) : { met: null, reason: read.reason };
  }
  if (typeof read.value === 'boolean') return plain(read.value);
  const target = 'target' in criterion ? criterion.target : undefined;
  if (target && read.value instanceof Exact) return againstTarget(pack, target, read.value, facts);
  if (criterion.type === 'points' && read.value instanceof Exact) {
    return plain(compare(read.value, parseExact(criterion.points) ?? ZERO) >= 0);
  }
  return entry?.met === undefined
    ? { met: null, reason: { code: 'packs.needs-judgement', params: {} } }
    : plain(entry.met);
}

function flagCarries(criterion: Criterion): boolean {
  return criterion.type === 'pass-fail' || criterion.type === 'text' || criterion.type === 'file';
}

function sustainedBy(
  criterion: Criterion,
  entry: Entry | undefined,
  assets: Assets,
): { flag: boolean | null; reason: Reason | null } {
  if (!criterion.sustains) return { flag: null, reason: null };
  for (const asset of criterion.sustains.assets) {
    const state = assets[asset];
    if (state === 'broken') return { flag: false, reason: { code: 'packs.asset-broken', params: { asset } } };
    if (state === 'unchecked') return { flag: false, reason: { code: 'packs.asset-unchecked', params: { asset } } };
  }
  if (entry?.sustained === undefined) return { flag: null, reason: { code: 'packs.sustained-unanswered', params: {} } };
  return { flag: entry.sustained, reason: entry.sustained ? null : { code: 'packs.not-sustained', params: {} } };
}

function earned(pack: Pack, criterion: Criterion, read: Read, passes: boolean | null, facts: Bindings): Exact | null {
  if (criterion.points === undefined) return null;
  const most = parseExact(criterion.points) ?? ZERO;
  const value = read.kind === 'value' && read.value instanceof Exact ? read.value : null;
  if (criterion.type === 'points') return value;
  const award = 'award' in criterion ? (criterion.award ?? 'when-met') : 'when-met';
  if (award === 'when-met') return passes === null ? null : passes ? most : ZERO;
  if (value === null) return null;
  const raw = rawAward(pack, criterion, award, value, most, facts);
  return raw && round(smaller(larger(raw, ZERO), most), pack.scoring.rounding);
}

function rawAward(
  pack: Pack,
  criterion: Criterion,
  award:
    | 'proportional'
    | { steps: readonly { from: string | number; points: string | number }[] }
    | { formula: string },
  value: Exact,
  most: Exact,
  facts: Bindings,
): Exact | null {
  if (award === 'proportional') {
    const target = 'target' in criterion ? criterion.target : undefined;
    const full = target && 'atLeast' in target && target.atLeast !== undefined ? parseExact(target.atLeast) : null;
    const share = full && divide(value, full);
    return share && multiply(share, most);
  }
  if ('formula' in award) {
    const result = evaluateFormula(pack, award.formula, 'number', 'own-number', { facts, self: value });
    return result.ok && result.value instanceof Exact ? result.value : null;
  }
  let best = ZERO;
  for (const step of award.steps) {
    const [from, points] = [parseExact(step.from), parseExact(step.points)];
    if (from && points && compare(value, from) >= 0) best = larger(best, points);
  }
  return best;
}

/** What one criterion comes to: met, sustained, points, and the reason in words. */
export function judgeCriterion(
  pack: Pack,
  criterion: Criterion,
  read: Read,
  entry: Entry | undefined,
  facts: Bindings,
  assets: Assets,
): { readonly result: CriterionResult; readonly points: Exact | null } {
  const verdict = judge(pack, criterion, read, entry, facts);
  const sustained = sustainedBy(criterion, entry, assets);
  const needsSustained = pack.scoring.requireSustained && criterion.sustains !== undefined;
  const passes = verdict.met === true && needsSustained ? sustained.flag : verdict.met;
  const points = earned(pack, criterion, read, passes, facts);
  const value = read.kind === 'none' ? null : read.value;
  return {
    points,
    result: {
      id: criterion.id,
      group: criterion.group ?? null,
      value: value instanceof Exact ? formatExact(value) : typeof value === 'boolean' ? value : null,
      met: verdict.met,
      sustained: sustained.flag,
      passes,
      points: points && formatExact(points),
      most: criterion.points === undefined ? null : String(criterion.points),
      reason: verdict.met === true && sustained.reason ? sustained.reason : verdict.reason,
    },
  };
}
