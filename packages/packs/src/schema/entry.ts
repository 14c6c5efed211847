import { z } from 'zod';

const integerLike = z.union([z.int().min(0), z.string().regex(/^\d{1,15}(\.\d{1,6})?$/)]);

/** What somebody says about one criterion; the same shape for the unit's own word and for the verifier's. */
export const entrySchema = z.strictObject({
  /** pass-fail: boolean; percent: both numbers; count, measure, points: number or decimal text; text, file: text. */
  value: z
    .union([
      z.boolean(),
      z.number(),
      z.string().max(4000),
      z.strictObject({ numerator: integerLike, denominator: integerLike }),
    ])
    .optional(),
  /** Needed only where the value does not decide it. */
  met: z.boolean().optional(),
  sustained: z.boolean().optional(),
});
export type Entry = z.infer<typeof entrySchema>;
export type Entries = Readonly<Record<string, Entry>>;

export type FactValue = number | string | boolean;
/** Facts by key ("meetings.held"). Numbers may be decimal text. */
export type Facts = Readonly<Record<string, FactValue>>;
