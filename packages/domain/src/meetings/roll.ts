import { type AttendanceState, attendanceStates } from './meeting.ts';

/** What is needed for things to be decided: more than (`strict`) or at least `parts`/`of` of those who may vote. */
export type QuorumRule = { parts: number; of: number; strict: boolean };

/** Lines of a roll by state, and how many may vote. Households of a village meeting are members who all vote. */
export type RollFigures = Record<AttendanceState, number> & {
  /** Everybody on the roll. */
  members: number;
  /** Those who may vote and have to come. */
  voters: number;
  /** Those who may vote and are in the room now. */
  votersPresent: number;
  /** Present and gone again. */
  left: number;
};

export type RollLine = { state: AttendanceState; votes: boolean; left: boolean };

/** Counts a roll line by line; the store counts the same in SQL. */
export function countRoll(lines: readonly RollLine[]): RollFigures {
  const figures = { ...emptyRoll() };
  for (const { state, votes, left } of lines) {
    figures.members += 1;
    figures[state] += 1;
    if (votes && state !== 'exempt') figures.voters += 1;
    if (left) figures.left += 1;
    if (votes && state === 'present' && !left) figures.votersPresent += 1;
  }
  return figures;
}

export function emptyRoll(): RollFigures {
  const states = Object.fromEntries(attendanceStates.map((state) => [state, 0])) as Record<AttendanceState, number>;
  return { ...states, members: 0, voters: 0, votersPresent: 0, left: 0 };
}

/** Share of those who had to come that came, 0 to 1; null when nobody had to. */
export function attendanceShare({ members, exempt, present }: Pick<RollFigures, 'members' | 'exempt' | 'present'>) {
  return members > exempt ? present / (members - exempt) : null;
}

/** How many of those who may vote must be in the room. */
export function quorumNeeded({ parts, of, strict }: QuorumRule, voters: number): number {
  // Whole numbers all the way: a share as a decimal would put 2/3 of 9 above 6.
  return strict ? Math.floor((voters * parts) / of) + 1 : Math.ceil((voters * parts) / of);
}

/** True when enough are in the room. Nobody is never enough. */
export function isQuorate(rule: QuorumRule, { voters, votersPresent }: Pick<RollFigures, 'voters' | 'votersPresent'>) {
  return votersPresent > 0 && votersPresent >= quorumNeeded(rule, voters);
}
