import type { PollChoice, Threshold } from '@dinh/domain/polls';
import type { Translator } from '@dinh/texts/catalog';

const plain = ['for', 'against', 'abstain'] as const;

/** A choice as the reader calls it: built-in ones in their language, others as they were written. */
export function choiceWords(t: Translator, { id, label }: PollChoice): string {
  const known = plain.find((each) => each === id);
  return label ?? (known ? t(`polls.choice.${known}`) : id);
}

/** "More than 1/2 of those present". */
export const ruleWords = (t: Translator, { numerator, denominator, strict, of }: Threshold): string =>
  t('polls.rule', { strict: strict === 'more-than' ? 'more' : 'least', numerator, denominator, base: of });

export const listWords = (t: Translator, choices: readonly PollChoice[], ids: readonly string[]): string =>
  ids.map((id) => choiceWords(t, choices.find((choice) => choice.id === id) ?? { id, label: id })).join(', ');
