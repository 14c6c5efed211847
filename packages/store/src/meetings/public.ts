/** Rows of meetings. Nothing here asks for rights: operations do. Writes happen under `takeMeeting`, which raises the revision. */
export type { MeetingItem, NewItem } from './agenda.ts';
export {
  appendItems,
  decideProposal,
  deleteItem,
  findItem,
  insertProposal,
  orderItems,
  readItems,
  runItem,
  saveItem,
  saveNotes,
} from './agenda.ts';
export type { MeetingPreparation, MeetingSession } from './before.ts';
export {
  countSession,
  deleteSession,
  insertSession,
  readApologies,
  readIntentions,
  readPreparation,
  readSessions,
  saveIntention,
  savePreparation,
} from './before.ts';
export type { BelowLine, BelowState } from './below.ts';
export { belowStates, readMeetingsBelow, readRevisions } from './below.ts';
export type { MeetingHabit } from './habits.ts';
export { findFeed, readHabit, saveFeed, saveHabit } from './habits.ts';
export type { Meeting, NewMeeting } from './meetings.ts';
export {
  findMeeting,
  insertMeetings,
  listMeetings,
  markCalled,
  markCancelled,
  markClosed,
  markOpen,
  markSigned,
  saveMeeting,
  takeMeeting,
} from './meetings.ts';
export type { MeetingComment, MeetingConclusion, MeetingDocument, MeetingGuest } from './papers.ts';
export {
  deleteGuest,
  findConclusion,
  findMeetingFile,
  insertComment,
  insertConclusion,
  insertDocument,
  insertGuest,
  readComments,
  readConclusions,
  readDocuments,
  readGuests,
  removeDocument,
  saveConclusion,
} from './papers.ts';
export type { Attendance, Called, Mark, RollQuery } from './roll.ts';
export {
  countCalled,
  findLine,
  markLines,
  markRest,
  readRoll,
  readRollFigures,
  votersInRoom,
  writeRoll,
} from './roll.ts';
