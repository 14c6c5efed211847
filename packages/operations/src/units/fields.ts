import { daySchema } from '@dinh/domain/kernel';
import { z } from 'zod';

export const unitIdSchema = z.int().positive();
/** First day on which the change holds. */
export const effectiveSchema = daySchema;
export const nameSchema = z
  .string()
  .trim()
  .min(1, { message: 'input.required' })
  .max(200)
  // Something must be left to search by.
  .refine((name) => /[\p{L}\p{N}]/u.test(name), { message: 'input.invalid' });
export const codeSchema = z.string().trim().min(1).max(60);
export const kindKeySchema = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, { message: 'units.kind-unknown' });
/** Number and date of the decision, or another word on why. */
export const noteSchema = z.string().trim().max(500).default('');
