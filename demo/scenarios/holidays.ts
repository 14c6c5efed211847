import { keepCalendar } from '@dinh/operations/units';
import { at, type Stage } from './clock.ts';

/**
 * Public holidays of Viet Nam that fall on the same day of the solar calendar each year, for showing: no source was read for them. Those by
 * the moon, and days beside a holiday, are announced each year, so whoever keeps the calendar enters them then.
 */
const fixed = [
  ['01-01', 'Tết Dương lịch'],
  ['04-30', 'Ngày Chiến thắng'],
  ['05-01', 'Ngày Quốc tế lao động'],
  ['09-02', 'Quốc khánh'],
] as const;

/** Before this year the demo sets no deadline in working days. */
const FIRST_YEAR = 2021;

/** The units on top keep the holidays up to the year after this one; all below follow them. */
export async function keepHolidays(stage: Stage, roots: readonly number[], today: string): Promise<void> {
  const years = Array.from({ length: Number(today.slice(0, 4)) + 2 - FIRST_YEAR }, (_, index) => FIRST_YEAR + index);
  const holidays = years.flatMap((year) => fixed.map(([day, name]) => ({ day: `${year}-${day}`, name })));
  for (const unitId of roots)
    await at(stage, '2019-01-01', 'demo', keepCalendar, { unitId, weekend: [0, 6], holidays });
}
