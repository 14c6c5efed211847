import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import type { DocumentKey, FollowedParagraph, NewParagraph, Paragraph, Signature, StoredParagraph } from './rows.ts';

const columns = sql`
  p.id, p.source, p.conclusion_id as "conclusionId", p.title, p.text, p.version, p.at,
  coalesce((select n.name from person n
    where n.id = case when p.version > 1 and p.actor ~ '^[0-9a-f-]{36}$' then p.actor::uuid end
    order by n.unit_id = p.unit_id desc, n.valid_from desc limit 1), '') as "byName"`;

/** What stands in a document, in its order. */
export async function readParagraphs(db: Reader, { unitId, id }: DocumentKey): Promise<Paragraph[]> {
  const { rows } = await sql<Paragraph>`
    select ${columns} from document_paragraph p where p.unit_id = ${unitId} and p.document_id = ${id} and p.removed_at is null
    order by p.place, p.id limit 2000`.execute(db);
  return rows;
}

/** Everything that ever stood in a document, in its order, with what each part follows. */
export async function readStored(db: Reader, { unitId, id }: DocumentKey): Promise<StoredParagraph[]> {
  const { rows } = await sql<StoredParagraph>`
    select ${columns}, p.part, p.wording, p.removed_at is not null as removed from document_paragraph p
    where p.unit_id = ${unitId} and p.document_id = ${id} order by p.place, p.id limit 4000`.execute(db);
  return rows;
}

/** One paragraph, also one that was taken away. */
export async function findParagraph(
  db: Reader,
  { unitId, id }: DocumentKey,
  paragraphId: string,
): Promise<StoredParagraph | null> {
  const { rows } = await sql<StoredParagraph>`
    select ${columns}, p.part, p.wording, p.removed_at is not null as removed from document_paragraph p
    where p.unit_id = ${unitId} and p.document_id = ${id} and p.id = ${paragraphId}`.execute(db);
  return rows[0] ?? null;
}

/**
 * Writes down the parts of a document as they follow the meeting now, in the order given. No version is raised: nobody wrote them, and
 * whoever is at work on one is told by its `wording`.
 */
export async function writeFollowed(
  tx: Tx,
  { unitId, id }: DocumentKey,
  paragraphs: readonly FollowedParagraph[],
  actor: string,
  at: Date,
): Promise<void> {
  const placed = paragraphs.map(({ id, part, source, conclusionId, title, text, wording, removed }, index) => {
    return { id, part, source, conclusionId, title, text, wording, removed, place: index + 1 };
  });
  await sql`
    insert into document_paragraph as p (unit_id, document_id, id, place, source, conclusion_id, part, wording, title, text, actor, at, removed_at)
    select ${unitId}::integer, ${id}::uuid, r.id, r.place, r.source, r."conclusionId", r.part, r.wording, r.title, r.text, ${actor}::text,
      ${at}::timestamptz, case when r.removed then ${at}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb)
      as r (id uuid, place integer, source text, "conclusionId" uuid, part text, wording text, title text, text text, removed boolean)
    on conflict (unit_id, document_id, id) do update set place = excluded.place, wording = excluded.wording, title = excluded.title,
      text = excluded.text, removed_at = case when excluded.removed_at is null then null else coalesce(p.removed_at, excluded.removed_at) end
    where (p.place, p.wording, p.title, p.text, p.removed_at is null)
      is distinct from (excluded.place, excluded.wording, excluded.title, excluded.text, excluded.removed_at is null)`.execute(
    tx,
  );
}

/** Puts paragraphs at the end of a document, in the order given. @returns how many ids were free */
export async function appendParagraphs(
  tx: Tx,
  { unitId, id }: DocumentKey,
  paragraphs: readonly NewParagraph[],
  actor: string,
  at: Date,
): Promise<number> {
  const numbered = paragraphs.map((paragraph, index) => ({ ...paragraph, index: index + 1 }));
  const { rows } = await sql<{ lines: number }>`
    with written as (
      insert into document_paragraph (unit_id, document_id, id, place, source, conclusion_id, title, text, actor, at)
      select ${unitId}::integer, ${id}::uuid, r.id, r.index + coalesce((
          select max(p.place) from document_paragraph p where p.unit_id = ${unitId} and p.document_id = ${id}), 0),
        r.source, r."conclusionId", r.title, r.text, ${actor}::text, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb)
        as r (id uuid, index integer, source text, "conclusionId" uuid, title text, text text)
      on conflict do nothing returning 1
    ) select count(*) as lines from written`.execute(tx);
  return rows[0]!.lines;
}

