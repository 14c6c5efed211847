import type { AbsenceReason, AttendanceState, MeetingState, RollFigures } from '@dinh/domain/meetings';

/** A line of the roll as pages have it; moments as they came over the wire. */
export interface RollEntry {
  personId: string;
  name: string;
  posts: readonly string[];
  votes: boolean;
  state: AttendanceState;
  reason: AbsenceReason | null;
  arrivedAt: Date | string | null;
  leftAt: Date | string | null;
}

/** What a meeting's stream tells: figures always; lines that changed only to those who keep the roll. */
export interface RollNews {
  revision: number;
  /** Revision of the last write that was not of the roll alone: agenda, notes, conclusions. */
  content: number;
  state: MeetingState;
  figures: RollFigures & { needed: number; quorate: boolean };
  lines: readonly RollEntry[];
}
