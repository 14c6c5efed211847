import { z } from 'zod';
import { classesOf, emailSchema } from '../people/public.ts';

/** How a person may be reached, as stored. The classes say who may see a field: its owner, and nobody who only works with the unit. */
const reachSchema = z.object({
  language: z.enum(['vi', 'en', 'ar']).meta({ dataClass: 'personal' }),
  quietFrom: z.string().meta({ dataClass: 'personal' }),
  quietUntil: z.string().meta({ dataClass: 'personal' }),
  mailAddress: z.string().nullable().meta({ dataClass: 'personal' }),
  endpoint: z.string().meta({ dataClass: 'personal' }),
  label: z.string().meta({ dataClass: 'personal' }),
});

/** Class of each field by which a person is reached. */
export const reachClasses = classesOf(reachSchema);

/** One address and nothing else: no name beside it, no second one, no line break. */
export const mailAddressSchema = emailSchema.refine((address) => !/[\s,;<>"]/.test(address), {
  message: 'people.email-wrong',
});

const bytesOf = (size: number) => new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((size * 4) / 3)}}$`);

/** What a browser says of a push subscription (RFC 8030, RFC 8291): an address over TLS and two keys in base64url. */
export const deviceSchema = z.strictObject({
  endpoint: z
    .string()
    .max(1500)
    .regex(/^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?\/[!-~]*$/, { message: 'reminders.device-wrong' }),
  p256dh: z.string().regex(bytesOf(65), { message: 'reminders.device-wrong' }),
  auth: z.string().regex(bytesOf(16), { message: 'reminders.device-wrong' }),
});

/** Why a message did not arrive. */
export const failureCodes = [
  'mail-not-set-up',
  'mail-unreachable',
  'mail-refused',
  'push-unreachable',
  'push-refused',
  'push-gone',
  'push-forbidden',
] as const;
export type FailureCode = (typeof failureCodes)[number];
