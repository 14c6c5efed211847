/** Documents from plain data: what a notice, minutes or a resolution say and in which order. */
export {
  type AddendumOnPaper,
  composeAddendum,
  composeMinutes,
  composeResolution,
  composeScoreSheet,
  type MinutesOnPaper,
  type ResolutionOnPaper,
  type ScoreSheetOnPaper,
  voteRows,
} from './after.ts';
export {
  type AttendanceOnPaper,
  composeAgenda,
  composeAttendance,
  composeNotice,
  type MeetingOnPaper,
  type NoticeOnPaper,
} from './before.ts';
export { clockOf, lowerFirst, momentOf, type Paper, type Signer, type Words } from './paper.ts';
