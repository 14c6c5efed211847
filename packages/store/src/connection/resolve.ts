import pg from 'pg';
import type { OnProgress, RunningServer } from './bundled.ts';
import { startBundled } from './bundled.ts';
import { sessionOptions } from './database.ts';
import { DatabaseError, errorCode } from './database-error.ts';

export const OLDEST_MAJOR = 15;

export type DatabaseEnvironment = { DATABASE_URL?: string | undefined; DINH_DATA?: string | undefined };

/** The URL for people's eyes: without user and password. */
function place(url: URL): string {
  return `${url.hostname || 'localhost'}:${url.port || '5432'}${url.pathname}`;
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1) return url;
  throw new DatabaseError(
    'database.wrong-url',
    'DATABASE_URL must look like postgresql://user:password@host:5432/name',
  );
}

function connectError(error: unknown, where: string): DatabaseError {
  const reason =
    error instanceof AggregateError
      ? (error.errors[0] as Error).message
      : error instanceof Error
        ? error.message
        : String(error);
  const code = errorCode(error) ?? '';
  if (code.startsWith('28'))
    return new DatabaseError('database.sign-in-failed', `the server at ${where} refuses the user or password`, {
      place: where,
    });
  if (code === '3D000')
    return new DatabaseError('database.missing', `the server has no database ${where}; create it with encoding UTF8`, {
      place: where,
    });
  return new DatabaseError('database.unreachable', `no PostgreSQL answers at ${where}: ${reason}`, {
    place: where,
    reason,
  });
}

/** Checks that Đình can work on a server of the user's. @throws DatabaseError, one line, no password in it */
export async function checkServer(text: string): Promise<void> {
  const where = place(parseUrl(text));
  const client = new pg.Client({ connectionString: text, options: sessionOptions, connectionTimeoutMillis: 15_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw connectError(error, where);
  }
  try {
    const { rows } = await client.query<{ version: number; encoding: string; standby: boolean; creates: boolean }>(`
      select current_setting('server_version_num')::integer / 10000 as version, current_setting('server_encoding') as encoding,
        pg_is_in_recovery() as standby,
        has_schema_privilege(current_user, coalesce(current_schema(), 'public'), 'create') as creates`);
    const found = rows[0]!;
    if (found.version < OLDEST_MAJOR)
      throw new DatabaseError(
        'database.too-old',
        `${where} is PostgreSQL ${found.version}; ${OLDEST_MAJOR} or later is needed`,
        {
          place: where,
          found: found.version,
          expected: OLDEST_MAJOR,
        },
      );
    if (found.encoding !== 'UTF8')
      throw new DatabaseError(
        'database.wrong-encoding',
        `${where} stores ${found.encoding}; create the database with encoding UTF8`,
        {
          place: where,
          found: found.encoding,
        },
      );
    if (found.standby)
      throw new DatabaseError('database.read-only', `${where} is a standby; use the primary`, { place: where });
    if (!found.creates)
      throw new DatabaseError('database.no-create', `the user may not create tables in ${where}`, { place: where });
  } finally {
    await client.end();
  }
}

/**
 * The database to use: the user's server when `DATABASE_URL` is set (checked: version, encoding, rights), else the bundled one under
 * `DINH_DATA` (default `.data`). `stop` ends only what was started.
 * @throws DatabaseError
 */
export async function resolveDatabase(
  environment: DatabaseEnvironment,
  onProgress: OnProgress = () => undefined,
): Promise<RunningServer> {
  const url = environment.DATABASE_URL?.trim();
  if (!url) return startBundled(environment.DINH_DATA?.trim() || '.data', onProgress);
  await checkServer(url);
  onProgress('ready');
  return { url, stop: async () => undefined };
}
