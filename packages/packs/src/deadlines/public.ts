import { addDays, addWorkingDays, type Day, isDay, type WorkCalendar } from '@dinh/domain/kernel';
import type { Deadline } from '../schema/public.ts';

/** Same day of a later month, or the last one where the month is shorter: 31 January and one month is 28 or 29 February. */
function addMonths(day: Day, months: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay))).toISOString().slice(0, 10);
}

/**
 * The last day of a deadline. `from` is the last day of the period or the day the state was entered, as the deadline's `after` says;
 * that day itself does not count. Null when `from` is no day or nobody ever works by the calendar.
 */
export function dueDate(deadline: Deadline, from: Day, calendar: WorkCalendar): Day | null {
  if (!isDay(from)) return null;
  if (deadline.unit === 'calendar-days') return addDays(from, deadline.count);
  if (deadline.unit === 'months') return addMonths(from, deadline.count);
  return addWorkingDays(from, deadline.count, calendar);
}
