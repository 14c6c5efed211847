import { z } from 'zod';

/** What a share is taken of: those who may vote, those present at the closing, or the ballots cast (blank and spoiled ones too). */
export const voteBases = ['eligible', 'present', 'cast'] as const;
export type VoteBase = (typeof voteBases)[number];

export const thresholdSchema = z
  .strictObject({
    numerator: z.int().min(0).max(1000),
    denominator: z.int().min(1).max(1000),
    strict: z.enum(['more-than', 'at-least']),
    of: z.enum(voteBases),
  })
  .refine(({ numerator, denominator }) => numerator <= denominator, {
    message: 'polls.rule-wrong',
    path: ['numerator'],
  });
export type Threshold = z.output<typeof thresholdSchema>;

/** What becomes of a tie: the vote failed, or the chair's voice or a lot decides. */
export const tieRules = ['not-carried', 'chair', 'lot'] as const;

/**
 * The rule of a vote, as the pack or the meeting gives it.
 * `perBallot`: the most choices one ballot may name. `seats`: how many choices can carry. `ties`: a tie is a vote that failed, or the
 * chair's voice or a lot decides it. `maxRounds`: how often the same question may be put when it fails.
 */
export const pollRuleSchema = z.strictObject({
  threshold: thresholdSchema,
  perBallot: z.int().min(1).max(30).default(1),
  seats: z.int().min(1).max(30).default(1),
  ties: z.enum(tieRules).default('not-carried'),
  maxRounds: z.int().min(1).max(3).default(1),
});
export type PollRule = z.output<typeof pollRuleSchema>;

/** `question`: for, against, abstain. `person`: the same about one person, one vote at a time. `choices`: some of several. */
export const pollKinds = ['question', 'person', 'choices'] as const;
export type PollKind = (typeof pollKinds)[number];

/**
 * `hands`: raised hands, counted by two. `phones`: open votes on phones. `secret`: sealed ballots on phones, and paper slips. `slips`:
 * paper slips alone, counted by two; the secret way of households.
 */
export const pollWays = ['hands', 'phones', 'secret', 'slips'] as const;
export type PollWay = (typeof pollWays)[number];

/** Who votes: people by name, or households sitting by sitting, one vote each. */
export type Electorate = 'people' | 'households';
/** Ways in which each of them can vote. */
export const waysOf: Record<Electorate, readonly PollWay[]> = {
  people: ['hands', 'phones', 'secret'],
  households: ['hands', 'slips'],
};

/** A choice of a ballot. `label` is null for the built-in ones, whose words are the reader's own language's. */
export type PollChoice = { id: string; label: string | null };

/** Choices of a question or a person; everything else on such a ballot is unknown. */
export const plainChoices: readonly PollChoice[] = ['for', 'against', 'abstain'].map((id) => ({ id, label: null }));

export const choiceIdPattern = /^[a-z0-9](-?[a-z0-9]){0,39}$/;

/** How many votes a choice needs, of a base; never fewer than one. */
export function votesNeeded(threshold: Threshold, base: number): number {
  const share = base * threshold.numerator;
  const needed =
    threshold.strict === 'more-than'
      ? Math.floor(share / threshold.denominator) + 1
      : Math.ceil(share / threshold.denominator);
  return Math.max(1, needed);
}

/**
 * The choices of one ballot in the order of the poll, or why it is none: a choice the poll does not have, one named twice, more than
 * allowed, or none where one is asked. A ballot of several choices may be blank.
 */
export function readBallot(
  poll: { kind: PollKind; choices: readonly PollChoice[]; rule: PollRule },
  given: readonly string[],
): { choices: string[] } | { wrong: 'unknown' | 'twice' | 'too-many' | 'none' } {
  if (given.some((id) => !poll.choices.some((choice) => choice.id === id))) return { wrong: 'unknown' };
  if (new Set(given).size < given.length) return { wrong: 'twice' };
  if (given.length > poll.rule.perBallot) return { wrong: 'too-many' };
  if (given.length === 0 && poll.kind !== 'choices') return { wrong: 'none' };
  return { choices: poll.choices.map(({ id }) => id).filter((id) => given.includes(id)) };
}
