import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

type Key = { unitId: number; meetingId: string };

export type MeetingDocument = {
  id: string;
  itemId: string | null;
  digest: string;
  mediaType: string;
  bytes: number;
  title: string;
  addedAt: Date;
};
export type MeetingComment = {
  id: string;
  itemId: string | null;
  personId: string;
  name: string;
  text: string;
  at: Date;
};
export type MeetingConclusion = {
  id: string;
  place: number;
  itemId: string | null;
  text: string;
  version: number;
  at: Date;
};
export type MeetingGuest = { id: string; kind: 'observer' | 'guest'; name: string; from: string };

const theName = sql`
  coalesce((select n.name from person n where n.id = c.person_id order by n.unit_id = c.unit_id desc, n.valid_from desc limit 1), '')`;

/** Documents that are still there, in the order they came. */
export async function readDocuments(db: Reader, { unitId, meetingId }: Key): Promise<MeetingDocument[]> {
  const { rows } = await sql<MeetingDocument>`
    select d.id, d.item_id as "itemId", d.file_digest as digest, f.media_type as "mediaType", f.bytes, d.title, d.added_at as "addedAt"
    from meeting_document d join file f on f.digest = d.file_digest
    where d.unit_id = ${unitId} and d.meeting_id = ${meetingId} and d.removed_at is null order by d.added_at, d.id limit 500`.execute(
    db,
  );
  return rows;
}

/** @returns false when the id is taken */
export async function insertDocument(
  tx: Tx,
  { unitId, meetingId }: Key,
  document: { id: string; itemId: string | null; digest: string; title: string; actor: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into meeting_document (unit_id, meeting_id, id, item_id, file_digest, title, added_by, added_at)
    values (${unitId}, ${meetingId}, ${document.id}, ${document.itemId}::uuid, ${document.digest}, ${document.title}, ${document.actor},
      ${document.at})
    on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** @returns false when there is none */
export async function removeDocument(tx: Tx, { unitId, meetingId }: Key, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update meeting_document set removed_at = ${at}
    where unit_id = ${unitId} and meeting_id = ${meetingId} and id = ${id} and removed_at is null returning id`.execute(
    tx,
  );
  return rows.length > 0;
}

/** A file attached to one of the unit's meetings: bytes are given out along the rights over that unit only. */
export async function findMeetingFile(
  db: Reader,
  unitId: number,
  digest: string,
): Promise<{ mediaType: string; title: string } | null> {
  const { rows } = await sql<{ mediaType: string; title: string }>`
    select f.media_type as "mediaType", d.title from meeting_document d join file f on f.digest = d.file_digest
    where d.unit_id = ${unitId} and d.file_digest = ${digest} and d.removed_at is null limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Comments in the order they were written. */
export async function readComments(db: Reader, { unitId, meetingId }: Key): Promise<MeetingComment[]> {
  const { rows } = await sql<MeetingComment>`
    select c.id, c.item_id as "itemId", c.person_id as "personId", ${theName} as name, c.text, c.at from meeting_comment c
    where c.unit_id = ${unitId} and c.meeting_id = ${meetingId} order by c.at, c.id limit 2000`.execute(db);
  return rows;
}

/** @returns false when the id is taken */
export async function insertComment(
  tx: Tx,
  { unitId, meetingId }: Key,
  comment: { id: string; itemId: string | null; personId: string; text: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into meeting_comment (unit_id, meeting_id, id, item_id, person_id, text, at)
    values (${unitId}, ${meetingId}, ${comment.id}, ${comment.itemId}::uuid, ${comment.personId}, ${comment.text}, ${comment.at})
    on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** Conclusions that stand, in their order. */
export async function readConclusions(db: Reader, { unitId, meetingId }: Key): Promise<MeetingConclusion[]> {
  const { rows } = await sql<MeetingConclusion>`
    select id, place, item_id as "itemId", text, version, at from meeting_conclusion
    where unit_id = ${unitId} and meeting_id = ${meetingId} and removed_at is null order by place, id limit 500`.execute(
    db,
  );
  return rows;
}

/** @returns false when the id is taken */
export async function insertConclusion(
  tx: Tx,
  { unitId, meetingId }: Key,
  conclusion: { id: string; itemId: string | null; text: string; actor: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into meeting_conclusion (unit_id, meeting_id, id, place, item_id, text, actor, at)
    select ${unitId}::integer, ${meetingId}::uuid, ${conclusion.id}::uuid, coalesce(max(place), 0) + 1, ${conclusion.itemId}::uuid,
      ${conclusion.text}::text, ${conclusion.actor}::text, ${conclusion.at}::timestamptz
    from meeting_conclusion where unit_id = ${unitId} and meeting_id = ${meetingId}
    on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** Writes a conclusion anew (`text` null takes it away) when nobody did since `expected`. @returns false when somebody did */
export async function saveConclusion(
  tx: Tx,
  { unitId, meetingId }: Key,
  saved: { id: string; expected: number; text: string | null; actor: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update meeting_conclusion set text = coalesce(${saved.text}::text, text), version = version + 1, actor = ${saved.actor}, at = ${saved.at},
      removed_at = case when ${saved.text}::text is null then ${saved.at}::timestamptz end
    where unit_id = ${unitId} and meeting_id = ${meetingId} and id = ${saved.id} and version = ${saved.expected} and removed_at is null
    returning id`.execute(tx);
  return rows.length > 0;
}

/** One conclusion that stands, for who makes a task of it. */
export async function findConclusion(
  db: Reader,
  { unitId, meetingId }: Key,
  id: string,
): Promise<MeetingConclusion | null> {
  const { rows } = await sql<MeetingConclusion>`
    select id, place, item_id as "itemId", text, version, at from meeting_conclusion
    where unit_id = ${unitId} and meeting_id = ${meetingId} and id = ${id} and removed_at is null`.execute(db);
  return rows[0] ?? null;
}

export async function readGuests(db: Reader, { unitId, meetingId }: Key): Promise<MeetingGuest[]> {
  const { rows } = await sql<MeetingGuest>`
    select id, kind, name, from_where as "from" from meeting_guest
    where unit_id = ${unitId} and meeting_id = ${meetingId} order by kind desc, name, id limit 500`.execute(db);
  return rows;
}

/** @returns false when the id is taken */
export async function insertGuest(tx: Tx, { unitId, meetingId }: Key, guest: MeetingGuest): Promise<boolean> {
  const { rows } = await sql`
    insert into meeting_guest (unit_id, meeting_id, id, kind, name, from_where)
    values (${unitId}, ${meetingId}, ${guest.id}, ${guest.kind}, ${guest.name}, ${guest.from})
    on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** @returns false when there is none */
export async function deleteGuest(tx: Tx, { unitId, meetingId }: Key, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from meeting_guest where unit_id = ${unitId} and meeting_id = ${meetingId} and id = ${id} returning id`.execute(
    tx,
  );
  return rows.length > 0;
}
