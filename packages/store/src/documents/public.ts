/** Rows of documents: words, signatures, numbers. Nothing here asks for rights: operations do. */
export {
  findDocument,
  insertDocument,
  listCalled,
  listOfMeeting,
  markApproved,
  markDraft,
  markRead,
  markSigned,
  markWithdrawn,
  readNames,
  readStyle,
  saveStyle,
  saveSubject,
  touch,
} from './documents.ts';
export { type MeetingFacts, readMeetingFacts } from './meeting-facts.ts';
export {
  appendParagraphs,
  findParagraph,
  insertParagraph,
  insertSignature,
  readParagraphs,
  readSignatures,
  readStored,
  saveParagraph,
  writeFollowed,
} from './paragraphs.ts';
export {
  findNumber,
  type MeetingTask,
  readRegister,
  readTasksOfMeeting,
  registerYears,
  takeNumber,
  voidNumber,
} from './register.ts';
export type {
  DocumentKey,
  DocumentStyle,
  FollowedParagraph,
  NewParagraph,
  NumberLine,
  Paragraph,
  Signature,
  StoredParagraph,
  WrittenDocument,
} from './rows.ts';
