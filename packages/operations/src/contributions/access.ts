import type { Grant } from '@dinh/domain/access';
import type { Commodity, Milli } from '@dinh/domain/contributions';
import {
  commodityOf,
  contributionKinds,
  givenQuantity,
  giverKinds,
  isNamed,
  sameName,
} from '@dinh/domain/contributions';
import type { FieldProblem } from '@dinh/domain/kernel';
import { refuse } from '@dinh/domain/kernel';
import type { Drive } from '@dinh/store/contributions';
import { findDrive } from '@dinh/store/contributions';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';

export const openers: readonly Grant[] = [{ role: 'secretary', reach: 'own' }];
export const keepers: readonly Grant[] = [{ role: 'committee', reach: 'own' }];
/** The unit's own people and the levels above that follow it. */
export const onlookers: readonly Grant[] = [
  { role: 'member', reach: 'own' },
  { role: 'officer', reach: 'own-and-below' },
  { role: 'observer', reach: 'own-and-below' },
  { role: 'administrator', reach: 'own-and-below' },
];

export const driveKey = { unitId: unitIdSchema, driveId: z.uuid() };
/** Words as they are: what steers text or hides in it is refused, since everyone reads it; what looks like markup is shown as it was typed. */
const words = (most: number, lines = false) =>
  z
    .string()
    .trim()
    .max(most)
    .refine(
      (text) =>
        !(lines ? /[^\P{Cc}\n\r\t]/u : /\p{Cc}/u).test(text) && !/[\u202a-\u202e\u2066-\u2069\ufeff]/u.test(text),
      {
        message: 'input.invalid',
      },
    );
export const lineSchema = words(300).min(1);
export const textSchema = words(4_000, true).min(1);
export const noteSchema = words(1_000, true).default('');
/** A number on paper: of a receipt, of a voucher. */
export const paperSchema = words(60);

const MOST_BYTES = 20 * 1024 * 1024;
/** A file's bytes, base64. */
export const contentSchema = z
  .base64()
  .min(4)
  .max(Math.ceil((MOST_BYTES * 4) / 3) + 4);

/** What is given or used. Money in the smallest unit of the drive's currency, land in m², labour in days; goods name their unit. */
export const itemSchema = z.strictObject({
  kind: z.enum(contributionKinds),
  /** A decimal with a point, at most three places. */
  quantity: z.string().trim().min(1).max(20),
  /** Of goods and services. */
  name: words(120).default(''),
  unit: words(40).default(''),
  /** Of money: the drive's own when absent, and no other. */
  currency: z.string().trim().max(3).optional(),
});
export type Item = z.output<typeof itemSchema>;

/** Who gives. A name is shown to everyone only with consent. */
export const giverSchema = z.strictObject({
  kind: z.enum(giverKinds),
  name: words(200).default(''),
  publish: z.boolean().default(false),
});
export type Giver = z.output<typeof giverSchema>;

/** Of given land: where it lies in the papers of the authority, and whether the certificate was changed. */
export const landSchema = z.strictObject({ parcel: words(200), certificateUpdated: z.boolean() });

export async function demandDrive(context: Context, unitId: number, driveId: string): Promise<Drive> {
  return (await findDrive(context.tx, unitId, driveId)) ?? refuse('contributions.drive-unknown');
}

/** What an item counts as in a drive, or what is wrong with it. */
export function countedOf(
  drive: Drive,
  item: Item,
  path: string,
): { commodity: Commodity; quantity: Milli } | FieldProblem {
  if (item.kind === 'money' && item.currency !== undefined && item.currency !== drive.currency)
    return { path: `${path}.currency`, code: 'contributions.currency-foreign', params: { currency: drive.currency } };
  if (isNamed(item.kind) && (sameName(item.name) === '' || sameName(item.unit) === ''))
    return { path: `${path}.${sameName(item.name) === '' ? 'name' : 'unit'}`, code: 'contributions.item-wrong' };
  const quantity = givenQuantity(item.kind, item.quantity);
  if (quantity === null) return { path: `${path}.quantity`, code: 'contributions.quantity-wrong' };
  return { commodity: commodityOf(item.kind, { ...item, currency: drive.currency }), quantity };
}

/** Nobody's name, or a name: an anonymous giver has none and publishes none. */
export function giverProblem(giver: Giver, path: string): FieldProblem | null {
  const wrong = giver.kind === 'anonymous' ? giver.name !== '' || giver.publish : giver.name === '';
  return wrong ? { path: `${path}.name`, code: 'contributions.giver-wrong' } : null;
}

export const isProblem = (found: object): found is FieldProblem => 'code' in found;

/** Refuses with everything that is wrong, each at its place. */
export function demandNone(problems: readonly FieldProblem[]): void {
  const first = problems[0];
  if (first) refuse(first.code, first.params ?? {}, [...problems]);
}

/** An item and its giver as the book counts them. */
export function demandCounted(
  drive: Drive,
  item: Item,
  giver: Giver | null,
): { commodity: Commodity; quantity: Milli } {
  const counted = countedOf(drive, item, 'item');
  const unnamed = giver && giverProblem(giver, 'giver');
  demandNone([...(isProblem(counted) ? [counted] : []), ...(unnamed ? [unnamed] : [])]);
  return isProblem(counted) ? refuse(counted.code) : counted;
}

const personal = new Set(['parcel', 'note', 'reason']);

/** What the journal digests of a gift: never who gave it, where their land lies, or what was said about it. */
export const nameless = (input: object): string =>
  JSON.stringify(input, (key, value: unknown) => {
    if (key !== 'giver') return personal.has(key) ? undefined : value;
    const { kind, publish } = value as Giver;
    return { kind, publish };
  });
