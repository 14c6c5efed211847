import { z } from 'zod';

/** Names inside a pack; formulas use them, so they are CEL identifiers. */
export const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/)
  .meta({ description: 'lower-case letters, digits and _, beginning with a letter' });

/** Names of things outside the pack (unit kinds, asset kinds, packs). */
export const slugSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(60)
  .meta({ description: 'lower-case words joined by hyphens' });

/** A fact's key: the part of Đình or the import it comes from, a dot, and its name. */
export const factKeySchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}\.[a-z][a-z0-9_]{0,59}$/)
  .meta({ description: 'source.name, for instance meetings.held' });

const DECIMAL_TEXT = /^-?\d{1,12}(\.\d{1,6})?$/;

/** A decimal number as written: at most 12 digits before the point and 6 after. Text keeps it when a tool would not. */
export const amountSchema = z.union([
  z
    .number()
    .min(-999_999_999_999)
    .max(999_999_999_999)
    .refine((value) => DECIMAL_TEXT.test(String(value)), { params: { reason: 'decimal-places' } }),
  z.string().regex(DECIMAL_TEXT),
]);
export type Amount = z.infer<typeof amountSchema>;

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isCalendarDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && !leap ? 28 : (DAYS_IN_MONTH[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

/** A calendar date, yyyy-mm-dd. */
export const dateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isCalendarDate, { params: { reason: 'no-such-date' } });

/** A CEL expression. */
export const formulaSchema = z.string().min(1).max(2000).meta({ description: 'a CEL expression' });

export const ratioSchema = z.strictObject({
  numerator: z.int().min(0).max(1_000_000),
  denominator: z.int().min(1).max(1_000_000),
});

export const periodKindSchema = z.enum(['month', 'quarter', 'half-year', 'year', 'term']);
export type PeriodKind = z.infer<typeof periodKindSchema>;

/** Where a rule comes from (an entry of `basis`) and whether somebody compared it with the document itself. */
export const provenance = {
  source: nameSchema.optional(),
  verified: z.boolean().optional(),
};

export const LOCALES = ['vi', 'en', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];
