import { randomBytes } from 'node:crypto';
import { dayOf, refuse } from '@dinh/domain/kernel';
import { documentsDue, postsCalled, type RollFigures, withoutDuty, withoutVote } from '@dinh/domain/meetings';
import type { Meeting } from '@dinh/store/meetings';
import {
  deleteGuest,
  insertGuest,
  markClosed,
  markOpen,
  readDocuments,
  readRollFigures,
  readSessions,
  runItem,
  saveMeeting,
  writeRoll,
} from '@dinh/store/meetings';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { actorOf } from '../programmes/public.ts';
import { fellows, meetingKey, momentOf, momentSchema, planners, take, takeAsKeeper } from './access.ts';
import { demandPersons } from './plan.ts';
import { figuresOfSessions } from './sessions.ts';

/** Who belongs to a meeting: holders, on its day, of the posts its kind calls. */
export const calledTo = ({ kind, onDay }: Pick<Meeting, 'kind' | 'onDay'>) => ({
  posts: postsCalled(kind),
  withoutVote,
  withoutDuty,
  day: onDay,
});

async function writeNames(context: Context, meeting: Meeting): Promise<void> {
  if (meeting.counts === 'people') await writeRoll(context.tx, meeting, calledTo(meeting), actorOf(context));
}

/**
 * Opens a meeting on its day: the roll is written from the posts of that day, and what was attached in time is held. A meeting that was
 * held without a phone is opened afterwards with the hour it began (`at`).
 */
export const open = operation({
  name: 'meetings.open',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, at: momentSchema.optional() }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { at: told, ...key }) {
    const meeting = await take(context, key, 'planned');
    const at = momentOf(context, told, null, 'at');
    if (dayOf(at) !== meeting.onDay) refuse('meetings.not-its-day', { day: meeting.onDay });
    const due = documentsDue(meeting.startsAt, meeting.documentsDays);
    const documents = await readDocuments(context.tx, key);
    await markOpen(context.tx, {
      unitId: key.unitId,
      id: key.meetingId,
      at,
      checkIn: randomBytes(9).toString('base64url'),
      documents: documents.length,
      documentsLate: documents.filter(({ addedAt }) => addedAt > due).length,
    });
    await writeNames(context, meeting);
    return { meetingId: key.meetingId };
  },
});

/** Opens a closed meeting again, to put right what was entered wrongly; no longer once its minutes are signed. */
export const reopen = operation({
  name: 'meetings.reopen',
  kind: 'command',
  input: z.strictObject(meetingKey),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, key) {
    const meeting = await take(context, key, 'closed');
    await markOpen(context.tx, {
      unitId: key.unitId,
      id: key.meetingId,
      at: context.now,
      checkIn: '',
      documents: 0,
      documentsLate: 0,
    });
    await writeNames(context, meeting);
    return { meetingId: key.meetingId };
  },
});

/** Names who chairs and who records; null leaves the place empty. */
export const elect = operation({
  name: 'meetings.elect',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, chair: z.uuid().nullable(), recorder: z.uuid().nullable() }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { chair, recorder, ...key }) {
    const meeting = await take(context, key, 'planned', 'open');
    await demandPersons(context, { chair, recorder });
    await saveMeeting(context.tx, { ...meeting, chair, recorder });
    return { chair, recorder };
  },
});

/** Somebody from the level above who observes, or a guest. */
export const admit = operation({
  name: 'meetings.admit-guest',
  kind: 'command',
  input: z.strictObject({
    ...meetingKey,
    id: z.uuid(),
    kind: z.enum(['observer', 'guest']),
    name: z.string().trim().min(1).max(200),
    from: z.string().trim().max(200).default(''),
  }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { unitId, meetingId, ...guest }) {
    await takeAsKeeper(context, { unitId, meetingId }, 'planned', 'open');
    if (!(await insertGuest(context.tx, { unitId, meetingId }, guest))) refuse('meetings.already-there');
    return { id: guest.id };
  },
});

export const dismiss = operation({
  name: 'meetings.dismiss-guest',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, id: z.uuid() }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { id, ...key }) {
    await takeAsKeeper(context, key, 'planned', 'open');
    if (!(await deleteGuest(context.tx, key, id))) refuse('meetings.guest-unknown');
    return { id };
  },
});

async function finalFigures(context: Context, meeting: Meeting): Promise<RollFigures> {
  const key = { unitId: meeting.unitId, meetingId: meeting.id };
  if (meeting.counts === 'people') {
    const figures = await readRollFigures(context.tx, meeting.unitId, meeting.id);
    return figures.expected > 0 ? refuse('meetings.roll-unfinished', { count: figures.expected }) : figures;
  }
  const sessions = await readSessions(context.tx, key);
  const waiting = sessions.filter(({ present }) => present === null).length;
  if (waiting > 0 || sessions.length === 0) refuse('meetings.sessions-uncounted', { count: waiting });
  return figuresOfSessions(sessions);
}

/** Closes the meeting once everybody of the roll, or every sitting, is accounted for. Its figures stay with it. */
export const close = operation({
  name: 'meetings.close',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, at: momentSchema.optional() }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { at: told, ...key }) {
    const meeting = await takeAsKeeper(context, key, 'open');
    const at = momentOf(context, told, meeting.openedAt, 'at');
    const roll = await finalFigures(context, meeting);
    await runItem(context.tx, key, null, at);
    await markClosed(context.tx, key.unitId, key.meetingId, at, roll);
    return { roll };
  },
});
