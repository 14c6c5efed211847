export type { Day } from './dates.ts';
export { addDays, DAWN, dayOf, daySchema, FOREVER, isDay } from './dates.ts';
export type { Period, PeriodKind } from './period.ts';
export { periodEnd, periodKind, periodOf, periodSchema, periodStart, periodsWithin, shiftPeriod } from './period.ts';
export type { FieldProblem, RefusalParams } from './refusal.ts';
export { Refusal, refuse } from './refusal.ts';
export type { RefusalCode } from './refusal-codes.ts';
export { refusalCodes } from './refusal-codes.ts';
export { foldText, orderText } from './text.ts';
