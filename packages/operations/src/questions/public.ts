/** What residents ask, suggest and report, with a number, an owner, a day and an answer; and what households say of a programme. */
import { answer, assign, extend, publish, withdraw } from './answer.ts';
import { ask, assist, follow, promise } from './ask.ts';
import { publishFigures, publishSurvey, withdrawSurvey } from './published.ts';
import { figures, list, owed } from './read.ts';
import { answerSurvey, endSurvey, openSurvey, readSurvey, surveys } from './surveys.ts';

export { newCode } from './access.ts';
export type { PublishedFigures, PublishedSurvey } from './published.ts';
export { publishable } from './published.ts';
export {
  answer,
  answerSurvey,
  ask,
  assign,
  assist,
  endSurvey,
  extend,
  figures,
  follow,
  list,
  openSurvey,
  owed,
  promise,
  publish,
  publishFigures,
  publishSurvey,
  readSurvey,
  surveys,
  withdraw,
  withdrawSurvey,
};

/** Everything the feature `questions` offers, for the registry. */
export const questionsOperations = [
  ask,
  assist,
  follow,
  promise,
  assign,
  extend,
  answer,
  publish,
  withdraw,
  list,
  owed,
  figures,
  openSurvey,
  readSurvey,
  answerSurvey,
  endSurvey,
  surveys,
  publishSurvey,
  withdrawSurvey,
  publishFigures,
] as const;
