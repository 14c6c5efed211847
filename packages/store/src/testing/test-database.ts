import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, describe, inject } from 'vitest';
import type { Database } from '../connection/public.ts';
import { openDatabase } from '../connection/public.ts';
import { asRole, serverUrl, templateDatabase, testServer } from './cluster.ts';
import type { Engine } from './engines/public.ts';
import { chosenEngines } from './engines/public.ts';
// Brings the type of what global-setup provides.
import type {} from './global-setup.ts';

export type TestDatabase = Database & {
  readonly engine: Engine;
  /** Runs one statement outside any transaction, as a test's look behind the scenes. */
  query<Row extends Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
};

export type TestDatabaseOptions = {
  /** Without migrations: a database with no tables. */
  empty?: boolean;
};

const defaultEngine = (): Engine => chosenEngines()[0] ?? '18';

const ATTEMPTS = 20;
const PAUSE_MS = 250;

/** Drops a database. The server's own housekeeping may be in it, which an ordinary role cannot end: it goes by itself. */
async function dropped(client: pg.Client, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`drop database if exists ${name} with (force)`);
      return;
    } catch (error) {
      const isRefused = error instanceof Error && 'code' in error && error.code === '42501';
      if (!isRefused || attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

/**
 * A database of its own on a real server, with all migrations applied; dropped when the test file ends. Call it at the top of a file
 * or directly in a `describe` (both may await), not in a hook.
 */
export async function testDatabase(
  engine: Engine = defaultEngine(),
  options: TestDatabaseOptions = {},
): Promise<TestDatabase> {
  const folder = inject('dinhTestFolder');
  const server = await testServer(engine, folder);
  const template = options.empty ? 'template0' : await templateDatabase(engine, folder, server);
  const name = `test_${randomBytes(8).toString('hex')}`;
  const admin = serverUrl(server, 'postgres');
  await asRole(admin, (client) => client.query(`create database ${name} template ${template}`));
  const database = openDatabase({ url: serverUrl(server, name) });
  afterAll(async () => {
    await database.close();
    await asRole(admin, (client) => dropped(client, name));
  });
  const query: TestDatabase['query'] = (text, values = []) =>
    asRole(database.url, async (client) => (await client.query(text, values)).rows);
  return Object.assign(database, { engine, query });
}

/** Runs a describe block once per engine of this run; `fn` may await `testDatabase(engine)`. */
export function forEachEngine(name: string, fn: (engine: Engine) => void | Promise<void>): void {
  for (const engine of chosenEngines()) describe(`${name} (PostgreSQL ${engine})`, () => fn(engine));
}
