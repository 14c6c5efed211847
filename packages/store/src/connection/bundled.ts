import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Binaries } from './binaries.ts';
import { BUNDLED_MAJOR, bundledBinaries } from './binaries.ts';
import type { Places, Secret } from './data-folder.ts';
import {
  countUsers,
  enterUser,
  exists,
  giveToHomeOwner,
  newSecret,
  ownerOf,
  placesIn,
  prepareHome,
  readSecret,
  sweepHome,
  writeSecret,
} from './data-folder.ts';
import { DatabaseError, errorCode, folderError } from './database-error.ts';
import type { Owner } from './launch.ts';
import { chooseOwner, findLauncher } from './launch.ts';
import { withLock } from './process-lock.ts';
import type { Cluster, Postmaster } from './server-process.ts';
import { findPostmaster, initialise, runSingle, start, stop } from './server-process.ts';
import { serverSettings } from './server-settings.ts';

/** What is being done, in the order it may happen; the words are made by whoever shows them. */
export type StartStep = 'create' | 'set-aside' | 'recover' | 'start' | 'reuse' | 'mend-password' | 'ready';
export type OnProgress = (step: StartStep) => void;
export type RunningServer = { url: string; stop: () => Promise<void> };

const SUPERUSER = 'dinh_superuser';
const ROLE = 'dinh';
const SMALLEST_NEW = 150 * 2 ** 20;

/** A cluster that was not finished is put aside, never deleted; one that has lost what it cannot do without is not touched. */
async function setAsideIncomplete(at: Places, onProgress: OnProgress): Promise<void> {
  if (!(await exists(at.cluster))) return;
  const parts = ['PG_VERSION', 'global/pg_control', 'base/1'];
  const [version, control, base] = await Promise.all(parts.map((name) => exists(path.join(at.cluster, name))));
  if (version && control) return;
  if (control || (version && base)) {
    const line = `the database in ${at.cluster} lacks files it cannot do without; restore a backup`;
    throw new DatabaseError('database.damaged', line, { folder: at.cluster });
  }
  onProgress('set-aside');
  await rename(at.cluster, `${at.cluster}.incomplete-${randomBytes(4).toString('hex')}`);
}

/** Makes a cluster under another name; it gets its own only when it is complete. */
async function create(at: Places, binaries: Binaries, owner: Owner | null): Promise<void> {
  const space = await statfs(at.home);
  if (space.bavail * space.bsize < SMALLEST_NEW)
    throw new DatabaseError('database.no-space', `a new database needs 150 MB in ${at.home}`, { folder: at.home });
  const temporary = path.join(at.home, `new-${randomBytes(6).toString('hex')}`);
  await mkdir(temporary, { mode: 0o711 });
  try {
    const secret = newSecret();
    const folder = path.join(temporary, 'cluster');
    const launcher = await findLauncher(owner, temporary, binaries.folder, 'pass');
    await initialise({ binaries, launcher, folder, logFile: at.log }, SUPERUSER, secret.superuserPassword, true);
    await writeSecret(at, secret);
    await rename(folder, at.cluster);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function checkMajor(at: Places): Promise<void> {
  const found = (await readFile(path.join(at.cluster, 'PG_VERSION'), 'utf8')).trim();
  if (found === String(BUNDLED_MAJOR)) return;
  const line = `the data in ${at.cluster} is of PostgreSQL ${found}, this Đình brings ${BUNDLED_MAJOR}; restore a backup into a new folder`;
  throw new DatabaseError('database.other-major', line, { folder: at.cluster, found, expected: BUNDLED_MAJOR });
}

/** Data that was copied in by root belongs to root, whom PostgreSQL refuses. */
async function giveToServer(at: Places, owner: Owner | null): Promise<void> {
  if (!owner || (await ownerOf(at.cluster))?.uid !== 0) return;
  const child = spawn('chown', ['-R', '-h', `${owner.uid}:${owner.gid}`, at.cluster], { stdio: 'ignore' });
  await new Promise((resolve) => child.on('close', resolve).on('error', resolve));
  await chmod(at.cluster, 0o700);
}

/** Makes the role and database Đình uses; it is not the superuser, so no statement of Đình can reach the server's files. */
async function ensureRole(secret: Secret, port: number): Promise<void> {
  const login = { user: SUPERUSER, password: secret.superuserPassword, database: 'postgres' };
  const client = new pg.Client({ host: '127.0.0.1', port, ...login });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ role: boolean; base: boolean }>(
      `select exists (select from pg_roles where rolname = $1) as role,
        exists (select from pg_database where datname = $1) as base`,
      [ROLE],
    );
    if (!rows[0]?.role) await client.query(`create role ${ROLE} login password '${secret.password}'`);
    if (!rows[0]?.base) await client.query(`create database ${ROLE} owner ${ROLE}`);
  } finally {
    await client.end();
  }
}

