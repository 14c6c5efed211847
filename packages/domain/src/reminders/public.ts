/** Reminders: what people are told, at which moment, and how they may be reached. Pure. */
export type { Quiet, ReminderKind } from './moment.ts';
export {
  isQuiet,
  meetingLeads,
  pauseAfter,
  reminderKinds,
  sendAt,
  TASK_SOON_DAYS,
  usualQuiet,
} from './moment.ts';
export type { FailureCode } from './reach.ts';
export { deviceSchema, failureCodes, mailAddressSchema, reachClasses } from './reach.ts';
