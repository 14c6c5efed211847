import { createHash, randomBytes } from 'node:crypto';
import { addDays, refuse } from '@dinh/domain/kernel';
import { findFeed, listMeetings, saveFeed } from '@dinh/store/meetings';
import { readRights } from '@dinh/store/people';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';
import { actingPerson, fellows, mayFollow } from './access.ts';

const digestOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/**
 * Gives the caller a secret address of the unit's calendar, for the calendar of their phone. It is shown once; a new one ends the old
 * one, and none outlives the person's post in the unit.
 */
export const makeFeed = operation({
  name: 'meetings.make-feed',
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: fellows,
  recorded: () => ({ secret: null }),
  async run(context, { unitId }) {
    const secret = randomBytes(24).toString('base64url');
    await saveFeed(context.tx, unitId, actingPerson(context), digestOf(secret), context.now);
    return { secret };
  },
});

/** Meetings of a unit for who holds a secret address of its calendar: when and where, never what is said. */
export const feed = operation({
  name: 'meetings.feed',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, secret: z.string().min(1).max(100) }),
  unit: (input) => input.unitId,
  allow: 'anyone',
  async run({ tx, today }, { unitId, secret }) {
    const personId = await findFeed(tx, unitId, digestOf(secret));
    if (personId === null) return refuse('meetings.feed-unknown');
    const { held } = await readRights(tx, personId, unitId, today);
    if (!mayFollow(held, unitId, 'regular')) return refuse('meetings.feed-unknown');
    const found = await listMeetings(tx, unitId, addDays(today, -92), addDays(today, 400));
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      meetings: found
        .filter(({ kind }) => mayFollow(held, unitId, kind))
        .map(({ id, kind, title, startsAt, place, minutes, state, revision, onDay }) => ({
          id,
          kind,
          title,
          startsAt,
          place,
          minutes,
          state,
          revision,
          onDay,
        })),
    };
  },
});
