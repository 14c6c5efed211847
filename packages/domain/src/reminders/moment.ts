import { addDays, dayOf } from '../kernel/public.ts';
import { instantAt, timeOf } from '../meetings/public.ts';

/** What a person is told of. */
export const reminderKinds = [
  'meeting-called',
  'meeting-changed',
  'meeting-cancelled',
  'meeting-day',
  'meeting-hours',
  'task-given',
  'task-soon',
  'task-today',
  'task-overdue',
  'document-sign',
  'mail-confirm',
] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/** How long before a meeting its reminders are sent, in milliseconds. */
export const meetingLeads = { 'meeting-day': 24 * 3_600_000, 'meeting-hours': 2 * 3_600_000 } as const;

/** How many days before its deadline a task is first remembered. */
export const TASK_SOON_DAYS = 3;

/** Hours of the clock in which nothing is sent; `from` may lie after `until` (over midnight). Equal hours: none are quiet. */
export type Quiet = { from: string; until: string };
export const usualQuiet: Quiet = { from: '21:30', until: '06:30' };

/** True at a time of day (`19:30`) within the quiet hours. */
export function isQuiet(time: string, { from, until }: Quiet): boolean {
  if (from === until) return false;
  return from < until ? time >= from && time < until : time >= from || time < until;
}

/** What a person asked for a moment ago, and what loses its use by waiting, is sent at any hour. */
const anytime: ReadonlySet<ReminderKind> = new Set(['meeting-hours', 'mail-confirm']);

/** When something that could be sent at a moment is sent: at once, or when the quiet hours end. */
export function sendAt(kind: ReminderKind, at: Date, quiet: Quiet): Date {
  const time = timeOf(at);
  if (anytime.has(kind) || !isQuiet(time, quiet)) return at;
  const day = dayOf(at);
  return instantAt(time < quiet.until ? day : addDays(day, 1), quiet.until);
}

const MINUTE = 60_000;
const pauses = [1, 5, 30, 120, 360].map((minutes) => minutes * MINUTE);

/** How long to wait after so many attempts, in milliseconds; null when it is given up. */
export function pauseAfter(tries: number): number | null {
  return pauses[tries - 1] ?? null;
}
