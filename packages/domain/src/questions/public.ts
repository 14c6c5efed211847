/** What residents ask and households say: days, codes, what may be typed, and which counts may be shown. Pure. */
export type { QuestionKind, QuestionState } from './asking.ts';
export {
  codeFrom,
  mostFromAddress,
  mostOfDay,
  ordinaryWorkingDays,
  questionKinds,
  questionStates,
  readTypedCode,
  shownCode,
  typedText,
} from './asking.ts';
export { lastTwelveMonths, leastShown, suppressed } from './counts.ts';
