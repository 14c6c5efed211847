import { addDays, type Day, dayOf, periodEnd } from '../kernel/public.ts';

/** A fixed day of every month: a date (the last day where the month has no such date) or the nth weekday (the 5th is the last). */
export type FixedDay = { monthDay: number } | { weekday: number; nth: number };

const pad = (n: number) => String(n).padStart(2, '0');

/** 1 Monday … 7 Sunday. */
function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The fixed day in a month (`2026-11`). */
export function fixedDayIn(month: string, fixed: FixedDay): Day {
  const last = periodEnd(month);
  if ('monthDay' in fixed) {
    const day = `${month}-${pad(fixed.monthDay)}`;
    return day > last ? last : day;
  }
  const first = `${month}-01`;
  const found = addDays(first, ((fixed.weekday - weekdayOf(first) + 7) % 7) + (fixed.nth - 1) * 7);
  return found > last ? addDays(found, -7) : found;
}

/** Months of a year in which a unit meets: every month, and the thematic one in the given month of each quarter. */
export function monthsOfYear(year: number, thematicMonth: number): { month: string; thematic: boolean }[] {
  return Array.from({ length: 12 }, (_, index) => ({
    month: `${year}-${pad(index + 1)}`,
    thematic: index % 3 === thematicMonth - 1,
  }));
}

/** Wall-clock time (`19:30`) of an instant in the installation's zone. */
export function timeOf(instant: Date, timeZone = 'Asia/Ho_Chi_Minh'): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    instant,
  );
}

/** The instant at which clocks of a zone show a day and a time; where clocks jump over it, the instant right after the jump. */
export function instantAt(day: Day, time: string, timeZone = 'Asia/Ho_Chi_Minh'): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  let found = wanted;
  // The offset is read where we think the instant lies; a second look settles the hours around a change of clocks.
  for (let look = 0; look < 2; look += 1) {
    const shown = Date.parse(`${dayOf(new Date(found), timeZone)}T${timeOf(new Date(found), timeZone)}:00Z`);
    found += wanted - shown;
  }
  return new Date(found);
}

/** When documents have to be there: so many days of 24 hours before the start. */
export function documentsDue(startsAt: Date, days: number): Date {
  return new Date(startsAt.getTime() - days * 86_400_000);
}
