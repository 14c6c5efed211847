/**
 * Works: what is built, dug, planted and restored, with what was planned and what is done. Kinds of work are data that administrators
 * add to. Refusals: `works.*`.
 */
import { add, correct, prepare } from './add.ts';
import { kinds, saveKind } from './kinds.ts';
import { addCost, takeBackCost } from './money.ts';
import { addPhoto, file, removePhoto } from './photos.ts';
import { move, report } from './progress.ts';
import { list, read } from './read.ts';
import { totals } from './totals.ts';
import { totalsTable } from './totals-table.ts';

export type { PublishedWork } from './published.ts';
export { publishedWorks, withCost } from './published.ts';
export type { Tallied } from './totals.ts';
export {
  add,
  addCost,
  addPhoto,
  correct,
  file,
  kinds,
  list,
  move,
  prepare,
  read,
  removePhoto,
  report,
  saveKind,
  takeBackCost,
  totals,
  totalsTable,
};

/** Everything the feature `works` offers, for the registry. */
export const worksOperations = [
  add,
  correct,
  prepare,
  report,
  move,
  addCost,
  takeBackCost,
  addPhoto,
  removePhoto,
  list,
  read,
  file,
  kinds,
  saveKind,
  totals,
  totalsTable,
] as const;
