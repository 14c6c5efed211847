import { addDays, daySchema, refuse } from '@dinh/domain/kernel';
import { leastShown } from '@dinh/domain/questions';
import {
  addAnswers,
  closeSurvey,
  findSurvey,
  findSurveyOfCode,
  insertSurvey,
  listSurveys,
  readTallies,
  takeCode,
} from '@dinh/store/questions';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, operation } from '../kernel/public.ts';
import { actorOf, unitIdSchema } from '../programmes/public.ts';
import { digestOf, newCode, onlookers, secretaries, typedDigest, words } from './access.ts';
import { publishSurvey, withdrawSurvey } from './published.ts';
import { choices, isOver, resultOf } from './results.ts';

const key = { unitId: unitIdSchema, id: z.uuid() };

/**
 * Opens a survey of households. Answers the codes, one for a household, once: they are to be printed, shuffled and handed out without
 * writing down who got which. The installation keeps digests of them only.
 */
export const openSurvey = operation({
  name: 'questions.open-survey',
  kind: 'command',
  input: z.strictObject({
    ...key,
    title: words(200),
    questions: z.array(words(300)).min(1).max(10),
    households: z.int().max(20_000),
    to: daySchema,
  }),
  unit: (input) => input.unitId,
  allow: secretaries,
  recorded: () => ({ codes: [] }),
  async run(context, { unitId, id, title, questions, households, to }) {
    const { tx, today } = context;
    if (households < leastShown)
      refuse('questions.too-few-households', {}, [{ path: 'households', code: 'questions.too-few-households' }]);
    if (to < today || to > addDays(today, 366))
      refuse('questions.day-wrong', {}, [{ path: 'to', code: 'questions.day-wrong' }]);
    const codes = Array.from({ length: households }, newCode);
    const survey = {
      unitId,
      id,
      title,
      questions: questions.map((text, nth) => ({ id: String(nth + 1), text })),
      households,
      from: today,
      to,
      closedOn: null,
      openedBy: actorOf(context),
    };
    if (!(await insertSurvey(tx, survey, codes.map(digestOf)))) refuse('questions.already-there');
    return { codes };
  },
});

/** The questions behind a code that is not used yet, for whoever holds it. */
export const readSurvey = operation({
  name: 'questions.read-survey',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, code: z.string().max(60) }),
  unit: (input) => input.unitId,
  allow: 'anyone',
  async run({ tx, today }, { unitId, code }) {
    const digest = typedDigest(code);
    const survey = digest === null ? null : await findSurveyOfCode(tx, unitId, digest);
    if (!survey) return refuse('questions.survey-code-unknown');
    if (isOver(survey, today)) refuse('questions.survey-over');
    return { title: survey.title, questions: survey.questions, to: survey.to };
  },
});

/**
 * Answers for a household with its code. Leaves no trace of who, when or with which code: the code goes, and the sums grow. What is left
 * out is counted as left out.
 */
export const answerSurvey = operation({
  name: 'questions.answer-survey',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    code: z.string().max(60),
    answers: z.partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']), z.enum(choices)),
  }),
  unit: (input) => input.unitId,
  allow: 'anyone',
  trace: 'none',
  async run({ tx, today }, { unitId, code, answers }) {
    const digest = typedDigest(code);
    const survey = digest === null ? null : await findSurveyOfCode(tx, unitId, digest);
    if (digest === null || !survey) return refuse('questions.survey-code-unknown');
    if (isOver(survey, today)) refuse('questions.survey-over');
    if (!(await takeCode(tx, unitId, survey.id, digest))) refuse('questions.survey-code-unknown');
    const given: Record<string, string | undefined> = answers;
    await addAnswers(
      tx,
      unitId,
      survey.id,
      survey.questions.map(({ id }) => ({ question: id, choice: given[id] ?? 'none' })),
    );
    return {};
  },
});

/** Closes a survey before its last day; unused codes go. */
export const endSurvey = operation({
  name: 'questions.close-survey',
  kind: 'command',
  input: z.strictObject(key),
  unit: (input) => input.unitId,
  allow: secretaries,
  async run({ tx, today }, { unitId, id }) {
    const survey = await findSurvey(tx, unitId, id);
    if (!survey) return refuse('questions.survey-unknown');
    if (survey.closedOn !== null) refuse('questions.survey-over');
    await closeSurvey(tx, unitId, id, today);
    return {};
  },
});

/** Surveys of a unit. What was answered is shown when a survey is over, never while it runs: a figure that grows by one tells who came. */
export const surveys = operation({
  name: 'questions.surveys',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId }) {
    const { tx, today } = context;
    const listed = await listSurveys(tx, unitId);
    const over = listed.filter((survey) => isOver(survey, today)).map(({ id }) => id);
    const tallies = Map.groupBy(await readTallies(tx, unitId, over), ({ surveyId }) => surveyId);
    const found = listed.map((survey) => {
      const ended = over.includes(survey.id);
      return { ...survey, isOver: ended, result: ended ? resultOf(survey, tallies.get(survey.id) ?? []) : null };
    });
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      surveys: found,
      allowed: await allowedOn(context, unitId, [openSurvey, endSurvey, publishSurvey, withdrawSurvey]),
    };
  },
});
