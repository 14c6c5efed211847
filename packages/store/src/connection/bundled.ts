import { randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Binaries } from './binaries.ts';
import { BUNDLED_MAJOR, bundledBinaries } from './binaries.ts';
import { DatabaseError, errorCode, folderError } from './database-error.ts';
import type { Owner } from './launch.ts';
import { chooseOwner, findLauncher } from './launch.ts';
import { markIsAlive, processMark, withLock } from './process-lock.ts';
import type { Cluster, Postmaster } from './server-process.ts';
import { findPostmaster, initialise, runSingle, start, stop } from './server-process.ts';

/** What is being done, in the order it may happen; the words are made by whoever shows them. */
export type StartStep = 'create' | 'set-aside' | 'recover' | 'start' | 'reuse' | 'mend-password' | 'ready';
export type OnProgress = (step: StartStep) => void;
export type RunningServer = { url: string; stop: () => Promise<void> };

type Secret = { superuserPassword: string; password: string; port: number };

const SUPERUSER = 'dinh_superuser';
const ROLE = 'dinh';
const SMALLEST_NEW = 150 * 1024 * 1024;

/** Settings for a machine that does other things too; durability is PostgreSQL's default and stays on. */
export function serverSettings(): Record<string, string> {
  const megabytes = (share: number, least: number, most: number) =>
    `${Math.round(Math.min(Math.max(totalmem() * share, least * 2 ** 20), most * 2 ** 20) / 2 ** 20)}MB`;
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: megabytes(1 / 8, 48, 1024),
    effective_cache_size: megabytes(1 / 2, 256, 65_536),
    maintenance_work_mem: megabytes(1 / 32, 32, 512),
    work_mem: megabytes(1 / 256, 4, 32),
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: freemem() > 2 ** 30 ? '1GB' : '512MB',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // The log names no person: no statements, and no row values in details of errors.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
}

const folders = (dataFolder: string) => {
  const home = path.resolve(dataFolder, 'postgres');
  return {
    home,
    cluster: path.join(home, 'cluster'),
    secret: path.join(home, 'secret.json'),
    lock: path.join(home, 'start.lock'),
    users: path.join(home, 'users'),
    log: path.join(home, 'server.log'),
  };
};
type Folders = ReturnType<typeof folders>;

async function writeDurably(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(temporary, 'wx', 0o600);
  await handle.writeFile(text);
  await handle.sync();
  await handle.close();
  await rename(temporary, file);
}

