/**
 * Places with codes that never change, what hangs on a unit's wall for everyone, and the public pages behind the codes. Names of people
 * and whatever concerns a household stay out of them. Refusals: `publications.*`.
 */
import {
  type DeliveredPage,
  deliverPage,
  openData,
  type PublishedPage,
  publicFile,
  readPage,
  readPosted,
  stampOf,
} from './page.ts';
import { addPlaces, closePlace, places, renamePlace } from './places.ts';
import { look, noteTries, printCodes, untried } from './printing.ts';
import { startTrying, tryCodes } from './trying.ts';
import { post, setContacts, wall, withdraw } from './wall.ts';

export type { DeliveredPage, PublishedPage };
export {
  addPlaces,
  closePlace,
  deliverPage,
  look,
  noteTries,
  openData,
  places,
  post,
  printCodes,
  publicFile,
  readPage,
  readPosted,
  renamePlace,
  setContacts,
  stampOf,
  startTrying,
  tryCodes,
  untried,
  wall,
  withdraw,
};

/** Everything the feature `publications` offers, for the registry. */
export const publicationsOperations = [
  addPlaces,
  renamePlace,
  closePlace,
  places,
  printCodes,
  look,
  untried,
  noteTries,
  post,
  withdraw,
  setContacts,
  wall,
  readPage,
  readPosted,
  stampOf,
  openData,
  publicFile,
] as const;