/** Gives new passwords to a cluster whose password file was lost; only who owns the folder can do that. */
async function mendPassword(at: Places, cluster: Cluster): Promise<Secret> {
  const secret = newSecret();
  const ifThere = `if exists (select from pg_roles where rolname = '${ROLE}') then alter role ${ROLE} password '${secret.password}'; end if`;
  await runSingle(cluster, `alter role ${SUPERUSER} password '${secret.superuserPassword}'`);
  await runSingle(cluster, `do $$ begin ${ifThere}; end $$`);
  await writeSecret(at, secret);
  return secret;
}

/** The server that runs, once it has finished starting; null when none does or it has finished stopping. */
async function settled(at: Places): Promise<Postmaster | null> {
  for (;;) {
    const found = await findPostmaster(at.cluster);
    if (!found || found.status === 'ready') return found;
    await sleep(20);
  }
}

async function startCluster(
  at: Places,
  cluster: Cluster,
  onProgress: OnProgress,
): Promise<{ secret: Secret; port: number }> {
  const mend = () => {
    onProgress('mend-password');
    return mendPassword(at, cluster);
  };
  const settings = await serverSettings();
  for (let secret = (await readSecret(at)) ?? (await mend()), mended = false; ; mended = true) {
    onProgress('start');
    const { port } = await start(cluster, secret.port, settings);
    try {
      await ensureRole(secret, port);
    } catch (error) {
      await stop(at.cluster, 'fast');
      // The password file belongs to other data, as after a folder was copied in from elsewhere.
      if (mended || !errorCode(error)?.startsWith('28')) throw error;
      secret = await mend();
      continue;
    }
    if (port !== secret.port) await writeSecret(at, { ...secret, port });
    return { secret, port };
  }
}

async function openCluster(at: Places, onProgress: OnProgress): Promise<{ secret: Secret; port: number }> {
  const binaries = await bundledBinaries();
  await sweepHome(at);
  await setAsideIncomplete(at, onProgress);
  const owner = await chooseOwner(await ownerOf(at.cluster));
  if (!(await exists(at.cluster))) {
    onProgress('create');
    await create(at, binaries, owner);
  }
  await checkMajor(at);
  const running = await settled(at);
  if (running && (await countUsers(at)) > 0) {
    const secret = await readSecret(at);
    if (!secret) {
      const line = `PostgreSQL (process ${running.pid}) runs in ${at.cluster}, but its password file is gone; stop what uses it first`;
      throw new DatabaseError('database.held', line, { pid: running.pid, folder: at.cluster });
    }
    onProgress('reuse');
    return { secret, port: running.port };
  }
  // Left behind by a run that was killed: stopped and started anew, so that it has today's programs and settings.
  if (running || (await exists(path.join(at.cluster, 'postmaster.pid')))) onProgress('recover');
  if (running) await stop(at.cluster, 'fast');
  await giveToServer(at, owner);
  const launcher = await findLauncher(owner, at.cluster, binaries.folder, 'write');
  return startCluster(at, { binaries, launcher, folder: at.cluster, logFile: at.log }, onProgress);
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
  const at = placesIn(dataFolder);
  try {
    await prepareHome(at);
    const { secret, port, user } = await withLock(at.lock, async () => {
      const opened = await openCluster(at, onProgress);
      const user = await enterUser(at);
      await giveToHomeOwner(at);
      return { ...opened, user };
    });
    onProgress('ready');
    let leaving: Promise<void> | null = null;
    const leave = () =>
      withLock(at.lock, async () => {
        await rm(user, { force: true });
        if ((await countUsers(at)) === 0) await stop(at.cluster, 'fast');
      });
    const stopOnce = () => {
      leaving ??= leave();
      return leaving;
    };
    return { url: `postgresql://${ROLE}:${secret.password}@127.0.0.1:${port}/${ROLE}`, stop: stopOnce };
  } catch (error) {
    throw folderError(error, at.home);
  }
}
