import { refuse } from '@dinh/domain/kernel';
import { lastTwelveMonths, suppressed } from '@dinh/domain/questions';
import {
  findSurvey,
  type QuestionCount,
  setFiguresPublished,
  setSurveyPublished,
  type TalliedSurvey,
} from '@dinh/store/questions';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';
import { secretaries } from './access.ts';
import { isOver, resultOf } from './results.ts';

const key = { unitId: unitIdSchema, id: z.uuid() };

/** Puts the results of a survey that is over on the unit's public page, small counts left out. */
export const publishSurvey = operation({
  name: 'questions.publish-survey',
  kind: 'command',
  input: z.strictObject(key),
  unit: (input) => input.unitId,
  allow: secretaries,
  async run({ tx, today }, { unitId, id }) {
    const survey = await findSurvey(tx, unitId, id);
    if (!survey) return refuse('questions.survey-unknown');
    if (!isOver(survey, today)) refuse('questions.survey-running');
    if (survey.publishedOn !== null) refuse('questions.already-there');
    await setSurveyPublished(tx, unitId, id, today);
    return { publishedOn: today };
  },
});

/** Takes the results of a survey off the public page. */
export const withdrawSurvey = operation({
  name: 'questions.withdraw-survey',
  kind: 'command',
  input: z.strictObject(key),
  unit: (input) => input.unitId,
  allow: secretaries,
  async run({ tx }, { unitId, id }) {
    if (!(await findSurvey(tx, unitId, id))) refuse('questions.survey-unknown');
    await setSurveyPublished(tx, unitId, id, null);
    return {};
  },
});

/**
 * Puts figures of questions on the unit's public page, or takes them off: how many were asked in the last twelve whole months, and how
 * many of them were answered in time.
 */
export const publishFigures = operation({
  name: 'questions.publish-figures',
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema, shown: z.boolean() }),
  unit: (input) => input.unitId,
  allow: secretaries,
  async run({ tx, today }, { unitId, shown }) {
    await setFiguresPublished(tx, unitId, shown ? today : null);
    return { shown };
  },
});

/** What households said, as everyone may see it. */
export type PublishedSurvey = ReturnType<typeof resultOf> & { title: string; households: number; endedOn: string };
/** How questions were answered, as everyone may see it. A null is a count too small to be shown. */
export type PublishedFigures = {
  from: string;
  to: string;
  asked: number | null;
  inTime: number | null;
  afterTime: number | null;
  unanswered: number | null;
};

/** As it is stored; `asked` is null where the unit does not publish figures. */
type Counted = { surveys: readonly TalliedSurvey[]; asked: readonly QuestionCount[] | null };

/** Leaves out of what a unit publishes whatever is too small for everyone to see. */
export function publishable({ surveys, asked }: Counted, today: string) {
  const of = (...states: string[]) =>
    (asked ?? []).filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
  const counts = [of('in-time'), of('after-time'), of('open', 'late')];
  const [inTime = null, afterTime = null, unanswered = null] = suppressed(counts);
  const [all = null] = suppressed([counts.reduce((sum, count) => sum + count, 0)]);
  const figures: PublishedFigures | null =
    asked === null ? null : { ...lastTwelveMonths(today), asked: all, inTime, afterTime, unanswered };
  const said = surveys.map((survey): PublishedSurvey => {
    const { title, households, endedOn } = survey;
    return { title, households, endedOn, ...resultOf(survey, survey.tallies) };
  });
  return { figures, surveys: said };
}
