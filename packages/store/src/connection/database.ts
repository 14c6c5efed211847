import type { Transaction } from 'kysely';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import Cursor from 'pg-cursor';
import type { Tables } from '../schema.ts';
import { DatabaseError } from './database-error.ts';
import { planName } from './often.ts';
import { valueTypes } from './values.ts';

declare const transactional: unique symbol;

/** Reads: what both a database and a transaction can do. It has no insert, update, delete or begin. */
export type Reader = Pick<
  Kysely<Tables>,
  'selectFrom' | 'selectNoFrom' | 'with' | 'withRecursive' | 'fn' | 'case' | 'dynamic' | 'executeQuery' | 'getExecutor'
>;
/** The connections outside a transaction; every statement may run on another one. */
export type Db = Reader;
/** A running transaction. Only `transaction` makes one, so a function that asks for it cannot write outside. */
export type Tx = Omit<Transaction<Tables>, 'transaction' | 'startTransaction' | 'connection' | 'destroy'> & {
  readonly [transactional]: true;
};

/** An open database. */
export type Database = {
  readonly db: Db;
  readonly url: string;
  /** Waits for what runs, then closes every connection. */
  close(): Promise<void>;
};

export type DatabaseOptions = {
  /** `postgresql://user:password@host:port/name` */
  url: string;
  /** Most connections at a time; 10 when absent. */
  connections?: number;
  /**
   * Commits do not wait for the disk: a crash may lose the last of them, never a part of one. Only for work that would be begun anew
   * after a crash. What a waiting commit writes later keeps all of it.
   */
  hurried?: boolean;
};

export type Client = Pick<pg.PoolClient, 'query' | 'release'>;
/** What the files of this folder know of a database and nobody else does. */
export type Inner = { pool: pg.Pool; watchers: Set<(statement: string) => void> };

const inners = new WeakMap<Database, Inner>();

export function innerOf(database: Database): Inner {
  const inner = inners.get(database);
  if (!inner) throw new TypeError('this database was not opened by openDatabase');
  return inner;
}

/** Cursors take their value types from nowhere but here. */
class TypedCursor extends Cursor {
  constructor(statement: string, values?: unknown[]) {
    super(statement, values, { types: valueTypes });
  }
}

/** Settings every connection has, whatever the server's own are: the text of dates, and the day an instant lies on, depend on them. */
export const sessionOptions = '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres';

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  if (typeof statement === 'object' && statement !== null && 'text' in statement) return String(statement.text);
  return '';
}

/** A client that tells the watchers of each statement and refuses after its end. */
export function watchedClient(
  client: Client,
  inner: Inner,
  ended: () => boolean,
  release: (discard?: boolean) => void,
): Client {
  const query = (...args: unknown[]) => {
    if (ended()) throw new TypeError('the transaction of this statement has ended; a promise was not awaited');
    for (const watcher of inner.watchers) watcher(textOf(args[0]));
    const [text, values] = args;
    const name = typeof text === 'string' && Array.isArray(values) ? planName(text) : undefined;
    const sent = name === undefined ? args : [{ name, text, values }];
    return (client.query as (...all: unknown[]) => unknown).apply(client, sent);
  };
  return { query: query as Client['query'], release: release as Client['release'] };
}

/** Kysely on clients that `connect` hands out. */
export function kyselyOn(connect: () => Promise<Client>): Kysely<Tables> {
  const pool = { connect, end: async () => undefined, options: {} };
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: pool as unknown as pg.Pool, cursor: TypedCursor }),
  });
}

/**
 * Opens a database; connections are made when needed.
 * Values arrive as `values.ts` says: int8 as exact number, numeric as text, date as `YYYY-MM-DD`, timestamptz as Date.
 */
export function openDatabase(options: DatabaseOptions): Database {
  if (!/^postgres(ql)?:\/\//.test(options.url))
    throw new DatabaseError(
      'database.wrong-url',
      'DATABASE_URL must look like postgresql://user:password@host:5432/name',
    );
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections ?? 10,
    types: valueTypes,
    options: options.hurried ? `${sessionOptions} -c synchronous_commit=off` : sessionOptions,
    application_name: 'dinh',
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
  });
  // A connection that breaks rejects the statement that used it; without listeners it would end the process as well.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const inner: Inner = { pool, watchers: new Set() };
  const db = kyselyOn(async () => {
    const client = await pool.connect();
    return watchedClient(
      client,
      inner,
      () => false,
      (discard) => client.release(discard),
    );
  });
  let closing: Promise<void> | null = null;
  const database: Database = { db, url: options.url, close: () => (closing ??= pool.end()) };
  inners.set(database, inner);
  return database;
}
