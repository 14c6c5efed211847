import type { Day } from '@dinh/domain/kernel';
import type { ProductFormat, ProductState, ProductStep } from '@dinh/domain/products';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type Product = {
  unitId: number;
  id: string;
  meetingId: string;
  programmeId: string;
  format: ProductFormat;
  title: string;
  language: string;
  authors: string[];
  /** Names beside the ids, in their order. */
  authorNames: string[];
  body: string;
  url: string | null;
  fileDigest: string | null;
  mediaType: string | null;
  rights: string;
  state: ProductState;
  sources: string;
  checkedBy: string | null;
  checkedByName: string;
  channel: string;
  place: string;
  outOn: Day | null;
  version: number;
  madeAt: Date;
};

const columns = sql`
  p.unit_id as "unitId", p.id, p.meeting_id as "meetingId", p.programme_id as "programmeId", p.format, p.title, p.language, p.authors,
  array(select coalesce(n.name, '') from unnest(p.authors) with ordinality a (id, place)
    left join lateral (select name from person where person.id = a.id limit 1) n on true order by a.place) as "authorNames",
  p.body, p.url, p.file_digest as "fileDigest", f.media_type as "mediaType", p.rights, p.state, p.sources, p.checked_by as "checkedBy",
  coalesce((select name from person where person.id = p.checked_by limit 1), '') as "checkedByName", p.channel, p.place,
  p.out_on as "outOn", p.version, p.made_at as "madeAt"
  from product p left join file f on f.digest = p.file_digest`;

/** One product, held until the commit when `lock`. */
export async function findProduct(db: Reader, unitId: number, id: string, lock: boolean): Promise<Product | null> {
  const { rows } = await sql<Product>`
    select ${columns} where p.unit_id = ${unitId} and p.id = ${id} ${lock ? sql`for update of p` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** Products of a unit (of one meeting when it is given), the newest first. */
export async function listProducts(db: Reader, unitId: number, meetingId?: string): Promise<Product[]> {
  const { rows } = await sql<Product>`
    select ${columns} where p.unit_id = ${unitId} ${meetingId === undefined ? sql`` : sql`and p.meeting_id = ${meetingId}`}
    order by p.made_at desc, p.id limit 200`.execute(db);
  return rows;
}

type Written = Pick<Product, 'format' | 'title' | 'language' | 'authors' | 'body' | 'url' | 'fileDigest' | 'rights'>;

/** @returns false when the id is taken */
export async function insertProduct(
  tx: Tx,
  product: Written & Pick<Product, 'unitId' | 'id' | 'meetingId' | 'programmeId' | 'madeAt'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into product (unit_id, id, meeting_id, programme_id, format, title, language, authors, body, url, file_digest, rights, state,
      made_at)
    values (${product.unitId}, ${product.id}, ${product.meetingId}, ${product.programmeId}, ${product.format}, ${product.title},
      ${product.language}, ${[...product.authors]}::uuid[], ${product.body}, ${product.url}, ${product.fileDigest}, ${product.rights},
      'draft', ${product.madeAt})
    on conflict (unit_id, id) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** Writes the product as it is given and raises its version. */
export async function saveProduct(
  tx: Tx,
  product: Written & Pick<Product, 'unitId' | 'id' | 'state' | 'sources' | 'checkedBy' | 'channel' | 'place' | 'outOn'>,
): Promise<void> {
  await sql`
    update product set format = ${product.format}, title = ${product.title}, language = ${product.language},
      authors = ${[...product.authors]}::uuid[], body = ${product.body}, url = ${product.url}, file_digest = ${product.fileDigest},
      rights = ${product.rights}, state = ${product.state}, sources = ${product.sources}, checked_by = ${product.checkedBy}::uuid,
      channel = ${product.channel}, place = ${product.place}, out_on = ${product.outOn}::date, version = version + 1
    where unit_id = ${product.unitId} and id = ${product.id}`.execute(tx);
}

export async function appendProductEvent(
  tx: Tx,
  event: { unitId: number; productId: string; at: Date; actor: string; step: string; note: string },
): Promise<void> {
  await sql`
    insert into product_event (unit_id, product_id, seq, at, actor, step, note)
    select ${event.unitId}, ${event.productId}, coalesce(max(seq), 0) + 1, ${event.at}::timestamptz, ${event.actor}::text,
      ${event.step}::text, ${event.note}::text
    from product_event where unit_id = ${event.unitId} and product_id = ${event.productId}`.execute(tx);
}

export type ProductEvent = { at: Date; by: string; step: ProductStep | 'draft'; note: string };

/** What happened to a product, the first thing first. `by` is a person's name, or empty. */
export async function readProductEvents(db: Reader, unitId: number, productId: string): Promise<ProductEvent[]> {
  const { rows } = await sql<ProductEvent>`
    select e.at, coalesce(n.name, '') as by, e.step, e.note from product_event e
    left join lateral (select name from person where id = case when e.actor ~ '^[0-9a-f-]{36}$' then e.actor::uuid end limit 1) n on true
    where e.unit_id = ${unitId} and e.product_id = ${productId} order by e.seq limit 200`.execute(db);
  return rows;
}

/** Whether bytes belong to a product of the unit, and what they are. */
export async function findProductFile(
  db: Reader,
  unitId: number,
  digest: string,
): Promise<{ mediaType: string; title: string } | null> {
  const { rows } = await sql<{ mediaType: string; title: string }>`
    select f.media_type as "mediaType", p.title from product p join file f on f.digest = p.file_digest
    where p.unit_id = ${unitId} and p.file_digest = ${digest} limit 1`.execute(db);
  return rows[0] ?? null;
}
