import { refuse } from '@dinh/domain/kernel';
import { emptyRoll, instantAt, type RollFigures } from '@dinh/domain/meetings';
import type { MeetingSession } from '@dinh/store/meetings';
import { countSession, deleteSession, insertSession } from '@dinh/store/meetings';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { actorOf } from '../programmes/public.ts';
import {
  fellows,
  type MeetingKey,
  meetingKey,
  onSchema,
  placeSchema,
  planners,
  take,
  takeAsKeeper,
  timeSchema,
  versionSchema,
} from './access.ts';

const householdsSchema = z.int().min(0).max(1_000_000);

/** Sittings added up, as a roll: every household may vote, and one that is not counted yet is still expected. */
export function figuresOfSessions(sessions: readonly MeetingSession[]): RollFigures {
  const sum = (of: (session: MeetingSession) => number) => sessions.reduce((total, each) => total + of(each), 0);
  const members = sum(({ households }) => households);
  const present = sum((each) => each.present ?? 0);
  const expected = sum(({ households, present: counted }) => (counted === null ? households : 0));
  return {
    ...emptyRoll(),
    members,
    voters: members,
    present,
    votersPresent: present,
    expected,
    unexcused: members - present - expected,
  };
}

async function takeHouseholds(context: Context, key: MeetingKey) {
  const meeting = await take(context, key, 'planned', 'open');
  if (meeting.counts !== 'households') refuse('meetings.counts-people');
}

/** Adds a sitting of a village meeting: a cluster, its households, when and where it sits. */
export const addSession = operation({
  name: 'meetings.add-session',
  kind: 'command',
  input: z.strictObject({
    ...meetingKey,
    id: z.uuid(),
    name: z.string().trim().min(1).max(200),
    on: onSchema,
    at: timeSchema,
    place: placeSchema,
    households: householdsSchema.min(1),
  }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { unitId, meetingId, on, at, ...session }) {
    const key = { unitId, meetingId };
    await takeHouseholds(context, key);
    if (!(await insertSession(context.tx, key, { ...session, startsAt: instantAt(on, at) }))) {
      refuse('meetings.already-there');
    }
    return { id: session.id };
  },
});

/** Takes a sitting away that was not counted. */
export const removeSession = operation({
  name: 'meetings.remove-session',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, id: z.uuid() }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { id, ...key }) {
    await takeHouseholds(context, key);
    if (!(await deleteSession(context.tx, key, id))) refuse('meetings.session-unknown');
    return { id };
  },
});

/** Counts the households of a sitting: how many belong to it, how many are represented. */
export const count = operation({
  name: 'meetings.count-session',
  kind: 'command',
  input: z
    .strictObject({
      ...meetingKey,
      id: z.uuid(),
      households: householdsSchema,
      present: householdsSchema,
      expected: versionSchema,
    })
    .refine(({ households, present }) => present <= households, { path: ['present'], message: 'input.too-large' }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { id, households, present, expected, ...key }) {
    const meeting = await takeAsKeeper(context, key, 'open');
    if (meeting.counts !== 'households') refuse('meetings.counts-people');
    const counted = { id, households, present, expected, actor: actorOf(context), at: context.now };
    if (!(await countSession(context.tx, key, counted))) refuse('meetings.changed-meanwhile');
    return { version: expected + 1 };
  },
});
