import { z } from 'zod';
import { amountSchema, formulaSchema, nameSchema, periodKindSchema, provenance, ratioSchema } from './values.ts';

export const scoringSchema = z.strictObject({
  /** `met`: levels come from which criteria are met. `points`: from the total as well. */
  method: z.enum(['met', 'points']),
  /** What all criteria's points add up to; a total with a bonus stops there unless `mayExceed`. */
  points: amountSchema.optional(),
  mayExceed: z.boolean().default(false),
  /** A criterion counts as met only while it is also sustained. */
  requireSustained: z.boolean().default(false),
  rounding: z
    .strictObject({ places: z.int().min(0).max(4), mode: z.enum(['half-up', 'down', 'up']) })
    .default({ places: 2, mode: 'half-up' }),
  /** The points suffice but a condition fails: take the best level whose conditions all hold, or leave it to people. */
  whenConditionsFail: z.enum(['next-level', 'undecided']).default('next-level'),
});
export type Scoring = z.infer<typeof scoringSchema>;

const conditionSchema = z.strictObject({ id: nameSchema, formula: formulaSchema, ...provenance });

export const levelSchema = z.strictObject({
  id: nameSchema,
  /** Half-open band: from ≤ total < below. */
  points: z.strictObject({ from: amountSchema, below: amountSchema.optional() }).optional(),
  /** How many criteria must be met, of all or of those named. */
  requires: z
    .strictObject({
      met: z.union([z.literal('all'), z.int().min(1).max(500)]),
      groups: z.array(nameSchema).min(1).optional(),
      criteria: z.array(nameSchema).min(1).optional(),
      /** Those that can be lost again must also be sustained. */
      sustained: z.boolean().optional(),
    })
    .optional(),
  conditions: z.array(conditionSchema).default([]),
  /** The level of whatever reaches no other; last, and at most one. */
  otherwise: z.literal(true).optional(),
  ...provenance,
});
export type Level = z.infer<typeof levelSchema>;

export const vetoSchema = z.strictObject({
  id: nameSchema,
  /** No better level than this while the veto stands. */
  limitTo: nameSchema,
  /** Stands unless all these criteria are met, sustained, or have all their points. */
  unless: z
    .strictObject({
      met: z.array(nameSchema).min(1).optional(),
      sustained: z.array(nameSchema).min(1).optional(),
      full: z.array(nameSchema).min(1).optional(),
    })
    .optional(),
  when: formulaSchema.optional(),
  /** Off until a unit that adopts the pack turns it on. */
  optional: z.boolean().default(false),
  ...provenance,
});
export type Veto = z.infer<typeof vetoSchema>;

export const adjustmentSchema = z.strictObject({
  id: nameSchema,
  kind: z.enum(['bonus', 'deduction']),
  points: amountSchema,
  when: formulaSchema.optional(),
  /** How many times the points are given or taken; once when left out. */
  times: formulaSchema.optional(),
  most: amountSchema.optional(),
  ...provenance,
});
export type Adjustment = z.infer<typeof adjustmentSchema>;

/** Advice on how many may reach a level. It never changes anybody's level. */
export const capSchema = z.strictObject({
  id: nameSchema,
  level: nameSchema,
  /** Null while the rule's figure is not known: nothing is drawn then, and it says so. */
  ratio: ratioSchema.nullable(),
  /** The ratio is taken of those who reached these levels. */
  of: z.array(nameSchema).min(1),
  /** Counted within each group of candidates instead of over all. */
  perGroup: z.boolean().default(false),
  rounding: z.enum(['down', 'half-up', 'up']).default('down'),
  ...provenance,
});
export type Cap = z.infer<typeof capSchema>;

const ruleSchema = z.strictObject({
  level: nameSchema,
  /** Every period reached at least this level. */
  every: nameSchema.optional(),
  /** Some period reached at least this level. */
  some: nameSchema.optional(),
  atLeast: z.strictObject({ count: z.int().min(1).max(400), level: nameSchema }).optional(),
  otherwise: z.literal(true).optional(),
  /** The rule's text is only partly known: its answer is a proposal that people decide. */
  partlyKnown: z.boolean().default(false),
  ...provenance,
});
export type AggregationRule = z.infer<typeof ruleSchema>;

export const aggregationSchema = z.strictObject({
  id: nameSchema,
  from: periodKindSchema,
  to: periodKindSchema,
  /** How many periods belong to it; the calendar's number when left out. */
  expected: z.int().min(1).max(400).optional(),
  /** Periods without a result: no level until they come; counted at the worst level; left out. */
  missing: z.enum(['wait', 'worst', 'ignore']).default('wait'),
  method: z.enum(['rules', 'worst', 'best', 'last', 'average']),
  rules: z.array(ruleSchema).default([]),
  ...provenance,
});
export type Aggregation = z.infer<typeof aggregationSchema>;
