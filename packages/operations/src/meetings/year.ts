import { periodOf, refuse } from '@dinh/domain/kernel';
import { fixedDayIn, instantAt, monthsOfYear } from '@dinh/domain/meetings';
import { insertMeetings, listMeetings, readHabit, saveHabit } from '@dinh/store/meetings';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { actorOf, unitIdSchema } from '../programmes/public.ts';
import { minutesSchema, placeSchema, planners, quorumSchema, timeSchema } from './access.ts';
import { common } from './plan.ts';

/** Says how a unit meets: its fixed day, the hour and place that suit those who come, and what it asks of a meeting. */
export const setHabit = operation({
  name: 'meetings.set-habit',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    fixed: z.union([
      z.strictObject({ monthDay: z.int().min(1).max(31) }),
      z.strictObject({ weekday: z.int().min(1).max(7), nth: z.int().min(1).max(5) }),
    ]),
    at: timeSchema,
    place: placeSchema,
    minutes: minutesSchema,
    thematicMonth: z.int().min(1).max(3).default(2),
    documentsDays: z.int().min(0).max(60).default(common.documentsDays),
    quorum: quorumSchema.default(common.quorum),
  }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { unitId, ...habit }) {
    await saveHabit(context.tx, unitId, habit);
    return { unitId };
  },
});

/**
 * Plans the rest of a year by how the unit meets: one regular meeting a month and one thematic a quarter, on the fixed day. Months and
 * quarters that have theirs already stay as they are, and days that have passed are not planned.
 */
export const planYear = operation({
  name: 'meetings.plan-year',
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema, year: z.int().min(2000).max(2150) }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { unitId, year }) {
    const habit = await readHabit(context.tx, unitId);
    if (!habit) return refuse('meetings.habit-needed');
    const there = (await listMeetings(context.tx, unitId, `${year}-01-01`, `${year + 1}-01-01`)).filter(
      ({ state }) => state !== 'cancelled',
    );
    const has = (kind: string, period: string, of: 'month' | 'quarter') =>
      there.some((meeting) => meeting.kind === kind && periodOf(of, meeting.onDay) === period);
    const planned = monthsOfYear(year, habit.thematicMonth).flatMap(({ month, thematic }) => {
      const onDay = fixedDayIn(month, habit.fixed);
      if (onDay < context.today) return [];
      const kinds = [
        ...(has('regular', month, 'month') ? [] : (['regular'] as const)),
        ...(thematic && !has('thematic', periodOf('quarter', onDay), 'quarter') ? (['thematic'] as const) : []),
      ];
      return kinds.map((kind) => ({
        id: uuidv7(),
        kind,
        title: '',
        startsAt: instantAt(onDay, habit.at),
        onDay,
        place: habit.place,
        minutes: habit.minutes,
        counts: 'people' as const,
        quorum: habit.quorum,
        documentsDays: habit.documentsDays,
        chair: null,
        recorder: null,
      }));
    });
    if (planned.length === 0) return refuse('meetings.nothing-to-plan', { period: String(year) });
    const made = await insertMeetings(context.tx, unitId, planned, { actor: actorOf(context), at: context.now });
    return { planned: made.length };
  },
});
