import { type PollRule, type Threshold, tieRules } from '@dinh/domain/polls';

/** Shares a chair may choose from. */
const shares: Record<string, Threshold> = {
  'half-present': { numerator: 1, denominator: 2, strict: 'more-than', of: 'present' },
  'half-eligible': { numerator: 1, denominator: 2, strict: 'more-than', of: 'eligible' },
  'two-thirds-eligible': { numerator: 2, denominator: 3, strict: 'at-least', of: 'eligible' },
  'two-thirds-present': { numerator: 2, denominator: 3, strict: 'at-least', of: 'present' },
  'half-cast': { numerator: 1, denominator: 2, strict: 'more-than', of: 'cast' },
};

export const shareNames = Object.keys(shares);

/** The share of that name; more than half of those who may vote when there is none, the stricter of the usual two. */
export const ruleOf = (name: string): Threshold => shares[name] ?? shares['half-eligible']!;

/** What `RuleFields` asks, out of its form. */
export const afterVoteOf = (form: FormData): Pick<PollRule, 'ties' | 'maxRounds'> => ({
  ties: tieRules.find((rule) => rule === form.get('ties')) ?? 'not-carried',
  maxRounds: Number(form.get('rounds') ?? 1),
});
