/**
 * Drives and the book of contributions. Nothing is collected before the people decided; giving is voluntary, so there is no list of
 * who has not given, no share per household and no order among givers. Refusals: `contributions.*`.
 */
import { closeMonth } from './close.ts';
import { list, openDrive, prepare } from './drives.ts';
import { pledge, receive } from './give.ts';
import { forget, nameConsent } from './names.ts';
import { type PublishedDrive, published, publishedDrives } from './published.ts';
import { addsUp, entries, entry, file, read } from './read.ts';
import { receiveList } from './receive-list.ts';
import { reverse, use } from './spend.ts';

export type { PublishedDrive };
export {
  addsUp,
  closeMonth,
  entries,
  entry,
  file,
  forget,
  list,
  nameConsent,
  openDrive,
  pledge,
  prepare,
  published,
  publishedDrives,
  read,
  receive,
  receiveList,
  reverse,
  use,
};

/** Everything the feature `contributions` offers, for the registry. */
export const contributionsOperations = [
  openDrive,
  prepare,
  list,
  read,
  pledge,
  receive,
  receiveList,
  use,
  reverse,
  closeMonth,
  entries,
  entry,
  addsUp,
  file,
  nameConsent,
  forget,
  published,
] as const;
