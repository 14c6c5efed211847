import type { Threshold } from '@dinh/domain/contributions';
import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type Drive = {
  unitId: number;
  id: string;
  title: string;
  purpose: string;
  spendingRule: string;
  /** ISO 4217. */
  currency: string;
  /** In the currency's smallest unit. */
  target: number | null;
  from: Day;
  /** Last day. */
  to: Day;
  meetingId: string | null;
  conclusionId: string | null;
  paperNumber: string | null;
  paperIssuer: string | null;
  votesFor: number | null;
  votesOf: number | null;
  threshold: Threshold | null;
  decidedOn: Day;
  treasurer: string;
  treasurerName: string;
  supervisors: string[];
  /** Names beside the ids, in their order. */
  supervisorNames: string[];
  /** By kind (or by a commodity's key): what one is worth, in the currency's smallest unit. */
  rates: Record<string, number>;
  openedAt: Date;
};

const nameOf = (id: ReturnType<typeof sql>) =>
  sql`coalesce((select name from person where person.id = ${id} limit 1), '')`;
const columns = sql`
  d.unit_id as "unitId", d.id, d.title, d.purpose, d.spending_rule as "spendingRule", d.currency, d.target, d.from_day as "from",
  d.to_day as "to", d.meeting_id as "meetingId", d.conclusion_id as "conclusionId", d.paper_number as "paperNumber",
  d.paper_issuer as "paperIssuer", d.votes_for as "votesFor", d.votes_of as "votesOf", d.threshold, d.decided_on as "decidedOn",
  d.treasurer, ${nameOf(sql`d.treasurer`)} as "treasurerName", d.supervisors,
  array(select ${nameOf(sql`s.id`)} from unnest(d.supervisors) with ordinality s (id, place) order by s.place) as "supervisorNames",
  d.rates, d.opened_at as "openedAt"
  from contribution_drive d`;

export async function findDrive(db: Reader, unitId: number, id: string): Promise<Drive | null> {
  const { rows } = await sql<Drive>`select ${columns} where d.unit_id = ${unitId} and d.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Drives of a unit, the latest first. */
export async function listDrives(db: Reader, unitId: number): Promise<Drive[]> {
  const { rows } = await sql<Drive>`
    select ${columns} where d.unit_id = ${unitId} order by d.from_day desc, d.id limit 200`.execute(db);
  return rows;
}

export type NewDrive = Omit<Drive, 'treasurerName' | 'supervisorNames'> & { openedBy: string };

/** @returns false when the id is taken */
export async function insertDrive(tx: Tx, drive: NewDrive): Promise<boolean> {
  const { rows } = await sql`
    insert into contribution_drive (unit_id, id, title, purpose, spending_rule, currency, target, from_day, to_day, meeting_id, conclusion_id,
      paper_number, paper_issuer, votes_for, votes_of, threshold, decided_on, treasurer, supervisors, rates, opened_by, opened_at)
    values (${drive.unitId}, ${drive.id}, ${drive.title}, ${drive.purpose}, ${drive.spendingRule}, ${drive.currency}, ${drive.target},
      ${drive.from}, ${drive.to}, ${drive.meetingId}::uuid, ${drive.conclusionId}::uuid, ${drive.paperNumber}, ${drive.paperIssuer},
      ${drive.votesFor}, ${drive.votesOf}, ${drive.threshold}, ${drive.decidedOn}, ${drive.treasurer}::uuid,
      ${drive.supervisors}::uuid[], ${JSON.stringify(drive.rates)}::jsonb, ${drive.openedBy}, ${drive.openedAt})
    on conflict (unit_id, id) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** Latest month a unit closed, `YYYY-MM`; null when none was. Everything up to its last day is closed. */
export async function readClosedMonth(db: Reader, unitId: number): Promise<string | null> {
  const { rows } = await sql<{ month: string }>`
    select month from contribution_close where unit_id = ${unitId} order by month desc limit 1`.execute(db);
  return rows[0]?.month ?? null;
}

/** Who keeps and who watches the drives with entries in the months up to `month` that are not closed (`after`). */
export async function readKeepersOf(
  db: Reader,
  unitId: number,
  { after, month }: { after: string | null; month: string },
): Promise<{ treasurer: string; supervisors: string[] }[]> {
  const { rows } = await sql<{ treasurer: string; supervisors: string[] }>`
    select d.treasurer, d.supervisors from contribution_drive d
    where d.unit_id = ${unitId} and exists (
      select from contribution_entry e where e.unit_id = d.unit_id and e.drive_id = d.id
        and to_char(e.on_day, 'YYYY-MM') <= ${month} and (${after}::text is null or to_char(e.on_day, 'YYYY-MM') > ${after}))`.execute(
    db,
  );
  return rows;
}

export async function insertClose(
  tx: Tx,
  close: { unitId: number; month: string; actor: string; at: Date },
): Promise<void> {
  await sql`
    insert into contribution_close (unit_id, month, last_seq, actor, closed_at)
    values (${close.unitId}, ${close.month}, (select max(seq) from contribution_entry where unit_id = ${close.unitId}),
      ${close.actor}, ${close.at})`.execute(tx);
}

/** A file of a drive's vouchers or lists; `listOf` is the drive of which it is a paper list, with the names of those who gave. */
export async function findContributionFile(
  db: Reader,
  unitId: number,
  digest: string,
): Promise<{ mediaType: string; title: string; listOf: string | null } | null> {
  const { rows } = await sql<{ mediaType: string; title: string; listOf: string | null }>`
    select f.media_type as "mediaType", s.title, s."listOf"
    from file f join (
      select e.file_digest, e.paper as title, null::uuid as "listOf" from contribution_entry e where e.unit_id = ${unitId} and e.file_digest = ${digest}
      union all
      select l.file_digest, d.title, d.id from contribution_list l join contribution_drive d on d.unit_id = l.unit_id and d.id = l.drive_id
      where l.unit_id = ${unitId} and l.file_digest = ${digest}
    ) s on s.file_digest = f.digest
    order by s."listOf" nulls last limit 1`.execute(db);
  return rows[0] ?? null;
}
