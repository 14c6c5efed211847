import type { Day } from '@dinh/domain/kernel';
import type { Digest, NodePlace } from '@dinh/domain/proof';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import type { PageKey } from './pages.ts';

// Any fixed number; it names the log among advisory locks.
const LOG = 7_021_953;

/** Waits until nobody else adds to the log, and keeps it until the end of the transaction. */
export async function lockLog(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOG})`.execute(tx);
}

export type Waiting = PageKey & { version: number; leaf: Digest };

/** Versions the log has not taken in, the longest waiting first. */
export async function readWaiting(tx: Tx, limit: number): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select p.unit_id as "unitId", p.code, p.language, p.version, encode(p.leaf, 'hex') as leaf
    from proof_waiting w join proof_page p using (unit_id, code, language, version)
    order by p.sealed_at, p.unit_id, p.code, p.language, p.version limit ${limit}`.execute(tx);
  return rows;
}

/** Whether a head is to be made: versions wait, or the day has none yet. */
export async function headDue(db: Reader, day: Day): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select exists (select from proof_waiting) or not exists (select from proof_head where unit_id = 0 and day = ${day}) as due`.execute(
    db,
  );
  return rows[0]!.due;
}

export type Node = NodePlace & { hash: Digest };

/** Those of the nodes that are there. */
export async function readNodes(db: Reader, places: readonly NodePlace[]): Promise<Node[]> {
  const { rows } = await sql<Node>`
    select n.level, n.place, encode(n.hash, 'hex') as hash
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as a (level integer, place bigint)
    join proof_node n on n.unit_id = 0 and n.level = a.level and n.place = a.place`.execute(db);
  return rows;
}

/** Takes versions into the log from a place on, with the nodes that became whole by it. */
export async function appendToLog(
  tx: Tx,
  from: number,
  versions: readonly Waiting[],
  nodes: readonly Node[],
): Promise<void> {
  await sql`
    insert into proof_node (unit_id, level, place, hash)
    select 0, level, place, decode(hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(nodes)}::jsonb) as n (level integer, place bigint, hash text)`.execute(tx);
  await sql`
    with given as (
      select v.*, n - 1 + ${from}::bigint as place from jsonb_array_elements(${JSON.stringify(versions)}::jsonb) with ordinality e (v, n)
      cross join lateral jsonb_to_record(e.v) as v ("unitId" integer, code text, language text, version integer)
    ), taken as (
      delete from proof_waiting w using given g
      where w.unit_id = g."unitId" and w.code = g.code and w.language = g.language and w.version = g.version
    )
    insert into proof_log (unit_id, place, of_unit, code, language, version)
    select 0, place, "unitId", code, language, version from given order by place`.execute(tx);
}

export type Chain = { unitId: number; seq: number; hash: Digest };

/** Units whose chain in the journal is longer than under the last head that looked. */
export async function readGrownChains(tx: Tx): Promise<Chain[]> {
  const { rows } = await sql<Chain>`
    select h.unit_id as "unitId", h.seq, encode(h.hash, 'hex') as hash from journal_head h
    left join lateral (
      select c.seq from proof_chain c where c.unit_id = h.unit_id order by c.head desc limit 1
    ) c on true
    where h.seq > coalesce(c.seq, 0) order by h.unit_id`.execute(tx);
  return rows;
}

export async function insertChains(tx: Tx, head: number, chains: readonly Chain[]): Promise<void> {
  await sql`
    insert into proof_chain (unit_id, head, seq, hash)
    select "unitId", ${head}::integer, seq, decode(hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(chains)}::jsonb) as c ("unitId" integer, seq bigint, hash text)`.execute(
    tx,
  );
}
