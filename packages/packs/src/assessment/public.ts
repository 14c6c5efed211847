/**
 * What a pack makes of a unit's sheet: pure functions from plain JSON to plain JSON, the same on the server and on the phone.
 * Points are decimal text; nothing throws; every "why" is a `packs.*` code with parameters.
 */
export { type AggregateInput, type AggregateResult, aggregatePeriods, type PeriodOutcome } from './aggregate.ts';
export { applyCaps, type Candidate, type CapGroupResult, type CapResult } from './caps.ts';
export { type CriterionGap, compareDeclaredVerified, type Gap } from './compare.ts';
export { computedCycle } from './computed.ts';
export { evaluatePeriod, type PeriodInput } from './evaluate.ts';
export { type EvidenceOwed, evidenceOwed } from './evidence.ts';
export type { AssetState, Assets } from './judge.ts';
export { countedIds } from './levels.ts';
export { monthsIn, periodsIn } from './periods.ts';
export { type Prefill, prefill } from './prefill.ts';
export {
  type AdjustmentResult,
  type CriterionResult,
  type Failing,
  type GroupResult,
  type PeriodResult,
  REASON_CODES,
  type Reason,
  type ReasonCode,
} from './result.ts';
