import type { Decimal } from '../exact/public.ts';

/** Why something is as it is: a coded sentence with its values. */
export interface Reason {
  readonly code: ReasonCode;
  readonly params: Readonly<Record<string, string>>;
}

export const REASON_CODES = [
  'packs.met',
  'packs.not-met',
  'packs.below-target',
  'packs.unanswered',
  'packs.needs-judgement',
  'packs.not-sustained',
  'packs.sustained-unanswered',
  'packs.asset-broken',
  'packs.asset-unchecked',
  'packs.value-type',
  'packs.value-negative',
  'packs.value-not-whole',
  'packs.value-above-points',
  'packs.denominator-zero',
  'packs.fact-missing',
  'packs.value-missing',
  'packs.division-by-zero',
  'packs.formula-failed',
  'packs.points-below-level',
  'packs.too-few-met',
  'packs.condition-fails',
  'packs.veto-stands',
  'packs.sheet-incomplete',
  'packs.conditions-undecided',
  'packs.level-reached',
  'packs.no-level',
  'packs.periods-missing',
  'packs.rule-fails',
  'packs.rule-partly-known',
  'packs.no-aggregation',
  'packs.ratio-unknown',
  'packs.above-cap',
  'packs.within-cap',
  'packs.tie-at-cap',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export interface CriterionResult {
  readonly id: string;
  readonly group: string | null;
  /** Decimal text for numbers (percent points for a percent), null without a readable value. */
  readonly value: Decimal | boolean | null;
  readonly met: boolean | null;
  /** Null where sustaining does not count or nobody has said. */
  readonly sustained: boolean | null;
  /** What scoring counts: met, and sustained where the pack requires it. Null while not known. */
  readonly passes: boolean | null;
  readonly points: Decimal | null;
  readonly most: Decimal | null;
  readonly reason: Reason;
}

export interface GroupResult {
  readonly id: string;
  readonly points: Decimal | null;
  readonly most: Decimal | null;
  readonly met: number;
  readonly of: number;
}

/** One thing that keeps a better level away. `id` is the condition's or the veto's; for points and counts it is the kind. */
export interface Failing {
  readonly level: string;
  readonly kind: 'points' | 'requires' | 'condition' | 'veto' | 'rule';
  readonly id: string;
  readonly reason: Reason;
  /** The criteria to look at. */
  readonly criteria: readonly string[];
}

export interface AdjustmentResult {
  readonly id: string;
  /** Negative for a deduction; null when its formula had no answer. */
  readonly points: Decimal | null;
  readonly reason: Reason | null;
}

export interface PeriodResult {
  readonly pack: { readonly id: string; readonly version: string };
  readonly criteria: readonly CriterionResult[];
  readonly groups: readonly GroupResult[];
  readonly adjustments: readonly AdjustmentResult[];
  /** Null when the pack gives no points. */
  readonly total: Decimal | null;
  readonly most: Decimal | null;
  readonly met: number;
  readonly of: number;
  readonly complete: boolean;
  /** Ids of required criteria that still lack an answer. */
  readonly missing: readonly string[];
  /** Null while the sheet is incomplete, when no level fits, or when the pack leaves it to people. */
  readonly level: string | null;
  /** The level if what is missing counted as not met and people followed the engine. */
  readonly provisionalLevel: string | null;
  /** What keeps each better level away. */
  readonly failing: readonly Failing[];
  readonly reason: Reason;
}
