/** Tasks: a name and a date on each. What they are, how they stand on a day, what their figures say. Pure. */
export { breakthroughGaps } from './gate.ts';
export type { Measure } from './measures.ts';
export { compareDecimals, decimalPattern, percentDone } from './measures.ts';
export type { Dated, TaskStanding } from './standing.ts';
export { RISK_DAYS, standingOf } from './standing.ts';
export type { TaskKind, TaskOrigin, TaskOutcome, TaskRating, TaskState } from './words.ts';
export {
  doneStates,
  isDone,
  isOpen,
  isWaiting,
  needsAbove,
  openStates,
  taskKinds,
  taskOrigins,
  taskOutcomes,
  taskRatings,
  taskStates,
  waitingStates,
} from './words.ts';
