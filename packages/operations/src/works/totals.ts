import type { Day } from '@dinh/domain/kernel';
import { periodEnd } from '@dinh/domain/kernel';
import { tallyItemOf } from '@dinh/domain/works';
import { readTallyYears, readTotals, TALLIES, type Total } from '@dinh/store/rollups';
import { readChildrenBriefly, readUnitPlace } from '@dinh/store/units';
import { readDriveTotals, readWorkKinds } from '@dinh/store/works';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';
import { onlookers } from './access.ts';

/** Of one item: how many, how much of how much, and vouchers with what they used. Decimals are exact. */
export type Tallied = { item: string; n: number; value: string; of: string; uses: number; used: string };

const talliedOf = ({ item, declared, declaredValue, declaredOf, verified, verifiedValue }: Total): Tallied => ({
  ...{ item, n: declared, value: declaredValue, of: declaredOf },
  ...{ uses: verified, used: verifiedValue },
});
const isSomething = ({ n, value, of, uses, used }: Tallied) =>
  n !== 0 || uses !== 0 || [value, of, used].some((amount) => Number(amount) !== 0);

/** A year, or a month of one. */
export const totalsPeriodSchema = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]))?$/, { message: 'input.invalid' });

/** Everything counted of a unit and all below it in a year or a month, in the order of names. */
export async function readTallied(tx: Context['tx'], unitId: number, period: string): Promise<Tallied[]> {
  const rows = await readTotals(tx, { unitIds: [unitId], programmeId: TALLIES, periods: [period] });
  return rows
    .map(talliedOf)
    .filter(isSomething)
    .sort((a, b) => (a.item < b.item ? -1 : 1));
}

/** More units below than these are not shown one by one. */
const MOST_UNITS = 500;

const monthsOf = (year: string) =>
  Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`);

/** One item by the months of its year. */
async function byMonth(tx: Context['tx'], unitId: number, year: string, item: string) {
  const wanted = { unitIds: [unitId], programmeId: TALLIES, periods: monthsOf(year), items: [item] };
  const found = await readTotals(tx, wanted);
  return wanted.periods.map((period) => {
    const row = found.find((each) => each.period === period);
    const { item: _item, ...amounts } = row ? talliedOf(row) : { item, n: 0, value: '0', of: '0', uses: 0, used: '0' };
    return { period, ...amounts };
  });
}

/** One item by the units right below, as they stood on a day. */
async function byUnit(tx: Context['tx'], unitId: number, period: string, item: string, day: Day) {
  const units = await readChildrenBriefly(tx, unitId, day, MOST_UNITS);
  if (units.length === 0) return [];
  const unitIds = units.map(({ id }) => id);
  const found = await readTotals(tx, { unitIds, programmeId: TALLIES, periods: [period], items: [item] });
  return units.flatMap(({ id, name }) => {
    const row = found.find((each) => each.unitId === id);
    const amounts = row && talliedOf(row);
    return amounts && isSomething(amounts) ? [{ id, name, ...amounts }] : [];
  });
}

/** What is looked at closer when nobody chose: money given, else the first thing done, else the first thing there is. */
const usualItem = (rows: readonly Tallied[]): string | null =>
  (
    rows.find(({ item, n }) => item.startsWith('given.money.') && n > 0) ??
    rows.find(({ item, value }) => item.startsWith('done.') && value !== '0') ??
    rows[0]
  )?.item ?? null;

/**
 * Works and gifts of a unit and of everything below it in a year or a month: by kind, and of one item by month and by the units right
 * below. A month counts under the tree of its last day, a year is the sum of its months. Costs the same at every level.
 */
export const totals = operation({
  name: 'works.totals',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    /** The latest year so far of which something is counted, when absent. */
    period: totalsPeriodSchema.optional(),
    /** The item to look closer at, such as `done.road-widened.length` or `given.money.VND`; the usual one when absent. */
    item: z.string().max(200).optional(),
  }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run({ tx, today }, { unitId, period: asked, item: wanted }) {
    const years = await readTallyYears(tx, unitId);
    const year = today.slice(0, 4);
    // What is planned for years to come is not what people look for first.
    const period = asked ?? years.find((each) => each <= year) ?? year;
    const end = periodEnd(period);
    const day = end < today ? end : today;
    const rows = await readTallied(tx, unitId, period);
    const item = wanted !== undefined && tallyItemOf(wanted) !== null ? wanted : usualItem(rows);
    return {
      unit: (await readUnitPlace(tx, unitId, day))?.name ?? '',
      today,
      period,
      years,
      kinds: await readWorkKinds(tx),
      rows,
      item,
      months: item === null ? [] : await byMonth(tx, unitId, period.slice(0, 4), item),
      below: item === null ? [] : await byUnit(tx, unitId, period, item, day),
      drives: await readDriveTotals(tx, unitId),
    };
  },
});
