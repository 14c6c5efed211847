import type { Grant } from '@dinh/domain/access';
import { refuse } from '@dinh/domain/kernel';
import type { ThematicProgramme } from '@dinh/store/products';
import { findProgramme } from '@dinh/store/products';
import { readTrails } from '@dinh/store/programmes';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';

/** Those who launch a programme for the units below theirs. */
export const launchers: readonly Grant[] = [
  { role: 'secretary', reach: 'own' },
  { role: 'officer', reach: 'own' },
  { role: 'administrator', reach: 'own' },
];
export const leaders: readonly Grant[] = [{ role: 'committee', reach: 'own' }];
export const fellows: readonly Grant[] = [{ role: 'member', reach: 'own' }];
/** The unit's own people and the levels above that follow it. */
export const onlookers: readonly Grant[] = [
  ...fellows,
  { role: 'officer', reach: 'own-and-below' },
  { role: 'observer', reach: 'own-and-below' },
  { role: 'administrator', reach: 'own-and-below' },
];

export const meetingKey = { unitId: unitIdSchema, meetingId: z.uuid() };
export const productKey = { unitId: unitIdSchema, id: z.uuid() };
export const lineSchema = z.string().trim().min(1).max(300);
export const textSchema = z.string().trim().max(20_000);
export const versionSchema = z.int().min(1).max(1_000_000);

/** The unit and the units above it today, nearest first: whose programmes it takes part in. */
export async function ownersOver(context: Context, unitId: number): Promise<number[]> {
  const trail = (await readTrails(context.tx, [unitId], context.today)).get(unitId) ?? [];
  return [unitId, ...trail.map(({ id }) => id).reverse()];
}

/** A programme the unit takes part in; one of other places looks like none. */
export async function programmeOver(
  context: Context,
  key: { unitId: number; ownerId: number; programmeId: string },
): Promise<ThematicProgramme> {
  const owners = await ownersOver(context, key.unitId);
  if (!owners.includes(key.ownerId)) return refuse('products.out-of-reach');
  const found = await findProgramme(context.tx, key.ownerId, key.programmeId, context.today);
  return found ?? refuse('products.programme-unknown');
}
