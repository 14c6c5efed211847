import { addDays, dayOf, refuse } from '@dinh/domain/kernel';
import { instantAt, type MeetingKind, timeOf } from '@dinh/domain/meetings';
import type { MeetingHabit, NewMeeting } from '@dinh/store/meetings';
import { insertMeetings, markCalled, markCancelled, readHabit, saveMeeting } from '@dinh/store/meetings';
import { readPerson } from '@dinh/store/people';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { actorOf, reasonSchema } from '../programmes/public.ts';
import { tell } from '../reminders/public.ts';
import {
  demandState,
  kindSchema,
  meetingKey,
  minutesSchema,
  onSchema,
  placeSchema,
  planners,
  quorumSchema,
  take,
  timeSchema,
} from './access.ts';

/** A meeting held on paper may be entered so many days later. */
const LATEST_ENTRY_DAYS = 45;
const personSchema = z.uuid().nullable();
const described = {
  kind: kindSchema,
  title: z.string().trim().max(300),
  on: onSchema,
  at: timeSchema,
  place: placeSchema,
  minutes: minutesSchema,
  chair: personSchema,
  recorder: personSchema,
  quorum: quorumSchema,
  documentsDays: z.int().min(0).max(60),
};

/** What holds for a unit that has not said how it meets: more than half of those who may vote, documents a day ahead. */
export const common = {
  quorum: { parts: 1, of: 2, strict: true },
  documentsDays: 1,
} as const satisfies Pick<MeetingHabit, 'quorum' | 'documentsDays'>;

/** Households are what a village meeting counts; every other meeting counts people. */
export const countsOf = (kind: MeetingKind) => (kind === 'village' ? ('households' as const) : ('people' as const));

/** Refuses anybody who is not there on the day: chair and recorder are people with a name. */
export async function demandPersons(
  context: Context,
  people: Record<string, string | null | undefined>,
): Promise<void> {
  for (const [path, personId] of Object.entries(people)) {
    if (!personId) continue;
    const person = await readPerson(context.tx, personId, context.today);
    if (!person || person.erased) refuse('meetings.person-unknown', {}, [{ path, code: 'meetings.person-unknown' }]);
  }
}

function demandDay(context: Context, on: string): void {
  if (on < addDays(context.today, -LATEST_ENTRY_DAYS))
    refuse('meetings.day-passed', { day: on }, [{ path: 'on', code: 'meetings.day-passed', params: { day: on } }]);
}

/** Plans a meeting. What is left out comes from how the unit meets. */
export const plan = operation({
  name: 'meetings.plan',
  kind: 'command',
  input: z.strictObject({
    ...meetingKey,
    kind: described.kind,
    title: described.title.default(''),
    on: described.on,
    at: described.at,
    place: described.place,
    minutes: described.minutes,
    chair: personSchema.default(null),
    recorder: personSchema.default(null),
    quorum: quorumSchema.optional(),
    documentsDays: described.documentsDays.optional(),
  }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { unitId, meetingId: id, on, at, ...input }) {
    demandDay(context, on);
    await demandPersons(context, { chair: input.chair, recorder: input.recorder });
    const habit = (await readHabit(context.tx, unitId)) ?? common;
    const planned = {
      ...input,
      id,
      startsAt: instantAt(on, at),
      onDay: on,
      counts: countsOf(input.kind),
      quorum: input.quorum ?? habit.quorum,
      documentsDays: input.documentsDays ?? habit.documentsDays,
    };
    const by = { actor: actorOf(context), at: context.now };
    if ((await insertMeetings(context.tx, unitId, [planned], by)).length === 0) refuse('meetings.already-there');
    return { meetingId: id };
  },
});

/** Changes what was planned; an absent field stays. An open meeting keeps its day, its kind and its quorum. */
export const change = operation({
  name: 'meetings.change',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, ...z.strictObject(described).partial().shape }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { unitId, meetingId, on, at, ...given }) {
    const meeting = await take(context, { unitId, meetingId }, 'planned', 'open');
    const binding = on ?? at ?? given.kind ?? given.quorum ?? given.documentsDays;
    if (binding !== undefined) demandState(meeting, 'planned');
    if (on !== undefined) demandDay(context, on);
    await demandPersons(context, { chair: given.chair, recorder: given.recorder });
    const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const changed: NewMeeting = { ...meeting, ...said };
    const startsAt = instantAt(on ?? meeting.onDay, at ?? timeOf(meeting.startsAt));
    await saveMeeting(context.tx, { ...changed, startsAt, onDay: dayOf(startsAt), counts: countsOf(changed.kind) });
    const isElsewhere = startsAt.getTime() !== meeting.startsAt.getTime() || changed.place !== meeting.place;
    if (isElsewhere && meeting.calledAt && meeting.state === 'planned')
      await tell(context, { kind: 'meeting-changed', unitId, matterId: meetingId });
    return { meetingId };
  },
});

/** Calls a meeting: those who chose to be told get their invitation, and it is noted that it went out. The first time counts. */
export const call = operation({
  name: 'meetings.call',
  kind: 'command',
  input: z.strictObject(meetingKey),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, key) {
    const { calledAt } = await take(context, key, 'planned');
    await markCalled(context.tx, key.unitId, key.meetingId, context.now);
    if (!calledAt) await tell(context, { kind: 'meeting-called', unitId: key.unitId, matterId: key.meetingId });
    return { meetingId: key.meetingId };
  },
});

/** Calls a planned meeting off, with the reason people are told. */
export const cancel = operation({
  name: 'meetings.cancel',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { reason, ...key }) {
    const { calledAt } = await take(context, key, 'planned');
    await markCancelled(context.tx, key.unitId, key.meetingId, context.now, reason);
    if (calledAt) await tell(context, { kind: 'meeting-cancelled', unitId: key.unitId, matterId: key.meetingId });
    return { meetingId: key.meetingId };
  },
});

/** Plans a meeting that was called off after all. */
export const restore = operation({
  name: 'meetings.restore',
  kind: 'command',
  input: z.strictObject(meetingKey),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, key) {
    const { calledAt } = await take(context, key, 'cancelled');
    await markCancelled(context.tx, key.unitId, key.meetingId, context.now, null);
    if (calledAt) await tell(context, { kind: 'meeting-called', unitId: key.unitId, matterId: key.meetingId });
    return { meetingId: key.meetingId };
  },
});
