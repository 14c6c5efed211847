import type { RegisteredType } from '@dinh/domain/documents';
import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import type { NumberLine } from './rows.ts';

type Book = { unitId: number; year: number; type: RegisteredType };

/**
 * Takes the next number of a book in the caller's transaction, or the one asked for. Commands of one unit follow one another, so no two
 * take the same. @returns null when the number asked for is taken
 */
export async function takeNumber(
  tx: Tx,
  { unitId, year, type }: Book,
  line: { number: number | null; documentId: string | null; subject: string; onDay: Day; actor: string; at: Date },
): Promise<number | null> {
  const { rows } = await sql<{ number: number }>`
    insert into document_number (unit_id, year, type, number, document_id, subject, on_day, actor, at)
    select ${unitId}::integer, ${year}::integer, ${type}::text, coalesce(${line.number}::integer, max(n.number) + 1, 1),
      ${line.documentId}::uuid, ${line.subject}::text, ${line.onDay}::date, ${line.actor}::text, ${line.at}::timestamptz
    from document_number n where n.unit_id = ${unitId} and n.year = ${year} and n.type = ${type}
    on conflict do nothing returning number`.execute(tx);
  return rows[0]?.number ?? null;
}

/** Voids a number that stands. @returns false when there is none, or it was voided */
export async function voidNumber(
  tx: Tx,
  { unitId, year, type }: Book,
  voided: { number: number; reason: string; actor: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update document_number set void_reason = ${voided.reason}, voided_by = ${voided.actor}, voided_at = ${voided.at}
    where unit_id = ${unitId} and year = ${year} and type = ${type} and number = ${voided.number} and voided_at is null
    returning number`.execute(tx);
  return rows.length > 0;
}

const columns = sql`
  n.year, n.type, n.number, n.document_id as "documentId", d.meeting_id as "meetingId", d.state, n.subject, n.on_day as "onDay",
  n.void_reason as "voidReason"`;

export async function findNumber(db: Reader, { unitId, year, type }: Book, number: number): Promise<NumberLine | null> {
  const { rows } = await sql<NumberLine>`
    select ${columns} from document_number n
    left join document d on d.unit_id = n.unit_id and d.id = n.document_id
    where n.unit_id = ${unitId} and n.year = ${year} and n.type = ${type} and n.number = ${number}`.execute(db);
  return rows[0] ?? null;
}

/** A year's numbers of a unit, by type and number. */
export async function readRegister(db: Reader, unitId: number, year: number): Promise<NumberLine[]> {
  const { rows } = await sql<NumberLine>`
    select ${columns} from document_number n
    left join document d on d.unit_id = n.unit_id and d.id = n.document_id
    where n.unit_id = ${unitId} and n.year = ${year} order by n.type, n.number limit 10000`.execute(db);
  return rows;
}

/** Years a unit's register has lines in, the latest first. */
export async function registerYears(db: Reader, unitId: number): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select distinct year from document_number where unit_id = ${unitId} order by year desc limit 200`.execute(db);
  return rows.map(({ year }) => year);
}

export type MeetingTask = {
  id: string;
  conclusionId: string | null;
  number: number;
  year: number;
  title: string;
  owner: string;
  deadline: Day;
  state: string;
};

/** Tasks that came out of a meeting and were not called off, by deadline; of these conclusions alone when any are given. */
export async function readTasksOfMeeting(
  db: Reader,
  unitId: number,
  meetingId: string,
  conclusions: readonly string[] = [],
): Promise<MeetingTask[]> {
  const { rows } = await sql<MeetingTask>`
    select t.id, t.conclusion_id as "conclusionId", t.number, t.year, t.title, t.deadline, t.state,
      coalesce((select n.name from person n where n.id = t.responsible order by n.unit_id = t.unit_id desc, n.valid_from desc limit 1), '') as owner
    from task t
    where t.unit_id = ${unitId} and t.meeting_id = ${meetingId} and t.state <> 'cancelled'
      and (${conclusions.length === 0} or t.conclusion_id = any(${[...conclusions]}::uuid[]))
    order by t.deadline, t.number limit 500`.execute(db);
  return rows;
}
