import { addDays, type Day } from './dates.ts';

/** Which days nobody works: days of the week (0 is Sunday) and single ones. */
export interface WorkCalendar {
  readonly weekend: readonly number[];
  readonly holidays: readonly Day[];
}

/** Where nobody keeps a calendar. */
export const ordinaryCalendar: WorkCalendar = { weekend: [0, 6], holidays: [] };

/** True when people work on at least one day of the week. */
export const leavesWork = (weekend: readonly number[]): boolean => new Set(weekend).size < 7;

/** The day so many working days after `day`, which does not count itself; null when nobody ever works. */
export function addWorkingDays(day: Day, count: number, { weekend, holidays }: WorkCalendar): Day | null {
  if (!leavesWork(weekend)) return null;
  const free = new Set(holidays);
  let found = day;
  for (let left = count; left > 0; ) {
    found = addDays(found, 1);
    if (!weekend.includes(new Date(`${found}T00:00:00Z`).getUTCDay()) && !free.has(found)) left -= 1;
  }
  return found;
}
