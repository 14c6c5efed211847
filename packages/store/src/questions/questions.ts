import type { Day } from '@dinh/domain/kernel';
import type { QuestionKind, QuestionState } from '@dinh/domain/questions';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type NewQuestion = {
  unitId: number;
  id: string;
  kind: QuestionKind;
  way: 'page' | 'assisted' | 'paper';
  assistedBy: string | null;
  code: string | null;
  language: string;
  text: string;
  contact: string | null;
  /** SHA-256 of the receipt's code, hexadecimal. */
  receipt: string;
  mayPublish: boolean;
  askedAt: Date;
  askedOn: Day;
  dueOn: Day;
};

export type Question = Omit<NewQuestion, 'receipt' | 'askedAt'> & {
  year: number;
  number: number;
  owner: string | null;
  ownerName: string | null;
  dueReason: string | null;
  state: QuestionState;
  answer: string | null;
  answeredOn: Day | null;
  published: { question: string; answer: string; on: Day } | null;
};

const columns = sql`
  q.unit_id as "unitId", q.id, q.year, q.number, q.kind, q.way, q.assisted_by as "assistedBy", q.code, q.language, q.text, q.contact,
  q.may_publish as "mayPublish", q.asked_on as "askedOn", q.due_on as "dueOn", q.due_reason as "dueReason", q.owner,
  (select name from person where person.id = q.owner limit 1) as "ownerName", q.state, q.answer, q.answered_on as "answeredOn",
  case when q.published_on is not null then jsonb_build_object('question', q.published_question, 'answer', q.published_answer,
    'on', q.published_on) end as published
  from question q`;

/** Writes a question under the next number of its unit and year; the unit's place in the journal keeps numbers apart. */
export async function insertQuestion(tx: Tx, given: NewQuestion): Promise<{ year: number; number: number } | null> {
  const year = Number(given.askedOn.slice(0, 4));
  const { rows } = await sql<{ number: number }>`
    insert into question (unit_id, id, year, number, kind, way, assisted_by, code, language, text, contact, receipt, may_publish, asked_at,
      asked_on, due_on)
    values (${given.unitId}, ${given.id}, ${year},
      1 + coalesce((select max(number) from question where unit_id = ${given.unitId} and year = ${year}), 0),
      ${given.kind}, ${given.way}, ${given.assistedBy}, ${given.code}, ${given.language}, ${given.text}, ${given.contact},
      decode(${given.receipt}, 'hex'), ${given.mayPublish}, ${given.askedAt}, ${given.askedOn}, ${given.dueOn})
    on conflict do nothing returning number`.execute(tx);
  return rows[0] ? { year, number: rows[0].number } : null;
}

export async function findQuestion(db: Reader, unitId: number, id: string): Promise<Question | null> {
  const { rows } = await sql<Question>`select ${columns} where q.unit_id = ${unitId} and q.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** The question of a receipt, by the digest of its code. */
export async function findByReceipt(db: Reader, unitId: number, receipt: string): Promise<Question | null> {
  const { rows } = await sql<Question>`
    select ${columns} where q.unit_id = ${unitId} and q.receipt = decode(${receipt}, 'hex')`.execute(db);
  return rows[0] ?? null;
}

/**
 * Questions of a unit, those without an answer first and the most urgent on top.
 * @param owner only those of this person; with `orUnowned` also those nobody was named for
 */
export async function listQuestions(
  db: Reader,
  wanted: { unitId: number; open: boolean; owner: string | null; orUnowned: boolean; limit: number; offset: number },
): Promise<Question[]> {
  const { unitId, open, owner, orUnowned, limit, offset } = wanted;
  const order = open ? sql`q.due_on, q.year, q.number` : sql`q.answered_on desc, q.year desc, q.number desc`;
  const { rows } = await sql<Question>`
    select ${columns} where q.unit_id = ${unitId} and (q.state = 'open') = ${open}
      and (${owner}::uuid is null or q.owner = ${owner}::uuid or (${orUnowned} and q.owner is null))
    order by ${order} limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

export async function setOwner(tx: Tx, unitId: number, id: string, owner: string): Promise<void> {
  await sql`update question set owner = ${owner}::uuid where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

export async function setDue(tx: Tx, unitId: number, id: string, dueOn: Day, reason: string): Promise<void> {
  await sql`update question set due_on = ${dueOn}, due_reason = ${reason} where unit_id = ${unitId} and id = ${id}`.execute(
    tx,
  );
}

/** Answers, and forgets how the asker could be reached. */
export async function setAnswer(
  tx: Tx,
  unitId: number,
  id: string,
  given: { state: 'answered' | 'passed-on'; answer: string; on: Day; by: string },
): Promise<void> {
  await sql`
    update question set state = ${given.state}, answer = ${given.answer}, answered_on = ${given.on}, answered_by = ${given.by}, contact = null
    where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

/** @param words null takes it off the page again */
export async function setPublished(
  tx: Tx,
  unitId: number,
  id: string,
  words: { question: string; answer: string; on: Day } | null,
): Promise<void> {
  await sql`
    update question set published_question = ${words?.question ?? null}, published_answer = ${words?.answer ?? null},
      published_on = ${words?.on ?? null}::date
    where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

export type PublishedQuestion = { question: string; answer: string; on: Day };

/** Answers that stand on a unit's public page, the latest first, as JSON within another statement. */
export const publishedQuestionsJson = (unitId: number, most: number) => sql`
  coalesce((select json_agg(json_build_object('question', q.published_question, 'answer', q.published_answer, 'on', q.published_on)
    order by q.published_on desc, q.year desc, q.number desc)
    from (select * from question where unit_id = ${unitId} and published_on is not null
      order by published_on desc, year desc, number desc limit ${most}) q), '[]')`;
