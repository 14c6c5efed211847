import { z } from 'zod';
import { posts } from '../access/public.ts';
import { daySchema } from '../kernel/public.ts';
import { classesOf } from './data-class.ts';

const tidy = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

/** A name as people write it; no letters of any script are refused. */
export const nameSchema = z
  .string()
  .transform(tidy)
  .pipe(z.string().min(1, { message: 'input.required' }).max(120));

/** Digits in any script, spaces, dots, dashes and brackets; kept as digits with an optional leading +. */
export function tidyPhone(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[\s().\-‐-―]/gu, '');
}

export const phoneSchema = z
  .string()
  .transform(tidyPhone)
  .pipe(z.string().regex(/^\+?\d{6,15}$/, { message: 'people.phone-wrong' }));

export const emailSchema = z
  .string()
  .transform((text) => text.trim())
  .pipe(z.email({ message: 'people.email-wrong' }).max(200));

/** A post of `domain/access`. */
export const postSchema = z.enum(posts);

/** What a unit keeps of a person. The classes decide who sees a field; a field without a class fails the register's test. */
export const personSchema = z.object({
  id: z.uuid().meta({ dataClass: 'internal' }),
  unitId: z.int().meta({ dataClass: 'internal' }),
  name: z.string().meta({ dataClass: 'internal' }),
  phone: z.string().nullable().meta({ dataClass: 'personal' }),
  email: z.string().nullable().meta({ dataClass: 'personal' }),
  born: z.string().nullable().meta({ dataClass: 'personal' }),
  /** `none`, `invited` or `active`. */
  account: z.enum(['none', 'invited', 'active']).meta({ dataClass: 'internal' }),
  erased: z.boolean().meta({ dataClass: 'internal' }),
});
export type Person = z.output<typeof personSchema>;

/** Class of each field of a person. */
export const personClasses = classesOf(personSchema);

/** The posts that say a person belongs to the organisation: they are sensitive, the others are offices held in the open. */
export const membershipPosts: readonly string[] = ['member-official', 'member-probationary', 'member-exempt'];

/** What may be told of a new member; the unit and the post come beside it. */
export const newPersonSchema = z.strictObject({
  name: nameSchema,
  phone: phoneSchema.optional(),
  email: emailSchema.optional(),
  born: daySchema.optional(),
});
export type NewPerson = z.output<typeof newPersonSchema>;
