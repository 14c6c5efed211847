import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { DatabaseError } from '../connection/public.ts';

/** One file of `packages/store/migrations`. `digest` is SHA-256 of its text with `\n` line ends. */
export type Migration = { name: string; digest: string; statements: string };
export type MigrationReport = { applied: string[]; already: number };

export const MIGRATIONS_FOLDER = path.join(import.meta.dirname, '..', '..', 'migrations');

// Any number will do, as long as nothing else in the database uses it.
const LOCK = 7_301_944_120_115;

/** The migrations of a folder in order. @throws DatabaseError `migrations.bad-name` for a name out of pattern or a number used twice */
export async function readMigrations(folder: string = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const numbers = new Set<string>();
  for (const name of names) {
    const number = name.slice(0, 4);
    if (!/^\d{4}-[a-z0-9-]+\.sql$/.test(name) || numbers.has(number))
      throw new DatabaseError('migrations.bad-name', `${name} must be NNNN-words.sql with a number of its own`, {
        name,
      });
    numbers.add(number);
  }
  return Promise.all(
    names.map(async (name) => {
      const statements = (await readFile(path.join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, digest: createHash('sha256').update(statements).digest('hex'), statements };
    }),
  );
}

/** One digest over all migrations: databases made by the same digest have the same tables. */
export function digestOfAll(migrations: Migration[]): string {
  return createHash('sha256')
    .update(migrations.map(({ name, digest }) => `${name} ${digest}\n`).join(''))
    .digest('hex');
}

function checkHistory(migrations: Migration[], applied: Map<string, string>): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.digest]));
  for (const [name, digest] of applied) {
    const expected = known.get(name);
    if (expected === undefined)
      throw new DatabaseError(
        'migrations.newer',
        `the database has ${name}, which this Đình does not know; use the newer Đình`,
        { name },
      );
    if (expected !== digest)
      throw new DatabaseError(
        'migrations.changed',
        `${name} was applied and has been changed since; changes go into a new file`,
        { name },
      );
  }
  const last = [...applied.keys()].sort().at(-1) ?? '';
  const late = migrations.find(({ name }) => !applied.has(name) && name < last);
  if (late)
    throw new DatabaseError(
      'migrations.out-of-order',
      `${late.name} comes before ${last}, which is applied; give it a later number`,
      { name: late.name, last },
    );
}

function failure(migration: Migration, error: unknown): DatabaseError {
  const position = Number((error as { position?: string }).position);
  const line = Number.isInteger(position)
    ? [...migration.statements].slice(0, position).filter((letter) => letter === '\n').length + 1
    : 0;
  const reason = error instanceof Error ? error.message : String(error);
  return new DatabaseError(
    'migrations.failed',
    `${migration.name}${line ? ` line ${line}` : ''}: ${reason}`,
    { name: migration.name, line, reason },
    error,
  );
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.statements);
    await client.query('insert into schema_migration (name, digest) values ($1, $2)', [
      migration.name,
      migration.digest,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw failure(migration, error);
  }
}

/**
 * Brings a database to the tables of this code: applies, in order and each in its own transaction, the files it does not have yet.
 * Several processes may call it at once; they take turns.
 * @throws DatabaseError `migrations.changed`, `migrations.newer`, `migrations.out-of-order`, `migrations.failed` (what was applied before stays)
 */
export async function migrate(
  url: string,
  options: { folder?: string; onApplied?: (name: string) => void } = {},
): Promise<MigrationReport> {
  const migrations = await readMigrations(options.folder);
  const client = new pg.Client({ connectionString: url, application_name: 'dinh migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(`create table if not exists schema_migration (
      name text primary key, digest text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ name: string; digest: string }>('select name, digest from schema_migration');
    const applied = new Map(rows.map((row) => [row.name, row.digest]));
    checkHistory(migrations, applied);
    const waiting = migrations.filter(({ name }) => !applied.has(name));
    for (const migration of waiting) {
      await apply(client, migration);
      options.onApplied?.(migration.name);
    }
    return { applied: waiting.map(({ name }) => name), already: applied.size };
  } finally {
    // Ends the session and with it the lock.
    await client.end();
  }
}
