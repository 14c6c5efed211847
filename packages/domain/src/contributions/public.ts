/** The book of contributions: quantities, accounts and the decision a drive rests on. Pure. */
export type { BookAccount, BookLine, Commodity, EntryKind, PlacedLine, Tail } from './book.ts';
export {
  bookAccounts,
  commodityOf,
  entryKinds,
  linesOf,
  placeLines,
  sameName,
  standOf,
  tailKey,
  undoing,
} from './book.ts';
export type { GiverKind, Threshold } from './drive.ts';
export { giverKinds, isCarried, thresholds, worthOf } from './drive.ts';
export type { ContributionKind, Milli } from './quantity.ts';
export { contributionKinds, decimalOf, givenQuantity, isNamed, milliOf } from './quantity.ts';
