import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import { gather } from './gather.ts';
import { shareTree } from './tree-lock.ts';

// Any fixed number; it names the background gatherer among advisory locks.
const GATHERER = 7_021_946;

/**
 * One turn of the background gatherer: up to `limit` waiting changes, unless another process is at it (null). Holds the tree as writers
 * do, so that a structural operation never finds changes half gathered.
 */
export async function gatherInTurn(tx: Tx, limit: number): Promise<number | null> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${GATHERER}) as mine`.execute(tx);
  if (!rows[0]!.mine) return null;
  await shareTree(tx);
  return gather(tx, limit);
}

/** Whether changes wait to be gathered. */
export async function changesWait(db: Reader): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean }>`select exists (select 1 from rollup_change) as waiting`.execute(db);
  return rows[0]!.waiting;
}
