/** A calendar day, `YYYY-MM-DD`. Days compare as text. */
export type Day = string;

/** Before every real day: an interval that was always true starts here. */
export const DAWN: Day = '0001-01-01';
/** After every real day: an interval without an end stops here (ends are exclusive). */
export const FOREVER: Day = '9999-12-31';

const pattern = /^\d{4}-\d{2}-\d{2}$/;

/** True for a day that exists in the calendar (30 February does not). */
export function isDay(text: string): boolean {
  if (!pattern.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** The day `days` after `day`. */
export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

// Making one costs more than all else a small command does in the process.
const calendars = new Map<string, Intl.DateTimeFormat>();

/** The day of an instant in a time zone. */
export function dayOf(instant: Date, timeZone = 'Asia/Ho_Chi_Minh'): Day {
  let calendar = calendars.get(timeZone);
  if (!calendar) {
    calendar = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    calendars.set(timeZone, calendar);
  }
  return calendar.format(instant);
}
