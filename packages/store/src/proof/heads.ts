import type { Day } from '@dinh/domain/kernel';
import type { Digest, Head, PublishedHead } from '@dinh/domain/proof';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import type { Node } from './log.ts';
import type { PageKey } from './pages.ts';

type HeadRow = Omit<Head, 'at'> & { at: Date; hash: Digest; consistency: Digest[] };

const columns = sql`
  h.number, h.day, h.at, h.size, encode(h.root, 'hex') as root, encode(h.journal, 'hex') as journal,
  encode(h.previous, 'hex') as previous, encode(h.hash, 'hex') as hash,
  array(select encode(c, 'hex') from unnest(h.consistency) with ordinality u (c, n) order by n) as consistency
  from proof_head h`;

const published = (row: HeadRow): PublishedHead => ({ ...row, at: row.at.toISOString() });

export async function readLastHead(db: Reader): Promise<PublishedHead | null> {
  const { rows } = await sql<HeadRow>`select ${columns} where h.unit_id = 0 order by h.number desc limit 1`.execute(db);
  return rows[0] ? published(rows[0]) : null;
}

/** Heads of some days, the earliest first; of too many, the latest. */
export async function listHeads(db: Reader, from: Day, to: Day, limit: number): Promise<PublishedHead[]> {
  const { rows } = await sql<HeadRow>`
    select ${columns} where h.unit_id = 0 and h.day between ${from} and ${to} order by h.number desc limit ${limit}`.execute(
    db,
  );
  return rows.reverse().map(published);
}

/** Heads after one, in order. */
export async function headsAfter(db: Reader, number: number, limit: number): Promise<PublishedHead[]> {
  const { rows } = await sql<HeadRow>`
    select ${columns} where h.unit_id = 0 and h.number > ${number} order by h.number limit ${limit}`.execute(db);
  return rows.map(published);
}

export async function insertHead(tx: Tx, head: PublishedHead): Promise<void> {
  await sql`
    insert into proof_head (unit_id, number, day, at, size, root, journal, previous, hash, consistency)
    values (0, ${head.number}, ${head.day}, ${head.at}::timestamptz, ${head.size}, decode(${head.root}, 'hex'),
      decode(${head.journal}, 'hex'), decode(${head.previous}, 'hex'), decode(${head.hash}, 'hex'),
      array(select decode(c, 'hex') from unnest(${head.consistency}::text[]) with ordinality u (c, n) order by n))`.execute(
    tx,
  );
}

/** A page's latest version, and how it stands in the log. */
export type Sealed = {
  version: number;
  salt: string | null;
  leaf: Digest;
  /** Place in the log; null while it waits for it. */
  place: number | null;
  /** The last head; null while the log has none. */
  head: Head | null;
  /** All nodes its way to the head's root is made from. */
  nodes: Node[];
};

/** One statement: peaks of the head's tree, and what stands beside the leaf's way up. */
export async function readSealed(db: Reader, { unitId, code, language }: PageKey): Promise<Sealed | null> {
  type Row = Omit<Sealed, 'head' | 'nodes'> & Partial<Omit<HeadRow, 'hash'>> & { nodes: Node[] | null };
  const { rows } = await sql<Row>`
    select p.version, encode(p.salt, 'hex') as salt, encode(p.leaf, 'hex') as leaf, l.place, t.*, n.nodes
    from (
      select * from proof_page where unit_id = ${unitId} and code = ${code} and language = ${language}
      order by version desc limit 1
    ) p
    left join proof_log l on l.unit_id = 0 and l.of_unit = p.unit_id and l.code = p.code and l.language = p.language
      and l.version = p.version
    left join lateral (
      select ${columns} where h.unit_id = 0 order by h.number desc limit 1
    ) t on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('level', n.level, 'place', n.place, 'hash', encode(n.hash, 'hex'))) as nodes
      from generate_series(0, ceil(ln(greatest(t.size, 2)) / ln(2))::integer) as s (step)
      cross join lateral (values ((l.place >> s.step) # 1), (t.size / (1::bigint << s.step) - 1)) as w (place)
      join proof_node n on n.unit_id = 0 and n.level = s.step and n.place = w.place
    ) n on true`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const { version, salt, leaf, place, number, day, at, size, root, journal, previous, nodes } = row;
  const head =
    number && day && at && size !== undefined && root
      ? { number, day, at: at.toISOString(), size, root, journal: journal ?? null, previous: previous ?? null }
      : null;
  return { version, salt, leaf, place, head, nodes: nodes ?? [] };
}
