import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export const postingKinds = ['resolution', 'decision', 'plan', 'accounts', 'notice', 'other'] as const;
export type PostingKind = (typeof postingKinds)[number];

/** A paper on the wall. */
export type Posting = {
  nth: number;
  kind: PostingKind;
  documentId: string | null;
  title: string;
  number: string;
  issuer: string;
  dated: Day;
  file: string | null;
  postedOn: Day;
  /** Last day it must stay. */
  staysUntil: Day;
  basis: string;
  withdrawnOn: Day | null;
  withdrawnReason: string | null;
};

export const postingColumns = sql`
  t.nth, t.kind, t.document_id as "documentId", t.title, t.number, t.issuer, t.dated, t.file_digest as file, t.posted_on as "postedOn",
  t.stays_until as "staysUntil", t.basis, t.withdrawn_on as "withdrawnOn", t.withdrawn_reason as "withdrawnReason"
  from public_posting t`;

/** Papers of a unit, the latest first, those taken down among them. */
export async function listPostings(db: Reader, unitId: number): Promise<Posting[]> {
  const { rows } = await sql<Posting>`
    select ${postingColumns} where t.unit_id = ${unitId} order by t.posted_on desc, t.nth desc limit 500`.execute(db);
  return rows;
}

export async function findPosting(db: Reader, unitId: number, nth: number): Promise<Posting | null> {
  const { rows } = await sql<Posting>`
    select ${postingColumns} where t.unit_id = ${unitId} and t.nth = ${nth}`.execute(db);
  return rows[0] ?? null;
}

/** @returns the number of the line */
export async function insertPosting(
  tx: Tx,
  posting: Omit<Posting, 'nth' | 'withdrawnOn' | 'withdrawnReason'> & { unitId: number; actor: string },
): Promise<number> {
  const { rows } = await sql<{ nth: number }>`
    insert into public_posting (unit_id, nth, kind, document_id, title, number, issuer, dated, file_digest, posted_on, stays_until, basis,
      posted_by)
    select ${posting.unitId}::integer, coalesce(max(t.nth), 0) + 1, ${posting.kind}::text, ${posting.documentId}::uuid,
      ${posting.title}::text, ${posting.number}::text, ${posting.issuer}::text, ${posting.dated}::date, ${posting.file}::text,
      ${posting.postedOn}::date, ${posting.staysUntil}::date, ${posting.basis}::text, ${posting.actor}::text
    from public_posting t where t.unit_id = ${posting.unitId}
    returning nth`.execute(tx);
  return rows[0]?.nth ?? 0;
}

export async function withdrawPosting(
  tx: Tx,
  { unitId, nth }: { unitId: number; nth: number },
  withdrawn: { on: Day; by: string; reason: string },
): Promise<void> {
  await sql`
    update public_posting set withdrawn_on = ${withdrawn.on}, withdrawn_by = ${withdrawn.by}, withdrawn_reason = ${withdrawn.reason}
    where unit_id = ${unitId} and nth = ${nth}`.execute(tx);
}

/** Signed resolutions of a unit that do not hang on the wall, the latest first. */
export async function listPostable(
  db: Reader,
  unitId: number,
): Promise<{ id: string; subject: string; issuedOn: Day; number: { year: number; number: number } | null }[]> {
  const { rows } = await sql<{
    id: string;
    subject: string;
    issuedOn: Day;
    number: { year: number; number: number } | null;
  }>`
    select d.id, d.subject, d.issued_on as "issuedOn",
      (select json_build_object('year', n.year, 'number', n.number) from document_number n
        where n.unit_id = d.unit_id and n.document_id = d.id and n.voided_at is null limit 1) as number
    from document d
    where d.unit_id = ${unitId} and d.type = 'resolution' and d.state = 'signed' and not exists (
      select from public_posting t where t.unit_id = d.unit_id and t.document_id = d.id and t.withdrawn_on is null)
    order by d.issued_on desc, d.id limit 100`.execute(db);
  return rows;
}

/** What a posted resolution says: the paragraphs people wrote and approved. */
export async function readPostedText(db: Reader, unitId: number, documentId: string): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select g.text from document_paragraph g
    where g.unit_id = ${unitId} and g.document_id = ${documentId} and g.source in ('basis', 'content', 'own')
      and g.removed_at is null order by g.place, g.id`.execute(db);
  return rows.map(({ text }) => text);
}

/** A file that hangs on a wall, or a photo of a work before or after it, where the unit has a public page; null for every other. */
export async function findPublicFile(db: Reader, digest: string): Promise<{ mediaType: string; title: string } | null> {
  const { rows } = await sql<{ mediaType: string; title: string }>`
    select f.media_type as "mediaType", s.title from file f join (
      select t.title from public_posting t where t.file_digest = ${digest} and t.withdrawn_on is null
      union all
      select w.title from work_photo h join work w on w.unit_id = h.unit_id and w.id = h.work_id
      where h.file_digest = ${digest} and h.phase <> 'during' and exists (
        select from public_place p where p.unit_id = h.unit_id and p.retired_on is null)
    ) s on true
    where f.digest = ${digest} limit 1`.execute(db);
  return rows[0] ?? null;
}

export type Contact = { post: string; phone: string; consentOn: Day | null };

export async function listContacts(db: Reader, unitId: number): Promise<Contact[]> {
  const { rows } = await sql<Contact>`
    select post, phone, consent_on as "consentOn" from public_contact where unit_id = ${unitId} order by nth`.execute(
    db,
  );
  return rows;
}

/** Puts these contacts in the place of those a unit had. */
export async function saveContacts(tx: Tx, unitId: number, contacts: readonly Contact[], day: Day): Promise<void> {
  await sql`delete from public_contact where unit_id = ${unitId}`.execute(tx);
  await sql`
    insert into public_contact (unit_id, nth, post, phone, consent_on, set_on)
    select ${unitId}::integer, r.nth, r.post, r.phone, r."consentOn", ${day}::date
    from jsonb_to_recordset(${JSON.stringify(contacts.map((each, index) => ({ ...each, nth: index + 1 })))}::jsonb)
      as r (nth integer, post text, phone text, "consentOn" date)`.execute(tx);
}
