import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import type { DocumentKey, DocumentStyle, WrittenDocument } from './rows.ts';

const columns = sql`
  d.unit_id as "unitId", d.id, d.type, d.meeting_id as "meetingId", d.subject, d.language, d.state, d.written_at as "writtenAt",
  d.read_at as "readAt", d.approved_at as "approvedAt", d.approval, d.issued_on as "issuedOn", d.content, d.digest,
  d.signed_at as "signedAt", d.withdrawn_reason as "withdrawnReason", d.left_out as "leftOut", d.revision,
  (select json_build_object('year', n.year, 'number', n.number) from document_number n
    where n.unit_id = d.unit_id and n.document_id = d.id and n.voided_at is null) as number`;

/** `update` keeps other writers of this document away until the commit. */
export async function findDocument(
  db: Reader,
  { unitId, id }: DocumentKey,
  update = false,
): Promise<WrittenDocument | null> {
  const { rows } = await sql<WrittenDocument>`
    select ${columns} from document d where d.unit_id = ${unitId} and d.id = ${id} ${update ? sql`for update of d` : sql``}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Documents written of a meeting: minutes first, then as they were written; withdrawn ones last. */
export async function listOfMeeting(db: Reader, unitId: number, meetingId: string): Promise<WrittenDocument[]> {
  const { rows } = await sql<WrittenDocument>`
    select ${columns} from document d where d.unit_id = ${unitId} and d.meeting_id = ${meetingId}
    order by d.state = 'withdrawn', d.type <> 'minutes', d.written_at, d.id limit 200`.execute(db);
  return rows;
}

/** @returns false when the id is taken, or the meeting has its minutes */
export async function insertDocument(
  tx: Tx,
  document: Pick<WrittenDocument, 'unitId' | 'id' | 'type' | 'meetingId' | 'subject' | 'language' | 'leftOut'> & {
    actor: string;
    at: Date;
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into document (unit_id, id, type, meeting_id, subject, language, left_out, state, written_at, written_by)
    values (${document.unitId}, ${document.id}, ${document.type}, ${document.meetingId}, ${document.subject}, ${document.language},
      ${[...document.leftOut]}::uuid[], 'draft', ${document.at}, ${document.actor})
    on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

export async function markRead(tx: Tx, { unitId, id }: DocumentKey, at: Date): Promise<void> {
  await sql`
    update document set state = 'read', read_at = ${at}, revision = revision + 1 where unit_id = ${unitId} and id = ${id}`.execute(
    tx,
  );
}

/** Fixes a document's words: from here on there is one text, and a digest that tells it from every other. */
export async function markApproved(
  tx: Tx,
  { unitId, id }: DocumentKey,
  approved: {
    at: Date;
    actor: string;
    approval: WrittenDocument['approval'];
    issuedOn: Day;
    content: string;
    digest: string;
  },
): Promise<void> {
  await sql`
    update document set state = 'approved', approved_at = ${approved.at}, approved_by = ${approved.actor},
      approval = ${approved.approval && JSON.stringify(approved.approval)}::jsonb, issued_on = ${approved.issuedOn},
      content = ${approved.content}, digest = ${approved.digest}, revision = revision + 1
    where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

/** Opens an approved document again: its fixed text and whatever was signed of it are void. */
export async function markDraft(tx: Tx, { unitId, id }: DocumentKey): Promise<void> {
  await sql`delete from document_signature where unit_id = ${unitId} and document_id = ${id}`.execute(tx);
  await sql`
    update document set state = 'draft', read_at = null, approved_at = null, approved_by = null, approval = null, issued_on = null,
      content = null, digest = null, revision = revision + 1
    where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

export async function markSigned(tx: Tx, { unitId, id }: DocumentKey, at: Date): Promise<void> {
  await sql`
    update document set state = 'signed', signed_at = ${at}, revision = revision + 1 where unit_id = ${unitId} and id = ${id}`.execute(
    tx,
  );
}

export async function markWithdrawn(tx: Tx, { unitId, id }: DocumentKey, reason: string): Promise<void> {
  await sql`delete from document_signature where unit_id = ${unitId} and document_id = ${id}`.execute(tx);
  await sql`
    update document set state = 'withdrawn', withdrawn_reason = ${reason}, revision = revision + 1
    where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

export async function saveSubject(tx: Tx, { unitId, id }: DocumentKey, subject: string): Promise<void> {
  await sql`
    update document set subject = ${subject}, revision = revision + 1 where unit_id = ${unitId} and id = ${id}`.execute(
    tx,
  );
}

/** Raised with every change of a part. */
export async function touch(tx: Tx, { unitId, id }: DocumentKey): Promise<void> {
  await sql`update document set revision = revision + 1 where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

export async function readStyle(db: Reader, unitId: number): Promise<DocumentStyle | null> {
  const { rows } = await sql<DocumentStyle>`
    select family, superior, symbol, place from document_style where unit_id = ${unitId}`.execute(db);
  return rows[0] ?? null;
}

export async function saveStyle(tx: Tx, unitId: number, style: DocumentStyle): Promise<void> {
  await sql`
    insert into document_style (unit_id, family, superior, symbol, place)
    values (${unitId}, ${style.family}, ${style.superior}, ${style.symbol}, ${style.place})
    on conflict (unit_id) do update set family = excluded.family, superior = excluded.superior, symbol = excluded.symbol,
      place = excluded.place`.execute(tx);
}

/** Words for the kind of a unit, and the unit right above it on a day with those of its kind; nothing above one that stands alone. */
export async function readNames(
  db: Reader,
  unitId: number,
  day: Day,
): Promise<{
  kindNames: Record<string, string>;
  above: { name: string; kind: string; kindNames: Record<string, string> } | null;
}> {
  const { rows } = await sql<{
    kindNames: Record<string, string>;
    above: { name: string; kind: string; kindNames: Record<string, string> } | null;
  }>`
    select k.names as "kindNames", (
      select json_build_object('name', a.name, 'kind', a.kind, 'kindNames', ak.names) from unit_parent p
      join unit_version a on a.unit_id = p.parent_id and a.valid_from <= ${day} and a.valid_to > ${day}
      join unit_kind ak on ak.key = a.kind
      where p.unit_id = v.unit_id and p.valid_from <= ${day} and p.valid_to > ${day}
    ) as above
    from unit_version v join unit_kind k on k.key = v.kind
    where v.unit_id = ${unitId} and v.valid_from <= ${day} and v.valid_to > ${day}`.execute(db);
  return rows[0] ?? { kindNames: {}, above: null };
}

/** People who hold one of the posts on a day, by name, each with the first of them. */
export async function listCalled(
  db: Reader,
  wanted: { unitId: number; day: Day; posts: readonly string[] },
): Promise<{ name: string; post: string }[]> {
  const order = [...wanted.posts];
  const { rows } = await sql<{ name: string; post: string }>`
    select coalesce(n.name, '') as name, h.post from (
      select p.person_id, (array_agg(p.post order by array_position(${order}::text[], p.post)))[1] as post from post p
      where p.unit_id = ${wanted.unitId} and p.post = any(${order}::text[]) and p.valid_from <= ${wanted.day} and p.valid_to > ${wanted.day}
      group by p.person_id
    ) h
    left join lateral (
      select p.name, p.search from person p where p.id = h.person_id order by p.unit_id = ${wanted.unitId} desc, p.valid_from desc limit 1
    ) n on true
    order by array_position(${order}::text[], h.post), n.search, h.person_id limit 20000`.execute(db);
  return rows;
}
