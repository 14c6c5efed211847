import { dayOf, foldText, refuse } from '@dinh/domain/kernel';
import { type AttendanceState, attendanceStates, isQuorate, quorumNeeded } from '@dinh/domain/meetings';
import type { Mark, Meeting } from '@dinh/store/meetings';
import { findLine, markLines, markRest, readRoll, readRollFigures, readSessions } from '@dinh/store/meetings';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { actorOf } from '../programmes/public.ts';
import {
  actingPerson,
  demandKeeper,
  fellows,
  find,
  keeps,
  type MeetingKey,
  mayRead,
  meetingKey,
  momentOf,
  momentSchema,
  onlookers,
  reasonClassSchema,
  takeForRoll,
} from './access.ts';
import { figuresOfSessions } from './sessions.ts';

const MOST_MARKS = 2000;

/** Somebody may come a little before the meeting is opened. */
const EARLY_MS = 3 * 3_600_000;

const earliestOf = ({ openedAt, startsAt }: Meeting) => new Date((openedAt ?? startsAt).getTime() - EARLY_MS);

/** The moment things happen: now on the meeting's day; when a meeting is entered afterwards, the hour it began. */
const momentIn = (context: Context, { onDay, openedAt, startsAt }: Meeting) =>
  dayOf(context.now) === onDay ? context.now : (openedAt ?? startsAt);

async function takeRoll(context: Context, key: MeetingKey): Promise<Meeting> {
  const meeting = await takeForRoll(context, key);
  await demandKeeper(context, meeting);
  return meeting;
}

const markSchema = z
  .strictObject({
    personId: z.uuid(),
    state: z.enum(attendanceStates),
    reason: reasonClassSchema.nullable().default(null),
    /** Of somebody present: when they came, when they left. */
    arrivedAt: momentSchema.optional(),
    leftAt: momentSchema.optional(),
  })
  .refine(({ state, reason }) => state !== 'excused' || reason !== null, {
    path: ['reason'],
    message: 'meetings.reason-needed',
  })
  .refine(({ state, reason }) => state === 'excused' || reason === null, {
    path: ['reason'],
    message: 'meetings.reason-out-of-place',
  });

/** Marks people of the roll; all in one go, all or none. Somebody marked present keeps the hour they came. */
export const mark = operation({
  name: 'meetings.mark',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, marks: z.array(markSchema).min(1).max(MOST_MARKS) }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { marks, ...key }) {
    const meeting = await takeRoll(context, key);
    const wanted = marks.map(({ personId, state, reason, ...told }, index): Mark => {
      const here = state === 'present';
      const path = (field: string) => `marks.${index}.${field}`;
      const arrived = told.arrivedAt && momentOf(context, told.arrivedAt, earliestOf(meeting), path('arrivedAt'));
      const left = told.leftAt && momentOf(context, told.leftAt, arrived || earliestOf(meeting), path('leftAt'));
      return { personId, state, reason, arrivedAt: (here && arrived) || null, leftAt: (here && left) || null };
    });
    const marked = await markLines(context.tx, meeting, wanted, momentIn(context, meeting), actorOf(context));
    if (marked !== new Set(wanted.map(({ personId }) => personId)).size) refuse('meetings.not-on-roll');
    return { marked };
  },
});

/** Somebody leaves before the end (or comes back): from here on they count no more for what is decided. */
export const leave = operation({
  name: 'meetings.leave',
  kind: 'command',
  input: z.strictObject({
    ...meetingKey,
    personId: z.uuid(),
    back: z.boolean().default(false),
    at: momentSchema.optional(),
  }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { personId, back, at: told, ...key }) {
    const meeting = await takeRoll(context, key);
    const line = await findLine(context.tx, key.unitId, key.meetingId, personId);
    if (line?.state !== 'present') return refuse('meetings.not-on-roll');
    const now = momentIn(context, meeting);
    const at = told === undefined ? now : momentOf(context, told, line.arrivedAt, 'at');
    const { state, reason, arrivedAt } = line;
    await markLines(
      context.tx,
      meeting,
      [{ personId, state, reason, arrivedAt, leftAt: back ? null : at }],
      now,
      actorOf(context),
    );
    return { personId };
  },
});

/** Marks everybody who was not called yet, in one tap: all here, or none of the others came. */
export const markOthers = operation({
  name: 'meetings.mark-rest',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, state: z.enum(['present', 'unexcused']) }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { state, ...key }) {
    const meeting = await takeRoll(context, key);
    const marked = await markRest(context.tx, meeting, state, momentIn(context, meeting), actorOf(context));
    return { marked };
  },
});

/** A member who has the code shown in the room marks themselves present. Said twice, nothing changes. */
export const checkIn = operation({
  name: 'meetings.check-in',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, code: z.string().max(40) }),
  unit: (input) => input.unitId,
  allow: fellows,
  // The code opens the door: a fast digest of it would be one more place to read it from.
  digested: ({ code: _code, ...input }) => input,
  async run(context, { code, ...key }) {
    const meeting = await takeForRoll(context, key);
    if (code === '' || code !== meeting.checkIn) refuse('meetings.code-wrong');
    const personId = actingPerson(context);
    const mine = { personId, state: 'present' as const, reason: null, arrivedAt: null, leftAt: null };
    if ((await markLines(context.tx, meeting, [mine], context.now, actorOf(context))) === 0)
      refuse('meetings.not-on-roll');
    return { present: true };
  },
});

/** Figures of the roll as they are now, and what they mean: enough in the room or not. */
export async function figuresNow(context: Context, meeting: Meeting) {
  const key = { unitId: meeting.unitId, meetingId: meeting.id };
  const figures =
    meeting.roll ??
    (meeting.counts === 'people'
      ? await readRollFigures(context.tx, meeting.unitId, meeting.id)
      : figuresOfSessions(await readSessions(context.tx, key)));
  return {
    ...figures,
    needed: quorumNeeded(meeting.quorum, figures.voters),
    quorate: isQuorate(meeting.quorum, figures),
  };
}

/** What live pages show: figures for everybody, and for those who keep the roll the lines written since a revision. */
export const rollNow = operation({
  name: 'meetings.roll',
  kind: 'query',
  input: z.strictObject({
    ...meetingKey,
    search: z.string().trim().max(100).default(''),
    state: z.enum(attendanceStates).optional(),
    /** Only lines written after this revision of the meeting. */
    since: z.int().min(0).default(0),
    limit: z.int().min(0).max(2000).default(100),
    offset: z.int().min(0).max(1_000_000).default(0),
  }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { search, state, since, limit, offset, ...key }) {
    const meeting = await find(context, key);
    if (!(await mayRead(context, meeting))) refuse('access.denied', { operation: 'meetings.roll' });
    const named = await keeps(context, meeting);
    const roll =
      named && meeting.counts === 'people' && limit > 0
        ? await readLines(context, meeting, { search, state, since, limit, offset })
        : noLines;
    const { revision, content, state: stands } = meeting;
    return { revision, content, state: stands, figures: await figuresNow(context, meeting), named, ...roll };
  },
});

const noLines = { total: 0, lines: [] as Awaited<ReturnType<typeof readRoll>>['lines'] };

function readLines(
  context: Context,
  meeting: Meeting,
  wanted: { search: string; state: AttendanceState | undefined; since: number; limit: number; offset: number },
) {
  const { search, state, ...page } = wanted;
  return readRoll(context.tx, {
    unitId: meeting.unitId,
    meetingId: meeting.id,
    day: meeting.onDay,
    ...page,
    ...(search && { search: foldText(search) }),
    ...(state && { state }),
  });
}
