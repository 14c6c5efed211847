import { z } from 'zod';
import { amountSchema, factKeySchema, formulaSchema, nameSchema, provenance, slugSchema } from './values.ts';

/** When is it met? Either bounds on the value (percent points for a percent), or a formula over `self` and `facts`. */
export const targetSchema = z
  .union([
    z.strictObject({
      atLeast: amountSchema.optional(),
      moreThan: amountSchema.optional(),
      atMost: amountSchema.optional(),
      lessThan: amountSchema.optional(),
    }),
    z.strictObject({ formula: formulaSchema }),
  ])
  .meta({ description: 'when the criterion is met' });
export type Target = z.infer<typeof targetSchema>;

/** How many of its points a value earns. Left out, it is all when met and none otherwise. */
export const awardSchema = z.union([
  z.literal('when-met'),
  z.literal('proportional'),
  z.strictObject({
    steps: z
      .array(z.strictObject({ from: amountSchema, points: amountSchema }))
      .min(1)
      .max(50),
  }),
  z.strictObject({ formula: formulaSchema }),
]);
export type Award = z.infer<typeof awardSchema>;

export const evidenceKindSchema = z.enum(['photo', 'document', 'link', 'note']);
export type EvidenceKind = z.infer<typeof evidenceKindSchema>;

const evidenceSchema = z.strictObject({
  /** `when-met`: only a claim to have met it needs proof. */
  required: z.enum(['never', 'when-met', 'always']),
  kinds: z.array(evidenceKindSchema).min(1).default(['photo', 'document', 'link', 'note']),
});

export const dataClassSchema = z.enum(['public', 'internal', 'personal', 'sensitive']);
export type DataClass = z.infer<typeof dataClassSchema>;

const base = {
  id: nameSchema,
  group: nameSchema.optional(),
  /** The most it can earn. */
  points: amountSchema.optional(),
  /** A sheet may be sent without it when false. */
  required: z.boolean().default(true),
  /** Present when keeping it counts: the *sustained* flag is asked for, and a broken or unchecked asset of these kinds takes it away. */
  sustains: z.strictObject({ assets: z.array(slugSchema).default([]) }).optional(),
  evidence: evidenceSchema.default({ required: 'never', kinds: ['photo', 'document', 'link', 'note'] }),
  dataClass: dataClassSchema.default('internal'),
  /** What a unit that adopts the pack may do: word it in its own way; leave it out. */
  unitMay: z.array(z.enum(['reword', 'drop'])).default([]),
  ...provenance,
};
const judged = { target: targetSchema.optional(), award: awardSchema.optional() };
const prefilled = { prefill: formulaSchema.optional() };

export const criterionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('pass-fail'), ...base, ...prefilled }),
  z.strictObject({
    type: z.literal('points'),
    ...base,
    ...prefilled,
    points: amountSchema,
    target: targetSchema.optional(),
  }),
  z.strictObject({
    type: z.literal('percent'),
    ...base,
    ...judged,
    prefill: z.strictObject({ numerator: formulaSchema, denominator: formulaSchema }).optional(),
  }),
  z.strictObject({ type: z.literal('count'), ...base, ...judged, ...prefilled }),
  z.strictObject({ type: z.literal('measure'), ...base, ...judged, ...prefilled, unit: nameSchema }),
  z.strictObject({ type: z.literal('text'), ...base, ...prefilled }),
  z.strictObject({ type: z.literal('file'), ...base }),
  z.strictObject({
    type: z.literal('computed'),
    ...base,
    ...judged,
    /** Never typed in: worked out from facts and from `values` and `met` of other criteria. */
    formula: formulaSchema,
    result: z.enum(['number', 'boolean']),
    unit: nameSchema.optional(),
  }),
]);
export type Criterion = z.infer<typeof criterionSchema>;

export const groupSchema = z.strictObject({
  id: nameSchema,
  /** What its criteria's points add up to. */
  points: amountSchema.optional(),
  /** How many criteria of its own a unit may add here when it adopts the pack. */
  own: z.strictObject({ most: z.int().min(1).max(50) }).optional(),
});
export type Group = z.infer<typeof groupSchema>;

export const factSchema = z.strictObject({ type: z.enum(['number', 'boolean', 'text']), unit: nameSchema.optional() });
export const factsSchema = z.record(factKeySchema, factSchema);
