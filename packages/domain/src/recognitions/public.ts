/** How a recognition stands on a day, and when it is to be looked at again. Pure. */
export type { RecognitionEventKind, RecognitionStanding } from './standing.ts';
export { dayAfterMonths, standingAfter } from './standing.ts';
