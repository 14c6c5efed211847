import { z } from 'zod';
import { tidyPhone } from './person.ts';

/**
 * The one form of a sign-in name: case, composition, digits of other scripts and the dashes in a phone number make no difference, so
 * that what a person types on another keyboard still finds the account.
 */
export function normalSignInName(typed: string): string {
  const text = typed.normalize('NFKC').trim();
  const phone = tidyPhone(text);
  if (/^\+?\d{6,15}$/.test(phone)) return phone;
  return text.toLowerCase().replace(/\s+/gu, '.');
}

/** 3 to 60 letters, digits, or . _ - @ + after normalising. */
export const signInNameSchema = z
  .string()
  .transform(normalSignInName)
  .pipe(z.string().regex(/^[\p{L}\p{M}\p{N}._@+-]{3,60}$/u, { message: 'people.sign-in-name-wrong' }));

const trivial = /^(.)\1*$|^(?:0?123456789?0?|9?876543210?|qwertyuiop|password\d*|matkhau\d*|abcdefgh\d*)$/iu;

/** 8 to 128 characters; any script, spaces count. */
export const passwordSchema = z
  .string()
  .min(8, { message: 'people.password-short' })
  .max(128)
  .refine((text) => !trivial.test(text), { message: 'people.password-weak' });

/** True when a password only repeats the name one signs in with. */
export function repeatsName(password: string, signInName: string): boolean {
  const folded = normalSignInName(password);
  return folded.includes(signInName) && folded.length < signInName.length + 4;
}
