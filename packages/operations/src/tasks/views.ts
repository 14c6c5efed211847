import { addDays, daySchema, periodEnd, periodOf, periodSchema, periodStart } from '@dinh/domain/kernel';
import {
  readBelow,
  readBoard,
  readByPerson,
  readCalendar,
  readSince,
  readToApprove,
  type Since,
} from '@dinh/store/tasks';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { readers, unitIdSchema } from '../programmes/public.ts';
import { withStanding } from './list.ts';

const nameOf = async (context: Context, unitId: number) =>
  (await readUnitPlace(context.tx, unitId, context.today))?.name ?? '';

/** The first tasks of every state, with how many there are of each. */
export const board = operation({
  name: 'tasks.board',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, each: z.int().min(1).max(100).default(20) }),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, { unitId, each }) {
    const tasks = (await readBoard(context.tx, unitId, each)).map((line) => withStanding(line, context.today));
    return { unit: await nameOf(context, unitId), today: context.today, tasks };
  },
});

/** Deadlines and milestones of one month, day by day. */
export const calendar = operation({
  name: 'tasks.calendar',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, month: periodSchema.optional() }),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, { unitId, month: asked }) {
    const { tx, today } = context;
    const month = periodOf('month', asked ? periodStart(asked) : today);
    const found = await readCalendar(tx, unitId, periodStart(month), periodEnd(month));
    return { unit: await nameOf(context, unitId), today, month, dates: found.map((line) => withStanding(line, today)) };
  },
});

/** Who answers for how much, and how it stands: tasks due within the last year, and all that are open. */
export const people = operation({
  name: 'tasks.people',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, since: daySchema.optional() }),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, { unitId, since }) {
    const { tx, today } = context;
    const from = since ?? addDays(today, -365);
    return {
      unit: await nameOf(context, unitId),
      today,
      since: from,
      people: await readByPerson(tx, unitId, today, from),
    };
  },
});

/** For the level above: how the tasks of the units below stand, and those that wait for its word. */
export const below = operation({
  name: 'tasks.below',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: [
    { role: 'officer', reach: 'own-and-below' },
    { role: 'observer', reach: 'own-and-below' },
    { role: 'administrator', reach: 'own-and-below' },
  ],
  async run(context, { unitId }) {
    const { tx, today } = context;
    const waiting = await readToApprove(tx, unitId, today);
    return {
      unit: await nameOf(context, unitId),
      today,
      units: await readBelow(tx, unitId, today),
      waiting: waiting.map((line) => withStanding(line, today)),
    };
  },
});

/** What became of a unit's tasks since a day, for features that open a meeting with it. */
export async function tasksSince(context: Context, unitId: number, since: string): Promise<Since[]> {
  return readSince(context.tx, unitId, since, context.today);
}

/** What became of a unit's tasks since a day: given, finished, fallen due, and what people ran into. */
export const since = operation({
  name: 'tasks.since',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, since: daySchema.optional() }),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, { unitId, since: day }) {
    const { today } = context;
    const from = day ?? addDays(today, -30);
    const tasks = (await tasksSince(context, unitId, from)).map((line) => withStanding(line, today));
    return { unit: await nameOf(context, unitId), today, since: from, tasks };
  },
});
