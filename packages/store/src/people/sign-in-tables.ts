import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database, Tx } from '../connection/public.ts';

/**
 * The connections as better-auth's adapter needs them. It writes sessions on its own, outside commands; nothing else may use this.
 */
export function signInTables(database: Database): Kysely<Record<string, Record<string, unknown>>> {
  return database.db as unknown as Kysely<Record<string, Record<string, unknown>>>;
}

const keyOf = (kind: 'name' | 'address', value: string) => createHash('sha256').update(`${kind}:${value}`).digest();

/** The name tried (null when none is typed, as with a passkey) and the address it came from. */
export type Tried = { name: string | null; address: string };

const keysOf = ({ name, address }: Tried) => [
  keyOf('address', address),
  ...(name === null ? [] : [keyOf('name', name)]),
];

/**
 * Counts an attempt before it is made, so that a thousand at once do not slip past the limit, and clears windows that have closed.
 * Returns the attempts in the open window, this one included.
 */
export async function countAttempt(
  tx: Tx,
  tried: Tried,
  windowStart: Date,
  now: Date,
): Promise<{ name: number; address: number }> {
  await sql`
    delete from sign_in_attempt where key in (
      select key from sign_in_attempt where started_at <= ${windowStart} order by key for update skip locked)`.execute(
    tx,
  );
  const { rows } = await sql<{ key: Buffer; failures: number }>`
    insert into sign_in_attempt (key, started_at, failures)
    select key, ${now}::timestamptz, 1 from unnest(${keysOf(tried)}::bytea[]) as key order by key
    on conflict (key) do update set
      failures = case when sign_in_attempt.started_at <= ${windowStart} then 1 else sign_in_attempt.failures + 1 end,
      started_at = case when sign_in_attempt.started_at <= ${windowStart} then excluded.started_at else sign_in_attempt.started_at end
    returning key, failures`.execute(tx);
  const address = keyOf('address', tried.address);
  return {
    name: rows.find((row) => !row.key.equals(address))?.failures ?? 0,
    address: rows.find((row) => row.key.equals(address))?.failures ?? 0,
  };
}

/** A success takes its own attempt back and forgets the failures of the name, not those of the address. */
export async function forgiveAttempt(tx: Tx, tried: Tried): Promise<void> {
  if (tried.name !== null) await sql`delete from sign_in_attempt where key = ${keyOf('name', tried.name)}`.execute(tx);
  await sql`
    update sign_in_attempt set failures = greatest(failures - 1, 0) where key = ${keyOf('address', tried.address)}`.execute(
    tx,
  );
}
