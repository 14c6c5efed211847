export type { PublicBelow } from './below.ts';
export type { CountedPlace, PublicPlace, PublicProgramme, PublicRecognition } from './page.ts';
export { readPublicPlace, readStamp } from './page.ts';
export type { CodedPlace, NewPlace } from './places.ts';
export {
  findPlace,
  insertPlaces,
  lastPlace,
  listPlaces,
  listUntried,
  markPrinted,
  markSeen,
  markTried,
  retirePlace,
  savePlace,
} from './places.ts';
export type { Contact, Posting, PostingKind } from './postings.ts';
export {
  findPosting,
  findPublicFile,
  insertPosting,
  listContacts,
  listPostable,
  listPostings,
  postingKinds,
  readPostedText,
  saveContacts,
  withdrawPosting,
} from './postings.ts';
