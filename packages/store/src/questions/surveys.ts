import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type Survey = {
  unitId: number;
  id: string;
  title: string;
  questions: { id: string; text: string }[];
  households: number;
  from: Day;
  to: Day;
  closedOn: Day | null;
  /** Since when its results stand on the unit's public page. */
  publishedOn: Day | null;
};

const columns = sql`
  unit_id as "unitId", id, title, questions, households, from_day as "from", to_day as "to", closed_on as "closedOn",
  published_on as "publishedOn" from survey`;

export async function insertSurvey(
  tx: Tx,
  survey: Omit<Survey, 'publishedOn'> & { openedBy: string },
  codes: readonly string[],
): Promise<boolean> {
  const { rows } = await sql`
    insert into survey (unit_id, id, title, questions, households, from_day, to_day, opened_by)
    values (${survey.unitId}, ${survey.id}, ${survey.title}, ${JSON.stringify(survey.questions)}::jsonb, ${survey.households},
      ${survey.from}, ${survey.to}, ${survey.openedBy}) on conflict do nothing returning id`.execute(tx);
  if (rows.length === 0) return false;
  // Sorted: their order tells nothing of the order in which they were printed.
  await sql`
    insert into survey_code (unit_id, survey_id, code)
    select ${survey.unitId}::integer, ${survey.id}::uuid, decode(c, 'hex') from unnest(${[...codes].sort()}::text[]) c`.execute(
    tx,
  );
  await sql`
    insert into survey_tally (unit_id, survey_id, question, choice, answers)
    select ${survey.unitId}::integer, ${survey.id}::uuid, q, c, 0
    from unnest(${survey.questions.map(({ id }) => id)}::text[]) q, unnest('{1,2,3,4,5,none}'::text[]) c`.execute(tx);
  return true;
}

export async function findSurvey(db: Reader, unitId: number, id: string): Promise<Survey | null> {
  const { rows } = await sql<Survey>`select ${columns} where unit_id = ${unitId} and id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** The survey a code belongs to, while the code is not used. */
export async function findSurveyOfCode(db: Reader, unitId: number, code: string): Promise<Survey | null> {
  const { rows } = await sql<Survey>`
    select ${columns} where unit_id = ${unitId}
      and id = (select survey_id from survey_code where unit_id = ${unitId} and code = decode(${code}, 'hex') limit 1)`.execute(
    db,
  );
  return rows[0] ?? null;
}

export async function listSurveys(db: Reader, unitId: number): Promise<Survey[]> {
  const { rows } = await sql<Survey>`
    select ${columns} where unit_id = ${unitId} order by from_day desc, id limit 100`.execute(db);
  return rows;
}

/** @returns false when the code is not there: never given out, or used */
export async function takeCode(tx: Tx, unitId: number, surveyId: string, code: string): Promise<boolean> {
  const { rows } = await sql`
    delete from survey_code where unit_id = ${unitId} and survey_id = ${surveyId} and code = decode(${code}, 'hex') returning 1`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Adds one household's answers to the sums, all questions alike: those left out are counted as such. */
export async function addAnswers(
  tx: Tx,
  unitId: number,
  surveyId: string,
  answers: readonly { question: string; choice: string }[],
): Promise<void> {
  await sql`
    update survey_tally t set answers = t.answers + 1
    from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) as a (question text, choice text)
    where t.unit_id = ${unitId} and t.survey_id = ${surveyId} and t.question = a.question and t.choice = a.choice`.execute(
    tx,
  );
}

export type Tally = { surveyId: string; question: string; choice: string; answers: number };

/** The sums of some surveys of a unit. */
export async function readTallies(db: Reader, unitId: number, surveyIds: readonly string[]): Promise<Tally[]> {
  const { rows } = await sql<Tally>`
    select survey_id as "surveyId", question, choice, answers from survey_tally
    where unit_id = ${unitId} and survey_id = any(${[...surveyIds]}::uuid[]) order by survey_id, question, choice`.execute(
    db,
  );
  return rows;
}

/** Closes a survey; codes that were not used are good for nothing any more and go. */
export async function closeSurvey(tx: Tx, unitId: number, surveyId: string, on: Day): Promise<void> {
  await sql`update survey set closed_on = ${on} where unit_id = ${unitId} and id = ${surveyId}`.execute(tx);
  await sql`delete from survey_code where unit_id = ${unitId} and survey_id = ${surveyId}`.execute(tx);
}
