export type {
  Cell,
  CriterionFigures,
  Decimal,
  Measures,
  SheetFigures,
  SheetState,
  SideFigures,
} from './contribution.ts';
export { contribution, countsDeclared, countsVerified, difference, nothing } from './contribution.ts';
export type { CriterionCount, ItemFigures, MetShare, Missed, SheetCounts, Side } from './reading.ts';
export {
  differences,
  levelCounts,
  meanPoints,
  metShare,
  oftenMissed,
  regressions,
  shareOf,
  sheetCounts,
} from './reading.ts';
export { addDecimals, addMeasures } from './sums.ts';
