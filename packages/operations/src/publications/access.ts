import type { Grant } from '@dinh/domain/access';
import { refuse } from '@dinh/domain/kernel';
import type { CodedPlace } from '@dinh/store/publications';
import { findPlace } from '@dinh/store/publications';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';

/** Who decides what everyone may see of a unit. */
export const publishers: readonly Grant[] = [
  { role: 'secretary', reach: 'own' },
  { role: 'administrator', reach: 'own-and-below' },
];
/** Who goes past a code and can say whether it is there. */
export const passers: readonly Grant[] = [{ role: 'member', reach: 'own' }, ...publishers];
/** The unit's own people and the levels above that follow it. */
export const onlookers: readonly Grant[] = [
  { role: 'member', reach: 'own' },
  { role: 'officer', reach: 'own-and-below' },
  { role: 'observer', reach: 'own-and-below' },
  { role: 'administrator', reach: 'own-and-below' },
];

export const placeKey = { unitId: unitIdSchema, nth: z.int().min(1).max(20_000) };
/** One line of words; what steers text or hides in it is refused, since everyone reads it. */
export const plainSchema = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/u.test(text), { message: 'input.invalid' });
export const nameSchema = plainSchema(120).min(1);

/** The unit as it stands today. */
export async function demandUnit(context: Context, unitId: number) {
  return (await readUnitPlace(context.tx, unitId, context.today)) ?? refuse('publications.unit-dissolved');
}

export async function demandPlace(
  context: Context,
  { unitId, nth }: { unitId: number; nth: number },
): Promise<CodedPlace> {
  return (await findPlace(context.tx, { unitId, nth }, context.today)) ?? refuse('publications.place-unknown');
}

/** A place that is still in use. */
export async function demandInUse(context: Context, key: { unitId: number; nth: number }): Promise<CodedPlace> {
  const place = await demandPlace(context, key);
  return place.retiredOn === null ? place : refuse('publications.retired', { day: place.retiredOn });
}
