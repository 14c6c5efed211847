import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  countFault,
  outcomeAfterTie,
  outcomeOf,
  type PollRule,
  plainChoices,
  pollRuleSchema,
  readBallot,
  votesNeeded,
} from './public.ts';

const twoThirds = { numerator: 2, denominator: 3, strict: 'at-least', of: 'eligible' } as const;
const half = { numerator: 1, denominator: 2, strict: 'more-than', of: 'present' } as const;
const rule = (given: Partial<PollRule> = {}) => pollRuleSchema.parse({ threshold: half, ...given });
const question = (given: Partial<PollRule> = {}) =>
  ({ kind: 'question', choices: plainChoices, rule: rule(given) }) as const;
const people = ['a', 'b', 'c', 'd'].map((id) => ({ id, label: id }));
const election = (given: Partial<PollRule>) => ({ kind: 'choices', choices: people, rule: rule(given) }) as const;
const turnout = { eligible: 22, present: 20, cast: 19 };

describe('a threshold', () => {
  test('is counted exactly, just below and just at it', () => {
    expect(votesNeeded(twoThirds, 22)).toBe(15);
    expect(votesNeeded(twoThirds, 21)).toBe(14);
    expect(votesNeeded({ ...twoThirds, strict: 'more-than' }, 21)).toBe(15);
    expect(votesNeeded(half, 20)).toBe(11);
    expect(votesNeeded({ ...half, numerator: 0, strict: 'at-least' }, 20)).toBe(1);
  });

  test('is the smallest number that satisfies the words, whatever the base', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.integer({ min: 1, max: 50 }), fc.nat(50), (base, denominator, part) => {
        const numerator = Math.min(part, denominator);
        for (const strict of ['more-than', 'at-least'] as const) {
          const holds = (votes: number) =>
            strict === 'more-than' ? votes * denominator > base * numerator : votes * denominator >= base * numerator;
          const needed = votesNeeded({ numerator, denominator, strict, of: 'cast' }, base);
          expect(needed >= 1 && holds(needed) && (needed === 1 || !holds(needed - 1))).toBe(true);
        }
      }),
    );
  });
});

describe('a question', () => {
  test('carries at the share of the base the rule names', () => {
    const at = (of: 'eligible' | 'present' | 'cast') =>
      outcomeOf(question({ threshold: { ...twoThirds, of } }), { for: 14, against: 3, abstain: 2 }, turnout, 1);
    expect(at('eligible')).toMatchObject({ state: 'not-carried', base: 22, needed: 15 });
    expect(at('present')).toMatchObject({ state: 'carried', base: 20, needed: 14, winners: ['for'] });
    expect(at('cast')).toMatchObject({ state: 'carried', base: 19, needed: 13 });
  });

  test('never carries with more against than for', () => {
    const low = { ...half, numerator: 1, denominator: 10 };
    expect(outcomeOf(question({ threshold: low }), { for: 5, against: 9 }, turnout, 1).state).toBe('not-carried');
  });

  test('may be put again as often as the rule says, and then goes upward', () => {
    const thrice = question({ maxRounds: 3 });
    const rounds = [1, 2, 3].map((round) => outcomeOf(thrice, { for: 9, against: 8 }, turnout, round));
    expect(rounds.map(({ mayRepeat, exhausted }) => [mayRepeat, exhausted])).toEqual([
      [true, false],
      [true, false],
      [false, true],
    ]);
    expect(outcomeOf(question(), { for: 9 }, turnout, 1)).toMatchObject({ mayRepeat: false, exhausted: false });
  });

  test('in a tie fails, or waits for the chair, as the rule says', () => {
    const votes = { for: 9, against: 9 };
    expect(outcomeOf(question(), votes, turnout, 1).state).toBe('not-carried');
    const chair = question({ ties: 'chair', maxRounds: 2 });
    const open = outcomeOf(chair, votes, turnout, 1);
    expect(open).toMatchObject({ state: 'tied', tied: ['for', 'against'], mayRepeat: false });
    expect(outcomeAfterTie(chair, open, ['for'], 1)).toMatchObject({ state: 'carried', winners: ['for'], tied: [] });
    expect(outcomeAfterTie(chair, open, ['against'], 1)).toMatchObject({ state: 'not-carried', mayRepeat: true });
    expect(outcomeAfterTie(chair, open, ['abstain'], 1)).toBeNull();
    expect(outcomeAfterTie(chair, open, [], 1)).toBeNull();
  });
});

describe('several choices', () => {
  test('fill the seats with the most votes of those above the threshold', () => {
    const two = election({ seats: 2, perBallot: 2 });
    expect(outcomeOf(two, { a: 12, b: 15, c: 11, d: 2 }, turnout, 1)).toMatchObject({
      state: 'carried',
      winners: ['b', 'a'],
    });
    expect(outcomeOf(two, { a: 12, b: 10, c: 9 }, turnout, 1)).toMatchObject({ state: 'not-carried', winners: ['a'] });
  });

  test('with equal votes at the last seat keep who is sure and leave the rest open', () => {
    const two = election({ seats: 2, perBallot: 2, ties: 'lot' });
    const open = outcomeOf(two, { a: 15, b: 12, c: 12 }, turnout, 1);
    expect(open).toMatchObject({ state: 'tied', winners: ['a'], tied: ['b', 'c'] });
    expect(outcomeAfterTie(two, open, ['c'], 1)).toMatchObject({ state: 'carried', winners: ['a', 'c'] });
    expect(outcomeAfterTie(two, open, ['b', 'c'], 1)).toBeNull();
    expect(outcomeOf(two, { a: 12, b: 12 }, turnout, 1)).toMatchObject({ state: 'carried', tied: [] });
  });
});

test('a ballot names known choices, each once and no more than allowed', () => {
  const two = election({ perBallot: 2 });
  expect(readBallot(two, ['c', 'a'])).toEqual({ choices: ['a', 'c'] });
  expect(readBallot(two, [])).toEqual({ choices: [] });
  expect(readBallot(two, ['a', 'b', 'c'])).toEqual({ wrong: 'too-many' });
  expect(readBallot(two, ['a', 'a'])).toEqual({ wrong: 'twice' });
  expect(readBallot(two, ['z'])).toEqual({ wrong: 'unknown' });
  expect(readBallot(question(), [])).toEqual({ wrong: 'none' });
});

test('a count never exceeds the people who could have voted so', () => {
  const two = election({ perBallot: 2 });
  expect(countFault(question(), { for: 15, against: 3, abstain: 2 }, 0, 20)).toBeNull();
  expect(countFault(question(), { for: 15, against: 3, abstain: 3 }, 0, 20)).toBe('over');
  expect(countFault(question(), { for: 20 }, 1, 20)).toBe('over');
  expect(countFault(question(), {}, 21, 20)).toBe('over');
  expect(countFault(question(), { maybe: 1 }, 0, 20)).toBe('unknown');
  expect(countFault(two, { a: 20, b: 20 }, 0, 20)).toBeNull();
  expect(countFault(two, { a: 21 }, 0, 20)).toBe('over');
  expect(countFault(two, { a: 15, b: 15, c: 11 }, 0, 20)).toBe('over');
});