/** Puts a paragraph behind another; at the beginning when `after` is null. @returns false when the id is taken or `after` unknown */
export async function insertParagraph(
  tx: Tx,
  { unitId, id }: DocumentKey,
  paragraph: NewParagraph & { after: string | null; actor: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    with before as (
      select ${paragraph.after}::uuid as id, coalesce((select place from document_paragraph
        where unit_id = ${unitId} and document_id = ${id} and id = ${paragraph.after}::uuid), 0) as place
    ), next as (
      select min(p.place) as place from document_paragraph p, before b
      where p.unit_id = ${unitId} and p.document_id = ${id} and p.place > b.place
    )
    insert into document_paragraph (unit_id, document_id, id, place, source, conclusion_id, title, text, actor, at)
    select ${unitId}::integer, ${id}::uuid, ${paragraph.id}::uuid, (b.place + coalesce(n.place, b.place + 2)) / 2, ${paragraph.source}::text,
      ${paragraph.conclusionId}::uuid, ${paragraph.title}::text, ${paragraph.text}::text, ${paragraph.actor}::text, ${paragraph.at}::timestamptz
    from before b, next n where b.id is null or b.place > 0
    on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/**
 * Saves a paragraph (`text` null takes it away, text brings one back that was) when nobody did since `expected`; what it replaces is
 * kept beside.
 * @returns false when somebody did
 */
export async function saveParagraph(
  tx: Tx,
  { unitId, id }: DocumentKey,
  saved: {
    id: string;
    expected: number;
    title: string;
    text: string | null;
    /** Of a part that follows the meeting: Đình's words that were seen beside it. */
    wording: string | null;
    actor: string;
    at: Date;
  },
): Promise<boolean> {
  const { rows } = await sql`
    with kept as (
      insert into document_paragraph_before (unit_id, document_id, paragraph_id, version, title, text, actor, at)
      select unit_id, document_id, id, version, title, text, actor, at from document_paragraph
      where unit_id = ${unitId} and document_id = ${id} and id = ${saved.id} and version = ${saved.expected}
      returning 1
    )
    update document_paragraph set title = ${saved.title}, text = coalesce(${saved.text}::text, text), version = version + 1,
      wording = ${saved.wording}, actor = ${saved.actor}, at = ${saved.at},
      removed_at = case when ${saved.text}::text is null then ${saved.at}::timestamptz end
    where unit_id = ${unitId} and document_id = ${id} and id = ${saved.id} and version = ${saved.expected}
      and exists (select from kept)
    returning id`.execute(tx);
  return rows.length > 0;
}

export async function readSignatures(db: Reader, { unitId, id }: DocumentKey): Promise<Signature[]> {
  const { rows } = await sql<Signature>`
    select role, person_id as "personId", name, how, digest, proof, at from document_signature
    where unit_id = ${unitId} and document_id = ${id} order by at, role`.execute(db);
  return rows;
}

/** @returns false when the role has signed */
export async function insertSignature(
  tx: Tx,
  { unitId, id }: DocumentKey,
  signature: Omit<Signature, 'proof'> & { proof: object | null },
): Promise<boolean> {
  const { rows } = await sql`
    insert into document_signature (unit_id, document_id, role, person_id, name, how, digest, proof, at)
    values (${unitId}, ${id}, ${signature.role}, ${signature.personId}, ${signature.name}, ${signature.how}, ${signature.digest},
      ${signature.proof && JSON.stringify(signature.proof)}::jsonb, ${signature.at})
    on conflict do nothing returning role`.execute(tx);
  return rows.length > 0;
}
