import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Database, Inner, Tx } from './database.ts';
import { innerOf, kyselyOn, watchedClient } from './database.ts';
import { DatabaseError, errorCode } from './database-error.ts';

export type Isolation = 'read committed' | 'repeatable read' | 'serializable';
export type TransactionOptions = {
  /** The server refuses writes, and all reads see one moment (`repeatable read`) unless `isolation` says otherwise. */
  readOnly?: boolean;
  isolation?: Isolation;
  /** Number of an advisory lock held in common with others until the end; it is taken in the same breath as the beginning. */
  sharing?: number;
};

const ATTEMPTS = 6;
const clients = new WeakMap<Tx, Client>();

/** The client of a running transaction, for statements Kysely cannot send (COPY). */
export function clientOf(tx: Tx): Client {
  const client = clients.get(tx);
  if (!client) throw new TypeError('this transaction was not begun by transaction()');
  return client;
}

function beginStatement({ readOnly = false, isolation, sharing }: TransactionOptions): string {
  const level = isolation ?? (readOnly ? 'repeatable read' : 'read committed');
  const begin = `begin isolation level ${level}${readOnly ? ' read only' : ''}`;
  return sharing === undefined ? begin : `${begin}; select pg_advisory_xact_lock_shared(${sharing})`;
}

async function once<T>(inner: Inner, options: TransactionOptions, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const pooled = await inner.pool.connect();
  let ended = false;
  let broken = false;
  const client = watchedClient(
    pooled,
    inner,
    () => ended,
    () => undefined,
  );
  const tx = kyselyOn(async () => client) as unknown as Tx;
  clients.set(tx, client);
  try {
    await client.query(beginStatement(options));
    const result = await fn(tx);
    const { command } = await client.query('commit');
    // PostgreSQL answers COMMIT of a transaction in which a statement failed with ROLLBACK and no error.
    if (command === 'ROLLBACK')
      throw new DatabaseError('database.aborted', 'a statement of this transaction failed and its error was swallowed');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    ended = true;
    pooled.release(broken);
  }
}

/** Serialisation failure or deadlock: the same work may succeed when done again. */
const worthAnotherTry = (error: unknown) => errorCode(error) === '40001' || errorCode(error) === '40P01';

/**
 * Runs `fn` in a transaction: commits when it returns, rolls back when it throws. This is the only place where one begins. After a
 * serialisation failure or deadlock `fn` runs again from the start (up to six times), so it must not do anything outside `tx`.
 */
export async function transaction<T>(
  database: Database,
  options: TransactionOptions,
  fn: (tx: Tx) => Promise<T>,
): Promise<T> {
  const inner = innerOf(database);
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(inner, options, fn);
    } catch (error) {
      if (attempt >= ATTEMPTS || !worthAnotherTry(error)) throw error;
      // Two that collided must not come back at the same moment.
      await sleep(2 ** attempt * (0.5 + Math.random()));
    }
  }
}
