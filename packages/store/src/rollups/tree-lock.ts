import { sql } from 'kysely';
import type { TransactionOptions, Tx } from '../connection/public.ts';
import { gatherAll } from './gather.ts';

// Any fixed number; it names the tree among advisory locks.
const TREE = 7_021_945;

/** Held by everyone who writes: the tree stays as it is until their commit. Many hold it at once. */
export const sharedTree: TransactionOptions = { sharing: TREE };

/** The same, within a transaction that began without. */
export async function shareTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${TREE})`.execute(tx);
}

/**
 * Held alone by structural operations (move, merge, split, dissolve): waits for the writers in flight, then gathers every waiting
 * change, so that no change keeps a path of the old tree.
 */
export async function lockTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${TREE})`.execute(tx);
  await gatherAll(tx);
}
