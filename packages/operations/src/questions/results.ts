import { suppressed } from '@dinh/domain/questions';
import type { Survey, Tally } from '@dinh/store/questions';

export const choices = ['5', '4', '3', '2', '1'] as const;

/** Whether a survey takes no more answers on a day. */
export const isOver = ({ closedOn, to }: Pick<Survey, 'closedOn' | 'to'>, today: string): boolean =>
  closedOn !== null || to < today;

/** Three groups of answers, small ones left out with what they could be reckoned back from. */
const groups = [
  ['satisfied', ['5', '4']],
  ['neither', ['3']],
  ['dissatisfied', ['2', '1']],
] as const;

/** What households answered, as it may be shown. A null is a count too small. */
export function resultOf(survey: Pick<Survey, 'questions'>, tallies: readonly Omit<Tally, 'surveyId'>[]) {
  const count = (question: string, wanted: readonly string[]) =>
    tallies
      .filter((each) => each.question === question && wanted.includes(each.choice))
      .reduce((sum, { answers }) => sum + answers, 0);
  const answered = count(survey.questions[0]?.id ?? '', [...choices, 'none']);
  return {
    answered: suppressed([answered])[0] ?? null,
    questions: survey.questions.map(({ id, text }) => {
      const shown = suppressed([...groups.map(([, wanted]) => count(id, wanted)), count(id, ['none'])]);
      return {
        text,
        groups: groups.map(([group], at) => ({ group, count: shown[at] ?? null })),
        left: shown[groups.length] ?? null,
      };
    }),
  };
}
