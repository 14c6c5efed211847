export type { QuestionCount } from './counts.ts';
export { countFrom, countQuestions, readWorkingDays, setWorkingDays } from './counts.ts';
export type { TalliedSurvey } from './published.ts';
export {
  publishedChangeOn,
  publishedCountsJson,
  publishedSurveysJson,
  readFiguresPublished,
  setFiguresPublished,
  setSurveyPublished,
} from './published.ts';
export type { NewQuestion, PublishedQuestion, Question } from './questions.ts';
export {
  findByReceipt,
  findQuestion,
  insertQuestion,
  listQuestions,
  publishedQuestionsJson,
  setAnswer,
  setDue,
  setOwner,
  setPublished,
} from './questions.ts';
export type { Survey, Tally } from './surveys.ts';
export {
  addAnswers,
  closeSurvey,
  findSurvey,
  findSurveyOfCode,
  insertSurvey,
  listSurveys,
  readTallies,
  takeCode,
} from './surveys.ts';
