import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { chown, mkdir, open, readFile, readlink, realpath, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { DatabaseError } from './database-error.ts';
import type { Launcher } from './launch.ts';
import { processRuns } from './process-lock.ts';

export type Cluster = { binaries: Binaries; launcher: Launcher; folder: string; logFile: string };
export type Postmaster = { pid: number; port: number; status: string };
/** No system gives out process numbers as large as this. */
const NO_PROCESS = '2147483646';
type Finished = { code: number | null; output: string };

const executable = (cluster: Cluster, name: string) =>
  path.join(cluster.binaries.folder, process.platform === 'win32' ? `${name}.exe` : name);

function finished(child: ChildProcess, input?: string): Promise<Finished> {
  return new Promise((resolve) => {
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
    child.stdin?.end(input);
  });
}

/** The line of PostgreSQL's own output that says why it failed, as a coded error. */
export function explainFailure(output: string, what: string, folder: string): DatabaseError {
  const lines = output.split('\n').map((line) => line.trim());
  const reason = (
    lines.findLast((line) => /\b(FATAL|PANIC|ERROR|fatal|error):/.test(line)) ??
    lines.findLast((line) => line !== '') ??
    'no output'
  ).replace(/^.*?\b(FATAL|PANIC|ERROR|fatal|error):\s*/, '');
  if (/No space left on device|disk quota exceeded/i.test(output))
    return new DatabaseError('database.no-space', `no space left for the data folder ${folder}`, { folder });
  if (/Permission denied|Read-only file system/.test(reason))
    return new DatabaseError('database.not-writable', `the data folder ${folder} cannot be used: ${reason}`, {
      folder,
    });
  return new DatabaseError('database.start-failed', `${what} failed in ${folder}: ${reason}`, { folder, reason });
}

/**
 * Makes a new cluster in an empty folder: UTF-8, byte order, the same on every machine. `C.UTF-8` as character type matters: with plain
 * `C` trigram search would drop every letter that is not ASCII.
 */
export async function initialise(
  cluster: Cluster,
  superuser: string,
  password: string,
  durable: boolean,
): Promise<void> {
  const passwordFile = `${cluster.folder}.password`;
  const { owner } = cluster.launcher;
  await mkdir(cluster.folder, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    if (owner) {
      await chown(cluster.folder, owner.uid, owner.gid);
      await chown(passwordFile, owner.uid, owner.gid);
    }
    const run = (locale: string) => {
      const provider = cluster.binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];
      const args = [
        '-D',
        cluster.folder,
        '-U',
        superuser,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
      ];
      args.push(`--locale=${locale}`, '--lc-messages=C', ...provider, ...(durable ? [] : ['--no-sync']));
      return finished(
        cluster.launcher.spawn(executable(cluster, 'initdb'), args, { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] }),
      );
    };
    let made = await run('C.UTF-8');
    // Systems without C.UTF-8 (older macOS, Windows) still have C.
    if (made.code !== 0 && /invalid locale name/.test(made.output)) made = await run('C');
    if (made.code !== 0) throw explainFailure(made.output, 'creating the database', cluster.folder);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** True when the process stands in the data folder, as a postmaster does: its number alone may belong to another program by now. */
async function isPostmaster(pid: number, folder: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  if (process.platform !== 'linux') {
    const listed = await finished(
      spawn('ps', ['-p', String(pid), '-o', 'command='], { stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    return listed.output.includes('postgres') && listed.output.includes(folder);
  }
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  return cwd !== null && cwd === (await realpath(folder));
}

/** What `postmaster.pid` says, when a server really runs there; null when none does. */
export async function findPostmaster(folder: string): Promise<Postmaster | null> {
  const text = await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !processRuns(pid) || !(await isPostmaster(pid, folder))) return null;
  return { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() };
}

/**
 * Lets a start get past the number in a stale `postmaster.pid` that by now belongs to an unrelated program, or to a killed postmaster
 * whose parent never collected it: PostgreSQL would take either for a running server. The file stays, because its shared-memory line is
 * how PostgreSQL notices children of a killed postmaster that still run.
 */
async function defuseStalePid(folder: string): Promise<void> {
  const file = path.join(folder, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  if (/^\d+\n/.test(text)) await writeFile(file, text.replace(/^\d+/, NO_PROCESS));
}

/** A free TCP port of this machine, or `preferred` when that one is free. */
export function freePort(preferred: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => (preferred === 0 ? reject(error) : resolve(freePort(0))));
    probe.listen({ port: preferred, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function logSince(file: string, offset: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(Math.max(size - offset, 0), 65_536));
    await handle.read(buffer, 0, buffer.length, Math.max(offset, size - buffer.length));
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}

const LOG_LIMIT = 8 * 1024 * 1024;

async function attempt(cluster: Cluster, port: number, settings: Record<string, string>): Promise<Postmaster | string> {
  const size = await stat(cluster.logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT) await truncate(cluster.logFile);
  const from = size > LOG_LIMIT ? 0 : size;
  const log = openSync(cluster.logFile, 'a', 0o600);
  const args = ['-D', cluster.folder, '-p', String(port)];
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
  // Its own session: Ctrl-C in a terminal reaches Đình, which then stops the server in order.
  const child = cluster.launcher.spawn(executable(cluster, 'postgres'), args, {
    cwd: '/',
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  let gone: string | null = null;
  child.on('error', (error) => (gone = error.message));
  child.on('exit', () => (gone ??= ''));
  child.unref();
  while (gone === null) {
    const found = await findPostmaster(cluster.folder);
    if (found && found.pid === child.pid && found.status === 'ready') return found;
    await sleep(10);
  }
  return gone || (await logSince(cluster.logFile, from));
}

/** Starts the server and waits until it answers; recovery after a crash may take long, so there is no limit while it lives. */
export async function start(
  cluster: Cluster,
  preferredPort: number,
  settings: Record<string, string>,
): Promise<Postmaster> {
  await defuseStalePid(cluster.folder);
  let port = await freePort(preferredPort);
  for (let tries = 1; ; tries++) {
    const outcome = await attempt(cluster, port, settings);
    if (typeof outcome !== 'string') return outcome;
    const portTaken = /could not (bind|create any TCP)|Address already in use/.test(outcome);
    const oldChildren = /pre-existing shared memory block/.test(outcome);
    if (tries >= 40 || !(portTaken || oldChildren))
      throw explainFailure(outcome, 'starting the database', cluster.folder);
    if (oldChildren) await sleep(250);
    if (portTaken) port = await freePort(0);
  }
}

/** Stops the server: connections end, everything committed is on disk. Returns when the process is gone. */
export async function stop(folder: string, mode: 'fast' | 'immediate', patienceMs = 60_000): Promise<void> {
  const found = await findPostmaster(folder);
  if (!found) return;
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(found.pid, name);
    } catch {
      // It went by itself between the look and the signal.
    }
  };
  signal(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  const deadline = Date.now() + patienceMs;
  while (processRuns(found.pid)) {
    // Everything committed is in the log on disk, so even this loses nothing; the next start replays it.
    if (Date.now() > deadline) signal('SIGQUIT');
    await sleep(Date.now() > deadline ? 200 : 10);
  }
}

/** Runs one statement without a server, for what must be mended before anyone can sign in. */
export async function runSingle(cluster: Cluster, statement: string): Promise<void> {
  const args = ['--single', '-D', cluster.folder, '-c', 'log_statement=none', 'postgres'];
  const child = cluster.launcher.spawn(executable(cluster, 'postgres'), args, {
    cwd: '/',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const done = await finished(child, `${statement}\n`);
  if (done.code !== 0 || /ERROR:/.test(done.output))
    throw explainFailure(done.output, 'mending the database', cluster.folder);
}
