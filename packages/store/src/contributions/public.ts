/**
 * Rows of drives and of the book of contributions. The database keeps the book balanced, whole and unaltered by itself (see the
 * migration); nothing here asks for rights: operations do.
 */
export type { NewEntry } from './book.ts';
export {
  insertCommodities,
  insertEntries,
  insertList,
  readCommodities,
  readEntryLines,
  readNext,
  readTails,
  readUsedPapers,
} from './book.ts';
export type { Drive, NewDrive } from './drives.ts';
export {
  findContributionFile,
  findDrive,
  insertClose,
  insertDrive,
  listDrives,
  readClosedMonth,
  readKeepersOf,
} from './drives.ts';
export type { NewGiver } from './givers.ts';
export { findGiver, forgetGiver, keepGivers, showGiver } from './givers.ts';
export type { PublishedRow } from './published.ts';
export { readPublished } from './published.ts';
export type { BookEntry, Proof } from './reading.ts';
export { findEntry, listEntries, readProof } from './reading.ts';
