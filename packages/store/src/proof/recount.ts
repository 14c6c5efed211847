import type { Digest } from '@dinh/domain/proof';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import type { Chain } from './log.ts';

/** Leaves of the log from a place on, as the sealed versions have them; null where the log and the versions differ. */
export async function readLeaves(
  db: Reader,
  from: number,
  limit: number,
): Promise<{ place: number; leaf: Digest | null; node: Digest | null }[]> {
  const { rows } = await sql<{ place: number; leaf: Digest | null; node: Digest | null }>`
    select l.place, encode(p.leaf, 'hex') as leaf, encode(n.hash, 'hex') as node
    from proof_log l
    left join proof_page p on p.unit_id = l.of_unit and p.code = l.code and p.language = l.language and p.version = l.version
    left join proof_node n on n.unit_id = 0 and n.level = 0 and n.place = l.place
    where l.unit_id = 0 and l.place >= ${from} order by l.place limit ${limit}`.execute(db);
  return rows;
}

/** How many nodes there are, and how many versions stand neither in the log nor wait for it. */
export async function countProof(db: Reader): Promise<{ nodes: number; lost: number }> {
  const { rows } = await sql<{ nodes: number; lost: number }>`
    select (select count(*) from proof_node) as nodes,
      (select count(*) from proof_page p
       where not exists (select from proof_log l where l.unit_id = 0 and l.of_unit = p.unit_id and l.code = p.code
           and l.language = p.language and l.version = p.version)
         and not exists (select from proof_waiting w where w.unit_id = p.unit_id and w.code = p.code
           and w.language = p.language and w.version = p.version)) as lost`.execute(db);
  return rows[0]!;
}

/** Ends of chains under a head, with whether the journal still has them so. */
export async function readChains(db: Reader, head: number): Promise<(Chain & { kept: boolean })[]> {
  const { rows } = await sql<Chain & { kept: boolean }>`
    select c.unit_id as "unitId", c.seq, encode(c.hash, 'hex') as hash, j.hash is not distinct from c.hash as kept
    from proof_chain c left join journal j on j.unit_id = c.unit_id and j.seq = c.seq
    where c.head = ${head} order by c.unit_id`.execute(db);
  return rows;
}