async function readSecret(at: Folders): Promise<Secret | null> {
  try {
    return JSON.parse(await readFile(at.secret, 'utf8')) as Secret;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

const newSecret = (): Secret => ({
  superuserPassword: randomBytes(24).toString('base64url'),
  password: randomBytes(24).toString('base64url'),
  port: 0,
});

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

async function ownerOf(folder: string): Promise<Owner | null> {
  return stat(folder).then(
    (found) => ({ uid: found.uid, gid: found.gid }),
    () => null,
  );
}

/** A cluster that was not finished is put aside, never deleted; one that lost its control file is not touched. */
async function setAsideIncomplete(at: Folders, onProgress: OnProgress): Promise<void> {
  if (!(await exists(at.cluster))) return;
  const [version, control, base] = await Promise.all(
    ['PG_VERSION', 'global/pg_control', 'base/1'].map((name) => exists(path.join(at.cluster, name))),
  );
  if (version && control) return;
  if (control || (version && base))
    throw new DatabaseError(
      'database.damaged',
      `the database in ${at.cluster} lacks files it cannot do without; restore a backup`,
      { folder: at.cluster },
    );
  onProgress('set-aside');
  await rename(at.cluster, `${at.cluster}.incomplete-${randomBytes(4).toString('hex')}`);
}

async function create(at: Folders, binaries: Binaries, owner: Owner | null): Promise<void> {
  const space = await statfs(at.home);
  if (space.bavail * space.bsize < SMALLEST_NEW)
    throw new DatabaseError('database.no-space', `a new database needs 150 MB in ${at.home}`, { folder: at.home });
  const temporary = path.join(at.home, `new-${randomBytes(6).toString('hex')}`);
  // The launcher is tried on the very folder, before anything is written there.
  await mkdir(temporary, { mode: 0o711 });
  try {
    const secret = newSecret();
    const folder = path.join(temporary, 'cluster');
    const launcher = await findLauncher(owner, temporary, binaries.folder, 'pass');
    await initialise({ binaries, launcher, folder, logFile: at.log }, SUPERUSER, secret.superuserPassword, true);
    await writeDurably(at.secret, JSON.stringify(secret));
    await rename(folder, at.cluster);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function checkMajor(at: Folders): Promise<void> {
  const found = (await readFile(path.join(at.cluster, 'PG_VERSION'), 'utf8')).trim();
  if (found !== String(BUNDLED_MAJOR))
    throw new DatabaseError(
      'database.other-major',
      `the data in ${at.cluster} is of PostgreSQL ${found}, this Đình brings ${BUNDLED_MAJOR}; restore a backup into a new folder`,
      {
        folder: at.cluster,
        found,
        expected: BUNDLED_MAJOR,
      },
    );
}

const urlOf = (secret: Secret, port: number) => `postgresql://${ROLE}:${secret.password}@127.0.0.1:${port}/${ROLE}`;

/** Makes the role and database Đình uses; it is not the superuser, so no statement of Đình can reach the server's files. */
async function ensureRole(secret: Secret, port: number): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password: secret.superuserPassword,
    database: 'postgres',
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: boolean; base: boolean }>(
      'select exists (select from pg_roles where rolname = $1) as role, exists (select from pg_database where datname = $1) as base',
      [ROLE],
    );
    if (!rows[0]?.role) await client.query(`create role ${ROLE} login password '${secret.password}'`);
    if (!rows[0]?.base) await client.query(`create database ${ROLE} owner ${ROLE}`);
  } finally {
    await client.end();
  }
}

/** Gives new passwords to a cluster whose password file was lost; only who owns the folder can do that. */
async function mendPassword(at: Folders, cluster: Cluster): Promise<Secret> {
  const secret = newSecret();
  await runSingle(cluster, `alter role ${SUPERUSER} password '${secret.superuserPassword}'`);
  await runSingle(
    cluster,
    `do $$ begin if exists (select from pg_roles where rolname = '${ROLE}') then alter role ${ROLE} password '${secret.password}'; end if; end $$`,
  );
  await writeDurably(at.secret, JSON.stringify(secret));
  return secret;
}

/** Marks of live processes that use the server; those of dead ones are removed. */
async function liveUsers(at: Folders): Promise<string[]> {
  const live: string[] = [];
  for (const name of await readdir(at.users).catch(() => [])) {
    const mark = await readFile(path.join(at.users, name), 'utf8').catch(() => '');
    if (markIsAlive(mark)) live.push(mark);
    else await rm(path.join(at.users, name), { force: true });
  }
  return live;
}

async function settle(at: Folders): Promise<Postmaster | null> {
  for (;;) {
    const found = await findPostmaster(at.cluster);
    if (!found || found.status === 'ready') return found;
    await sleep(20);
  }
}

async function openCluster(at: Folders, onProgress: OnProgress): Promise<{ secret: Secret; port: number }> {
  const binaries = await bundledBinaries();
  for (const name of await readdir(at.home)) {
    if (name.startsWith('new-')) await rm(path.join(at.home, name), { recursive: true, force: true });
  }
  await setAsideIncomplete(at, onProgress);
  const owner = await chooseOwner(await ownerOf(at.cluster));
  if (!(await exists(at.cluster))) {
    onProgress('create');
    await create(at, binaries, owner);
  }
  await checkMajor(at);
  let secret = await readSecret(at);
  const running = await settle(at);
  if (running && secret && (await liveUsers(at)).length > 0) {
    onProgress('reuse');
    return { secret, port: running.port };
  }
  // Left behind by a run that was killed: stopped and started anew, so that it has today's programs and settings.
  if (running) {
    onProgress('recover');
    await stop(at.cluster, 'fast');
  }
  const launcher = await findLauncher(owner, at.cluster, binaries.folder, 'write');
  const cluster: Cluster = { binaries, launcher, folder: at.cluster, logFile: at.log };
  if (!secret) {
    onProgress('mend-password');
    secret = await mendPassword(at, cluster);
  }
  onProgress('start');
  const { port } = await start(cluster, secret.port, serverSettings());
  await ensureRole(secret, port);
  if (port !== secret.port) await writeDurably(at.secret, JSON.stringify({ ...secret, port }));
  return { secret, port };
}

/**
 * Starts the bundled PostgreSQL on `<dataFolder>/postgres`, making it when there is none, or joins the one another process of this
 * machine already runs there. Whoever stops last stops the server.
 * @throws DatabaseError with a `database.*` code
 */
export async function startBundled(
  dataFolder: string,
  onProgress: OnProgress = () => undefined,
): Promise<RunningServer> {
  const at = folders(dataFolder);
  const user = path.join(at.users, randomBytes(8).toString('hex'));
  try {
    await mkdir(at.home, { recursive: true });
    await access(at.home, constants.W_OK | constants.X_OK);
    // The server's user passes through here to its own folder; it reads nothing on the way.
    if (process.getuid?.() === 0) await chmod(at.home, 0o711);
    await mkdir(at.users, { recursive: true, mode: 0o700 });
    const opened = await withLock(at.lock, async () => {
      const result = await openCluster(at, onProgress);
      await writeFile(user, processMark(), { mode: 0o600 });
      return result;
    });
    onProgress('ready');
    let stopping: Promise<void> | null = null;
    const leave = () =>
      withLock(at.lock, async () => {
        await rm(user, { force: true });
        if ((await liveUsers(at)).length === 0) await stop(at.cluster, 'fast');
      });
    return { url: urlOf(opened.secret, opened.port), stop: () => (stopping ??= leave()) };
  } catch (error) {
    throw folderError(error, at.home);
  }
}
