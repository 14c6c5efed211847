/**
 * The shape of a programme pack. Everything here is plain JSON after loading; amounts are decimals as written (number or
 * text), never rounded. `docs/guides/pack-author.md` explains each part to people who write packs.
 */
export type { Award, Criterion, DataClass, EvidenceKind, Group, Target } from './criterion.ts';
export type { Entries, Entry, Facts, FactValue } from './entry.ts';
export { entrySchema } from './entry.ts';
export type { Basis, Pack, PackSource } from './pack.ts';
export { packSchema } from './pack.ts';
export type { Deadline, Decision, Publication, Recognition, Transition, Workflow } from './procedure.ts';
export type { Adjustment, Aggregation, AggregationRule, Cap, Level, Scoring, Veto } from './scoring.ts';
export {
  helpKey,
  type PackStrings,
  packText,
  TITLED_SECTIONS,
  type TitledSection,
  textKeys,
  titleKey,
} from './texts.ts';
export {
  type Amount,
  amountSchema,
  dateSchema,
  factKeySchema,
  LOCALES,
  type Locale,
  nameSchema,
  type PeriodKind,
} from './values.ts';
