import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { chooseOwner, findLauncher } from '../connection/launch.ts';
import { markIsAlive, processMark, withLock } from '../connection/process-lock.ts';
import { findPostmaster, initialise, start, stop } from '../connection/server-process.ts';
import { digestOfAll, migrate, readMigrations } from '../migrations/public.ts';
import type { Engine } from './engines/public.ts';
import { ENGINES, engineBinaries } from './engines/public.ts';

const PREFIX = 'dinh-test-';
const SUPERUSER = 'dinh_superuser';
/** Like the role Đình uses: it owns its databases and is not a superuser, so that missing rights show in tests. */
const ROLE = 'dinh';

type TestServer = { port: number; password: string };

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  jit: 'off',
  timezone: 'UTC',
  log_checkpoints: 'off',
  // Nothing in a test cluster outlives the run.
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

export const serverUrl = (server: TestServer, database: string) =>
  `postgresql://${ROLE}:${server.password}@127.0.0.1:${server.port}/${database}`;

export async function asRole<T>(url: string, fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}

async function startTestServer(engine: Engine, folder: string): Promise<TestServer> {
  const binaries = await engineBinaries(engine);
  const launcher = await findLauncher(await chooseOwner(null), folder, binaries.folder, 'pass');
  const cluster = {
    binaries,
    launcher,
    folder: path.join(folder, `cluster-${engine}`),
    logFile: path.join(folder, `server-${engine}.log`),
  };
  const superuserPassword = randomBytes(16).toString('hex');
  const password = randomBytes(16).toString('hex');
  await initialise(cluster, SUPERUSER, superuserPassword, false);
  const { port } = await start(cluster, 0, settings);
  const superuserUrl = `postgresql://${SUPERUSER}:${superuserPassword}@127.0.0.1:${port}/postgres`;
  await asRole(superuserUrl, (client) => client.query(`create role ${ROLE} login createdb password '${password}'`));
  return { port, password };
}

/** The run's server of an engine; the first test file that needs it starts it. */
export async function testServer(engine: Engine, folder: string): Promise<TestServer> {
  const file = path.join(folder, `server-${engine}.json`);
  const known = async () => JSON.parse(await readFile(file, 'utf8')) as TestServer;
  const present = await known().catch(() => null);
  if (present) return present;
  return withLock(`${file}.lock`, async () => {
    const meanwhile = await known().catch(() => null);
    if (meanwhile) return meanwhile;
    const server = await startTestServer(engine, folder);
    await writeFile(`${file}.part`, JSON.stringify(server));
    await rename(`${file}.part`, file);
    return server;
  });
}

/** Name of the migrated database from which each test database is cloned; a change of a migration makes another one. */
export async function templateDatabase(engine: Engine, folder: string, server: TestServer): Promise<string> {
  const name = `template_${digestOfAll(await readMigrations()).slice(0, 16)}`;
  await withLock(path.join(folder, `${name}-${engine}.lock`), () =>
    asRole(serverUrl(server, 'postgres'), async (client) => {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
      if (rowCount) return;
      await client.query('drop database if exists template_unfinished with (force)');
      await client.query('create database template_unfinished');
      await migrate(serverUrl(server, 'template_unfinished'));
      await client.query(`alter database template_unfinished rename to ${name}`);
    }),
  );
  return name;
}

/** Makes the folder of one run and removes what runs that were killed have left behind. */
export async function openRun(): Promise<string> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = path.join(tmpdir(), name);
    const mark = await readFile(path.join(folder, 'run'), 'utf8').catch(() => null);
    if (mark !== null && !markIsAlive(mark)) await closeRun(folder).catch(() => undefined);
  }
  const folder = await mkdtemp(path.join(tmpdir(), PREFIX));
  await writeFile(path.join(folder, 'run'), processMark());
  await chmod(folder, 0o711);
  return folder;
}

/** Stops the run's servers and removes everything. */
export async function closeRun(folder: string): Promise<void> {
  for (const engine of ENGINES) {
    const cluster = path.join(folder, `cluster-${engine}`);
    if (await findPostmaster(cluster)) await stop(cluster, 'immediate');
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
