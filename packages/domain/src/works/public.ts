/** Works: what is built, dug, planted and restored; kinds of work are data. What works and gifts add to totals. Pure. */
export type { Measure, Named, WorkKind } from './kinds.ts';
export { MOST_MEASURES, percentDone, quantityOf } from './kinds.ts';
export type { Spot } from './spot.ts';
export { spotOf, spotText } from './spot.ts';
export type { CostSource, PhotoPhase, WorkState } from './states.ts';
export { costSources, isReported, needsReason, photoPhases, statesAfter, workStates } from './states.ts';
export type { Tally, TallyItem } from './tallies.ts';
export {
  takenBack,
  talliesOfEntry,
  talliesOfGivers,
  talliesOfPlan,
  talliesOfReport,
  tallyItemOf,
  tallyOfCost,
  tallyOfState,
} from './tallies.ts';
