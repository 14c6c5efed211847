/** Meetings: who is called, how a roll is counted, when a unit meets. Pure. */
export type { FixedDay } from './calendar.ts';
export { documentsDue, fixedDayIn, instantAt, monthsOfYear, timeOf } from './calendar.ts';
export type { AbsenceReason, AttendanceState, ItemKind, MeetingKind, MeetingState } from './meeting.ts';
export {
  absenceReasons,
  attendanceStates,
  itemKinds,
  mayBecome,
  meetingKinds,
  postsCalled,
  withoutDuty,
  withoutVote,
} from './meeting.ts';
export type { QuorumRule, RollFigures, RollLine } from './roll.ts';
export { attendanceShare, countRoll, emptyRoll, isQuorate, quorumNeeded } from './roll.ts';
