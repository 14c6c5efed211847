/** Rows of reminders: ways to reach people, what happened, what is to be sent. Nothing here asks for rights: operations do. */
export type { DueMeeting, DueTask, ReminderEvent, Watch, Way } from './events.ts';
export {
  putEvent,
  saveWatch,
  takeEvents,
  takeWatch,
  waysTo,
  waysToHolders,
  waysToMeetings,
  waysToTasks,
} from './events.ts';
export type { PushKey } from './key.ts';
export { keepPushKey, readPushKey } from './key.ts';
export type { ToldDocument, ToldMeeting, ToldTask } from './matters.ts';
export { readDoers, readToldDocument, readToldMeeting, readToldTask } from './matters.ts';
export type { ClaimedReminder, NewReminder, QueueReport, ReminderKey } from './queue.ts';
export {
  claimReminders,
  endReminder,
  forgetEnded,
  insertReminders,
  measureQueue,
  putOff,
  remindersDue,
} from './queue.ts';
export type { Device, Language, Reach } from './reach.ts';
export {
  addDevice,
  askMail,
  confirmMail,
  countAsked,
  linkHolds,
  readDevices,
  readReach,
  readTroubles,
  removeDevices,
  removeMail,
  saveChoice,
  stopMail,
} from './reach.ts';
