import type { Deadline } from '../schema/public.ts';

/** Which days nobody works: weekdays (0 is Sunday) and single dates (yyyy-mm-dd). Countries differ, so the host says. */
export interface WorkCalendar {
  readonly weekend: readonly number[];
  readonly holidays: readonly string[];
}

const DAY = 86_400_000;
/** A calendar without working days would be searched for ever; after this many days the search is given up. */
const LONGEST_SEARCH = 4000;

function toText(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Same day of a later month, or the last one where the month is shorter: 31 January and one month is 28 or 29 February. */
function addMonths(time: number, months: number): number {
  const date = new Date(time);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay));
}

function addWorkingDays(time: number, count: number, calendar: WorkCalendar): number | null {
  let [day, left] = [time, count];
  for (let searched = 0; left > 0; searched += 1) {
    if (searched > LONGEST_SEARCH) return null;
    day += DAY;
    const isFree = calendar.weekend.includes(new Date(day).getUTCDay()) || calendar.holidays.includes(toText(day));
    if (!isFree) left -= 1;
  }
  return day;
}

/**
 * The last day (yyyy-mm-dd) of a deadline. `from` is the last day of the period or the day the state was entered, as the
 * deadline's `after` says; that day itself does not count. Null when `from` is no date or the calendar has no working days.
 */
export function dueDate(deadline: Deadline, from: string, calendar: WorkCalendar): string | null {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(from) ? Date.parse(`${from}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(start)) return null;
  if (deadline.unit === 'calendar-days') return toText(start + deadline.count * DAY);
  if (deadline.unit === 'months') return toText(addMonths(start, deadline.count));
  const due = addWorkingDays(start, deadline.count, calendar);
  return due === null ? null : toText(due);
}
