import { addDays, type Day, daySchema, leavesWork, ordinaryCalendar, refuse } from '@dinh/domain/kernel';
import {
  deleteCalendar,
  deleteFreeDays,
  insertFreeDays,
  keepsCalendar,
  readCalendarKeepers,
  readFreeDays,
  readUnitPlace,
  saveCalendar,
} from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, type Context, operation } from '../kernel/public.ts';
import { administrators } from './change-tree.ts';
import { unitIdSchema } from './fields.ts';

/** Free days of one calendar: some twenty years of them. */
const MOST_DAYS = 400;
/** Of one stretch, so that a slip in the year does not free a whole one. */
const LONGEST_STRETCH = 31;

const freeNameSchema = z
  .string()
  .trim()
  .min(1, { message: 'input.required' })
  .max(80)
  .refine((name) => /[\p{L}\p{N}]/u.test(name) && !/\p{Cc}/u.test(name), { message: 'input.invalid' });

/** Adds days none of which the calendar has already. */
async function free({ tx }: Context, unitId: number, had: readonly Day[], days: readonly { day: Day; name: string }[]) {
  const known = new Set(had);
  for (const { day } of days) {
    if (known.has(day)) refuse('units.free-day-there', { day });
    known.add(day);
  }
  if (known.size > MOST_DAYS) refuse('units.too-many-free-days', { most: MOST_DAYS });
  await insertFreeDays(tx, unitId, days);
}

/**
 * Keeps a work calendar for a unit, which all below without one of their own follow, or changes the one it keeps. Deadlines that are
 * set already stay as they are. `weekend`: days of the week nobody works, 0 is Sunday. `holidays`: all its free days; left out, those it
 * has stay.
 */
export const keepCalendar = operation({
  name: 'units.keep-calendar',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    weekend: z.array(z.int().min(0).max(6)).max(7),
    holidays: z
      .array(z.strictObject({ day: daySchema, name: freeNameSchema }))
      .max(MOST_DAYS)
      .optional(),
  }),
  unit: ({ unitId }) => unitId,
  allow: administrators,
  async run(context, { unitId, weekend, holidays }) {
    const { tx, today } = context;
    if (!(await readUnitPlace(tx, unitId, today))) refuse('access.unit-unknown');
    if (!leavesWork(weekend)) refuse('units.no-working-day', {}, [{ path: 'weekend', code: 'units.no-working-day' }]);
    if (holidays) await deleteCalendar(tx, unitId);
    await saveCalendar(tx, unitId, [...new Set(weekend)].toSorted());
    if (holidays) await free(context, unitId, [], holidays);
    return { unitId };
  },
});

const stretch = {
  unitId: unitIdSchema,
  from: daySchema,
  /** The last of the days; the first when absent. */
  to: daySchema.optional(),
};

/** Free days one after the other, in the calendar that the unit keeps. */
export const addFreeDays = operation({
  name: 'units.add-free-days',
  kind: 'command',
  input: z.strictObject({ ...stretch, name: freeNameSchema }),
  unit: ({ unitId }) => unitId,
  allow: administrators,
  async run(context, { unitId, from, to = from, name }) {
    if (!(await keepsCalendar(context.tx, unitId))) refuse('units.calendar-not-kept');
    if (to < from) refuse('units.dates-wrong', {}, [{ path: 'to', code: 'units.dates-wrong' }]);
    const days = [];
    for (let day = from; day <= to && days.length <= LONGEST_STRETCH; day = addDays(day, 1)) days.push({ day, name });
    if (days.length > LONGEST_STRETCH)
      refuse('units.free-days-too-long', { most: LONGEST_STRETCH }, [
        { path: 'to', code: 'units.free-days-too-long', params: { most: LONGEST_STRETCH } },
      ]);
    const had = await readFreeDays(context.tx, unitId);
    await free(
      context,
      unitId,
      had.map(({ day }) => day),
      days,
    );
    return { added: days.length };
  },
});

/** Takes free days out of the calendar that the unit keeps. */
export const removeFreeDays = operation({
  name: 'units.remove-free-days',
  kind: 'command',
  input: z.strictObject(stretch),
  unit: ({ unitId }) => unitId,
  allow: administrators,
  async run({ tx }, { unitId, from, to = from }) {
    const removed = await deleteFreeDays(tx, unitId, from, to);
    return removed === 0 ? refuse('units.free-day-unknown', { day: from }) : { removed };
  },
});

/** Takes away the calendar a unit keeps: from then on it follows the nearest unit above that keeps one. */
export const dropCalendar = operation({
  name: 'units.drop-calendar',
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: ({ unitId }) => unitId,
  allow: administrators,
  async run({ tx }, { unitId }) {
    return (await deleteCalendar(tx, unitId)) ? { unitId } : refuse('units.calendar-not-kept');
  },
});

/**
 * By which calendar a unit works today. `keeper`: the unit that keeps it, null for the ordinary one (Saturday and Sunday, no free day).
 * `above`: whose it would be if this unit kept none.
 */
export const readWorkCalendar = operation({
  name: 'units.read-calendar',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: ({ unitId }) => unitId,
  allow: 'signed-in',
  async run(context, { unitId }) {
    const { tx, today } = context;
    const unit = (await readUnitPlace(tx, unitId, today)) ?? refuse('access.unit-unknown');
    const keepers = await readCalendarKeepers(tx, unitId, today);
    const [keeper] = keepers;
    const above = keepers.find(({ id }) => id !== unitId);
    return {
      unit: { id: unitId, name: unit.name },
      today,
      keeper: keeper ? { id: keeper.id, name: keeper.name } : null,
      above: above ? { id: above.id, name: above.name } : null,
      weekend: keeper?.weekend ?? [...ordinaryCalendar.weekend],
      holidays: keeper ? await readFreeDays(tx, keeper.id) : [],
      allowed: await allowedOn(context, unitId, [keepCalendar, addFreeDays, removeFreeDays, dropCalendar]),
    };
  },
});
