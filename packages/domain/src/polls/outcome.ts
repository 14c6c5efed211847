import { type PollChoice, type PollKind, type PollRule, votesNeeded } from './rule.ts';

/** Votes per choice id. */
export type Tally = Record<string, number>;

/** How many may vote, were present at the closing, and put a ballot in (blank and spoiled ones too). */
export type Turnout = { eligible: number; present: number; cast: number };

export type Outcome = {
  /** `tied`: the chair or a lot has still to decide. */
  state: 'carried' | 'not-carried' | 'tied';
  /** Choices that carried, most votes first; for a question `['for']` or nothing. */
  winners: string[];
  /** Choices with equal votes between which nothing is decided. */
  tied: string[];
  /** What the share was taken of, and how many votes a choice needed. */
  base: number;
  needed: number;
  /** The same question may be put again. */
  mayRepeat: boolean;
  /** It failed for the last time the rule allows: whoever stands above decides. */
  exhausted: boolean;
};

const failed = (rule: PollRule, round: number) => ({
  mayRepeat: round < rule.maxRounds,
  exhausted: rule.maxRounds > 1 && round >= rule.maxRounds,
});

/**
 * What a count means under its rule. A tie matters only where the threshold leaves it open: for a question when both sides have equal
 * votes, for several choices when the last seats would go to more of them than there are.
 * @param round 1 for the first vote on the question
 */
export function outcomeOf(
  poll: { kind: PollKind; choices: readonly PollChoice[]; rule: PollRule },
  tally: Tally,
  turnout: Turnout,
  round: number,
): Outcome {
  const { rule } = poll;
  const base = turnout[rule.threshold.of];
  const needed = votesNeeded(rule.threshold, base);
  const votes = (id: string) => tally[id] ?? 0;
  const decide = (winners: string[], tied: string[], full: boolean): Outcome => {
    const open = tied.length > 0 && rule.ties !== 'not-carried';
    const state = full ? 'carried' : open ? 'tied' : 'not-carried';
    const after = state === 'not-carried' ? failed(rule, round) : { mayRepeat: false, exhausted: false };
    return { state, winners, tied, base, needed, ...after };
  };
  if (poll.kind !== 'choices') {
    const carried = votes('for') >= needed && votes('for') > votes('against');
    const isTie = votes('for') === votes('against') && votes('for') > 0;
    return decide(carried ? ['for'] : [], isTie ? ['for', 'against'] : [], carried);
  }
  const order = poll.choices
    .map(({ id }) => id)
    .filter((id) => votes(id) >= needed)
    .sort((a, b) => votes(b) - votes(a));
  if (order.length <= rule.seats) return decide(order, [], order.length === rule.seats);
  const last = votes(order[rule.seats - 1]!);
  const sure = order.filter((id) => votes(id) > last);
  const equal = order.filter((id) => votes(id) === last);
  if (sure.length + equal.length === rule.seats) return decide([...sure, ...equal], [], true);
  return decide(sure, equal, false);
}

/** The outcome once the chair or a lot has chosen among the tied; null when the choice does not fit the seats left. */
export function outcomeAfterTie(
  poll: { kind: PollKind; rule: PollRule },
  outcome: Outcome,
  chosen: readonly string[],
  round: number,
): Outcome | null {
  const free = poll.kind === 'choices' ? poll.rule.seats - outcome.winners.length : 1;
  const fits = chosen.length === free && new Set(chosen).size === free;
  if (outcome.state !== 'tied' || !fits || !chosen.every((id) => outcome.tied.includes(id))) return null;
  if (poll.kind !== 'choices' && chosen[0] !== 'for') {
    return { ...outcome, state: 'not-carried', tied: [], ...failed(poll.rule, round) };
  }
  return { ...outcome, state: 'carried', winners: [...outcome.winners, ...chosen], tied: [] };
}

/**
 * What is wrong with a count by two people, if anything: votes for a choice beyond the ballots counted, or more ballots than
 * people. `spoiled` slips count as ballots and for nobody.
 * @param capacity how many people could have voted this way
 */
export function countFault(
  poll: { choices: readonly PollChoice[]; rule: PollRule },
  counts: Tally,
  spoiled: number,
  capacity: number,
): 'unknown' | 'over' | null {
  if (Object.keys(counts).some((id) => !poll.choices.some((choice) => choice.id === id))) return 'unknown';
  const values = Object.values(counts);
  const votes = values.reduce((sum, each) => sum + each, 0);
  const people = capacity - spoiled;
  return people < 0 || votes > people * poll.rule.perBallot || values.some((each) => each > people) ? 'over' : null;
}
