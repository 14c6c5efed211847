import type { ResolutionOnPaper, Words } from '@dinh/documents/composing';
import type { PollWay } from '@dinh/domain/polls';
import { listPolls } from '@dinh/store/polls';
import type { Context } from '../kernel/public.ts';

/** A vote of a meeting as its documents tell it: figures only, never who. */
export type Vote = {
  id: string;
  question: string;
  way: PollWay;
  eligible: number;
  present: number | null;
  counts: { id: string; label: string; votes: number }[];
  outcome: 'carried' | 'not-carried' | 'tied';
};

const MOST = 200;

/** Votes of a meeting that were counted, in the order they were taken. */
export async function votesOf(context: Context, unitId: number, meetingId: string, words: Words): Promise<Vote[]> {
  const polls = await listPolls(context.tx, { unitId, meetingId, limit: MOST });
  return polls.reverse().flatMap(({ id, question, way, choices, eligible, present, state, result }) => {
    if (state !== 'closed' || result === null) return [];
    const counts = choices.map((choice) => ({
      id: choice.id,
      label: choice.label ?? words.say(`document.${choice.id}`),
      votes: result.tally[choice.id] ?? 0,
    }));
    return [{ id, question, way, eligible, present, counts, outcome: result.outcome.state }];
  });
}

/** The votes a resolution shows. An election of several has no sides; its figures stand in the minutes. */
export function sidesOf(votes: readonly Vote[]): ResolutionOnPaper['votes'] {
  return votes.flatMap(({ question, present, counts }) => {
    if (!counts.some(({ id }) => id === 'for')) return [];
    const of = (side: string) => counts.find(({ id }) => id === side)?.votes ?? 0;
    return [{ question, present, for: of('for'), against: of('against'), abstain: of('abstain') }];
  });
}
