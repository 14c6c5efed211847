/**
 * The shape of a programme pack. Sources of each construct: the programmes of `docs/guides/pack-author.md`.
 * Everything here is plain JSON after loading; amounts are decimals as written (number or text), never rounded.
 */
export type { Award, Criterion, DataClass, EvidenceKind, Group, Target } from './criterion.ts';
export { criterionSchema } from './criterion.ts';
export type { Entries, Entry, Facts, FactValue } from './entry.ts';
export { entrySchema } from './entry.ts';
export type { Basis, Pack, PackSource } from './pack.ts';
export { packSchema } from './pack.ts';
export type { Deadline, Decision, Publication, Recognition, Transition, Workflow } from './procedure.ts';
export type { Adjustment, Aggregation, AggregationRule, Cap, Level, Scoring, Veto } from './scoring.ts';
export type { Amount, Locale, PeriodKind } from './values.ts';
export { LOCALES } from './values.ts';
