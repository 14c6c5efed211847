import type { Day } from '@dinh/domain/kernel';
import type { AbsenceReason } from '@dinh/domain/meetings';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

type Key = { unitId: number; meetingId: string };

/** What the committee agreed beforehand, and the draft resolution. */
export type MeetingPreparation = { heldOn: Day; agreed: string; draft: string; version: number; at: Date };

/** A sitting of a meeting that counts households. `present` is null until it is counted. */
export type MeetingSession = {
  id: string;
  name: string;
  startsAt: Date;
  place: string;
  households: number;
  present: number | null;
  version: number;
};

export async function readPreparation(db: Reader, { unitId, meetingId }: Key): Promise<MeetingPreparation | null> {
  const { rows } = await sql<MeetingPreparation>`
    select held_on as "heldOn", agreed, draft, version, at from meeting_preparation
    where unit_id = ${unitId} and meeting_id = ${meetingId}`.execute(db);
  return rows[0] ?? null;
}

/** Writes it when nobody did since `expected` (0: nothing was there). @returns false when somebody did */
export async function savePreparation(
  tx: Tx,
  { unitId, meetingId }: Key,
  saved: { heldOn: Day; agreed: string; draft: string; expected: number; actor: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into meeting_preparation as p (unit_id, meeting_id, held_on, agreed, draft, actor, at, version)
    select ${unitId}::integer, ${meetingId}::uuid, ${saved.heldOn}::date, ${saved.agreed}::text, ${saved.draft}::text, ${saved.actor}::text,
      ${saved.at}::timestamptz, 1
    where ${saved.expected}::integer = 0 or exists (
      select 1 from meeting_preparation where unit_id = ${unitId} and meeting_id = ${meetingId})
    on conflict (unit_id, meeting_id) do update set held_on = excluded.held_on, agreed = excluded.agreed, draft = excluded.draft,
      actor = excluded.actor, at = excluded.at, version = p.version + 1
    where p.version = ${saved.expected}
    returning version`.execute(tx);
  return rows.length > 0;
}

export async function readSessions(db: Reader, { unitId, meetingId }: Key): Promise<MeetingSession[]> {
  const { rows } = await sql<MeetingSession>`
    select id, name, starts_at as "startsAt", place, households, present, version from meeting_session
    where unit_id = ${unitId} and meeting_id = ${meetingId} order by starts_at, name, id limit 200`.execute(db);
  return rows;
}

/** @returns false when the id is taken */
export async function insertSession(
  tx: Tx,
  { unitId, meetingId }: Key,
  session: Omit<MeetingSession, 'present' | 'version'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into meeting_session (unit_id, meeting_id, id, name, starts_at, place, households)
    values (${unitId}, ${meetingId}, ${session.id}, ${session.name}, ${session.startsAt}, ${session.place}, ${session.households})
    on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** @returns false when there is none, or it has been counted */
export async function deleteSession(tx: Tx, { unitId, meetingId }: Key, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from meeting_session
    where unit_id = ${unitId} and meeting_id = ${meetingId} and id = ${id} and present is null returning id`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Counts the households of a sitting when nobody did since `expected`. @returns false when somebody did */
export async function countSession(
  tx: Tx,
  { unitId, meetingId }: Key,
  counted: { id: string; expected: number; households: number; present: number; actor: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update meeting_session set households = ${counted.households}, present = ${counted.present}, counted_by = ${counted.actor},
      counted_at = ${counted.at}, version = version + 1
    where unit_id = ${unitId} and meeting_id = ${meetingId} and id = ${counted.id} and version = ${counted.expected} returning id`.execute(
    tx,
  );
  return rows.length > 0;
}

export async function saveIntention(
  tx: Tx,
  { unitId, meetingId }: Key,
  said: { personId: string; coming: boolean; reason: AbsenceReason | null; at: Date },
): Promise<void> {
  await sql`
    insert into meeting_intention (unit_id, meeting_id, person_id, coming, reason, at)
    values (${unitId}, ${meetingId}, ${said.personId}, ${said.coming}, ${said.reason}, ${said.at})
    on conflict (unit_id, meeting_id, person_id) do update set coming = excluded.coming, reason = excluded.reason, at = excluded.at`.execute(
    tx,
  );
}

/** How many said they come and how many that they do not, and what one person said. */
export async function readIntentions(
  db: Reader,
  { unitId, meetingId }: Key,
  personId: string | null,
): Promise<{ coming: number; absent: number; mine: { coming: boolean; reason: AbsenceReason | null } | null }> {
  const { rows } = await sql<{
    coming: number;
    absent: number;
    mine: { coming: boolean; reason: AbsenceReason | null } | null;
  }>`
    select count(*) filter (where coming) as coming, count(*) filter (where not coming) as absent,
      (select json_build_object('coming', i.coming, 'reason', i.reason) from meeting_intention i
        where i.unit_id = ${unitId} and i.meeting_id = ${meetingId} and i.person_id = ${personId}::uuid) as mine
    from meeting_intention where unit_id = ${unitId} and meeting_id = ${meetingId}`.execute(db);
  return rows[0]!;
}

/** Those who said that they cannot come, by name, with the class of their reason. */
export async function readApologies(
  db: Reader,
  { unitId, meetingId }: Key,
): Promise<{ personId: string; name: string; reason: AbsenceReason | null }[]> {
  const { rows } = await sql<{ personId: string; name: string; reason: AbsenceReason | null }>`
    select i.person_id as "personId", coalesce(n.name, '') as name, i.reason from meeting_intention i
    left join lateral (
      select p.name, p.ordered from person p where p.id = i.person_id order by p.unit_id = i.unit_id desc, p.valid_from desc limit 1
    ) n on true
    where i.unit_id = ${unitId} and i.meeting_id = ${meetingId} and not i.coming order by n.ordered, i.person_id limit 500`.execute(
    db,
  );
  return rows;
}
