export type {
  Cell,
  CriterionFigures,
  Decimal,
  Measures,
  SheetFigures,
  SheetState,
  SideFigures,
} from './contribution.ts';
export { contribution, countsDeclared, countsVerified, difference } from './contribution.ts';
