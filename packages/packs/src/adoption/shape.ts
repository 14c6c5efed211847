import { z } from 'zod';
import { amountSchema, nameSchema } from '../schema/public.ts';

const boundsSchema = z.strictObject({
  atLeast: amountSchema.optional(),
  moreThan: amountSchema.optional(),
  atMost: amountSchema.optional(),
  lessThan: amountSchema.optional(),
});

const wordingSchema = z.string().trim().min(1).max(500);

/** What a unit makes its own when it adopts a pack. Keys are criterion ids. */
export const adoptionSchema = z.strictObject({
  /** Its own words for a criterion, in its own language. */
  wording: z.record(nameSchema, wordingSchema).optional(),
  /** Stricter bounds. */
  targets: z.record(nameSchema, boundsSchema).optional(),
  /** Evidence asked for more often than the pack does. */
  evidence: z.record(nameSchema, z.enum(['when-met', 'always'])).optional(),
  /** Suggested criteria left out. */
  drop: z.array(nameSchema).max(300).optional(),
  /** Criteria of its own, pass or fail, inside groups that allow them. */
  own: z
    .array(
      z.strictObject({
        id: nameSchema,
        group: nameSchema,
        title: wordingSchema,
        evidence: z.enum(['never', 'when-met', 'always']).optional(),
      }),
    )
    .max(300)
    .optional(),
  /** Optional vetoes turned on. */
  vetoes: z.array(nameSchema).max(100).optional(),
});
export type Adoption = z.infer<typeof adoptionSchema>;

export const ADOPTION_CODES = [
  'packs.adoption-shape',
  'packs.adoption-unknown-criterion',
  'packs.adoption-unknown-group',
  'packs.adoption-unknown-veto',
  'packs.adoption-may-not-reword',
  'packs.adoption-may-not-drop',
  'packs.adoption-needed-elsewhere',
  'packs.adoption-no-target',
  'packs.adoption-target-gives-points',
  'packs.adoption-loosens-target',
  'packs.adoption-loosens-evidence',
  'packs.adoption-own-not-allowed',
  'packs.adoption-too-many-own',
  'packs.adoption-duplicate-id',
  'packs.adoption-empty-group',
] as const;
export type AdoptionCode = (typeof ADOPTION_CODES)[number];

export interface AdoptionProblem {
  readonly code: AdoptionCode;
  readonly params: Readonly<Record<string, string>>;
  /** Where in the adoption. */
  readonly path: readonly (string | number)[];
}
