import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import { standing } from './standing.ts';
import type { Survey, Tally } from './surveys.ts';

/** A survey that stands on its unit's public page, with its sums: small ones are still in them. */
export type TalliedSurvey = Pick<Survey, 'title' | 'questions' | 'households'> & {
  endedOn: Day;
  tallies: Omit<Tally, 'surveyId'>[];
};

/** @param on null takes the survey off the page again */
export async function setSurveyPublished(tx: Tx, unitId: number, id: string, on: Day | null): Promise<void> {
  await sql`update survey set published_on = ${on}::date where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

/** @param on null takes the figures off the page again */
export async function setFiguresPublished(tx: Tx, unitId: number, on: Day | null): Promise<void> {
  await sql`delete from question_figures where unit_id = ${unitId}`.execute(tx);
  if (on !== null)
    await sql`insert into question_figures (unit_id, published_on) values (${unitId}, ${on}::date)`.execute(tx);
}

/** The day from which figures of questions stand on a unit's page; null when they do not. */
export async function readFiguresPublished(db: Reader, unitId: number): Promise<Day | null> {
  const { rows } = await sql<{ on: Day }>`
    select published_on as "on" from question_figures where unit_id = ${unitId}`.execute(db);
  return rows[0]?.on ?? null;
}

/** Surveys on a unit's public page, the last published first, as JSON within another statement. */
export const publishedSurveysJson = (unitId: number, most: number) => sql`
  coalesce((select json_agg(json_build_object('title', s.title, 'questions', s.questions, 'households', s.households,
      'endedOn', coalesce(s.closed_on, s.to_day), 'tallies', (
        select json_agg(json_build_object('question', t.question, 'choice', t.choice, 'answers', t.answers)) from survey_tally t
        where t.unit_id = s.unit_id and t.survey_id = s.id))
    order by s.published_on desc, s.from_day desc, s.id)
    from (select * from survey where unit_id = ${unitId} and published_on is not null
      order by published_on desc, from_day desc, id limit ${most}) s), '[]')`;

/** Questions asked within days, counted by how they stand on a day, as JSON within another statement; null where they are not published. */
export const publishedCountsJson = (unitId: number, span: { from: Day; to: Day }, day: Day) => sql`
  (select coalesce((select json_agg(json_build_object('kind', q.kind, 'state', q.state, 'count', q.count)) from (
      select kind, ${standing(day)} as state, count(*) as count from question
      where unit_id = ${unitId} and asked_on between ${span.from}::date and ${span.to}::date group by 1, 2) q), '[]')
    from question_figures f where f.unit_id = ${unitId})`;

/** The day on which what this file tells of a unit last changed, within another statement. */
export const publishedChangeOn = (unitId: number, day: Day) => sql`
  greatest((select max(s.published_on) from survey s where s.unit_id = ${unitId} and s.published_on is not null),
    (select greatest(f.published_on, date_trunc('month', ${day}::date)::date,
      (select max(q.answered_on) from question q where q.unit_id = f.unit_id)) from question_figures f where f.unit_id = ${unitId}))`;
