/**
 * Reminders: each person chooses how Đình may reach them (`remindersOperations`), other features `tell` of what happened inside their own
 * commands, and `startReminders` sends in the background. Refusals: `reminders.*` of the domain's list.
 */
import { confirmMail, readLink, stopMail } from './links.ts';
import { addDevice, askMail, readOwn, removeDevice, removeMail, setHours, stopAll } from './own.ts';

export { pushKeyOf } from './push.ts';
export type { Happening } from './tell.ts';
export { tell } from './tell.ts';
export type { Outgoing } from './worker.ts';
export { startReminders } from './worker.ts';
export { addDevice, askMail, confirmMail, readLink, readOwn, removeDevice, removeMail, setHours, stopAll, stopMail };

/** Every operation of the feature, for the registry. */
export const remindersOperations = [
  addDevice,
  askMail,
  confirmMail,
  readLink,
  readOwn,
  removeDevice,
  removeMail,
  setHours,
  stopAll,
  stopMail,
] as const;
