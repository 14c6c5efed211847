import { readRights, readRightsOver } from '@dinh/store/people';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';

/**
 * By what the caller reads in a unit today: posts held in it and above it, and what stands above it, nearest first. Menus are made of it,
 * so that no link leads to a closed door; every operation asks for itself.
 */
export const readReach = operation({
  name: 'people.reach',
  kind: 'query',
  input: z.strictObject({ unitId: z.int().positive() }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  async run({ tx, actor, today }, { unitId }) {
    if (actor.kind !== 'person') return { held: [], ancestors: [] };
    const { held, ancestors } = await readRights(tx, actor.personId, unitId, today);
    return ancestors.length > 0 || held.length > 0
      ? { held, ancestors }
      : readRightsOver(tx, actor.personId, unitId, today);
  },
});
