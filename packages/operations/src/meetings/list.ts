import { addDays, periodEnd, periodOf, periodSchema, periodStart, refuse } from '@dinh/domain/kernel';
import { attendanceShare, postsCalled } from '@dinh/domain/meetings';
import { belowStates, listMeetings, type Meeting, readHabit, readMeetingsBelow } from '@dinh/store/meetings';
import { listPeople } from '@dinh/store/people';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, type Context, operation } from '../kernel/public.ts';
import { above, unitIdSchema } from '../programmes/public.ts';
import { keeps, mayRead, onlookers, planners } from './access.ts';
import { makeFeed } from './feed.ts';
import { plan } from './plan.ts';
import { planYear, setHabit } from './year.ts';

const brief = (meeting: Meeting) => {
  const {
    id,
    kind,
    title,
    startsAt,
    onDay,
    place,
    minutes,
    state,
    calledAt,
    openedAt,
    roll,
    documents,
    documentsLate,
  } = meeting;
  return {
    id,
    kind,
    title,
    startsAt,
    onDay,
    place,
    minutes,
    state,
    calledAt,
    openedAt,
    documents,
    documentsLate,
    /** Null while the meeting is not over. */
    share: roll && attendanceShare(roll),
    present: roll?.present ?? null,
    members: roll && roll.members - roll.exempt,
  };
};
export type ListedMeeting = ReturnType<typeof brief>;

/** Meetings of a unit in a year, in the order of their hours, and how the unit meets. */
export const list = operation({
  name: 'meetings.list',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    /** This year when absent. */
    year: z.int().min(1900).max(2200).optional(),
  }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, ...input }) {
    const { tx, today } = context;
    const year = input.year ?? Number(today.slice(0, 4));
    const found = await listMeetings(tx, unitId, `${year}-01-01`, `${year + 1}-01-01`);
    // One question answers for every committee meeting.
    const committee = found.find(({ kind }) => kind === 'committee');
    const open = committee === undefined || (await mayRead(context, committee));
    const habit = await readHabit(tx, unitId);
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      now: context.now,
      year,
      meetings: found.filter(({ kind }) => open || kind !== 'committee').map(brief),
      habit,
      allowed: await allowedOn(context, unitId, [plan, setHabit, planYear, makeFeed, below]),
    };
  },
});

/** Minutes are signed before people leave; after these days nobody is reminded of them on the first page any more. */
const UNSIGNED_DAYS = 3;

/** The meetings of a unit that come next, from today on, the earliest first: for the first page after signing in. */
export const next = operation({
  name: 'meetings.next',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    limit: z.int().min(1).max(20).default(3),
    /** Also meetings of the last days that are over and not signed, for those who keep their records. */
    unsigned: z.boolean().default(false),
  }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, limit, unsigned }) {
    const { tx, today } = context;
    // A meeting that runs past midnight is still the next one.
    const from = addDays(today, unsigned ? -UNSIGNED_DAYS : -1);
    const found = await listMeetings(tx, unitId, from, addDays(today, 62));
    const shown = [];
    for (const meeting of found) {
      const { state, onDay } = meeting;
      const ahead = (state === 'open' && onDay >= addDays(today, -1)) || (state === 'planned' && onDay >= today);
      const waits = unsigned && state === 'closed' && (await keeps(context, meeting));
      if (shown.length < limit && (ahead || waits) && (await mayRead(context, meeting))) shown.push(brief(meeting));
    }
    return { today, meetings: shown, allowed: await allowedOn(context, unitId, [plan]) };
  },
});

/** People a meeting of everybody calls: those who may chair, write the minutes or speak to a point. */
export async function callable({ tx, today, now }: Context, unitId: number) {
  const posts = postsCalled('regular');
  return (await listPeople(tx, { unitId, day: today, now, search: '', posts, limit: 2000, offset: 0 })).people;
}

/** People of a unit to choose a chair, a recorder or somebody in charge from. */
export const people = operation({
  name: 'meetings.people',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { unitId }) {
    const found = await callable(context, unitId);
    return { people: found.map(({ id, name, posts }) => ({ id, name, posts: posts.map(({ post }) => post) })) };
  },
});

/** Units below that have members: who held this month's meeting, who planned it, who is late, who has not planned. */
export const below = operation({
  name: 'meetings.below',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    /** This month when absent. */
    month: periodSchema.optional(),
    state: z.enum(belowStates).optional(),
    limit: z.int().min(1).max(200).default(50),
    offset: z.int().min(0).max(1_000_000).default(0),
  }),
  unit: (input) => input.unitId,
  allow: above,
  async run({ tx, today }, { unitId, state, limit, offset, ...input }) {
    const month = input.month ?? periodOf('month', today);
    if (month.length !== 7 || month.includes('Q')) {
      refuse('programmes.period-wrong', {}, [{ path: 'month', code: 'programmes.period-wrong' }]);
    }
    const last = periodEnd(month);
    const quarter = periodOf('quarter', last);
    const between = (period: string) => ({ from: periodStart(period), to: addDays(periodEnd(period), 1) });
    const found = await readMeetingsBelow(tx, {
      aboveId: unitId,
      day: last < today ? last : today,
      passed: today,
      month: between(month),
      quarter: between(quarter),
      posts: postsCalled('regular'),
      state,
      limit: limit + 1,
      offset,
    });
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      month,
      quarter,
      state: state ?? null,
      counts: belowStates.map((each) => ({ state: each, units: found.counts[each] ?? 0 })),
      thematic: found.thematic,
      lines: found.lines.slice(0, limit),
      more: found.lines.length > limit,
      offset,
    };
  },
});
