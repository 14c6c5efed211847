import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseError } from './database-error.ts';

export type Owner = { uid: number; gid: number };

/** Starts programs as the one who owns the data: ourselves, or (PostgreSQL refuses root) another uid. */
export type Launcher = {
  /** Who must own the data folder; null when that is ourselves. */
  owner: Owner | null;
  spawn(program: string, args: string[], options: SpawnOptions): ChildProcess;
};

// No variable of the caller reaches the server: PGPORT, PGDATA or a locale would change what it does.
const environment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** The `postgres` account where there is one, else `nobody`; the owner of existing data always wins. */
export async function chooseOwner(existing: Owner | null): Promise<Owner | null> {
  if (process.getuid?.() !== 0) return null;
  if (existing && existing.uid !== 0) return existing;
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find((line) => line[0] === 'postgres');
  const uid = Number(fields?.[2]);
  return Number.isInteger(uid) && uid > 0 ? { uid, gid: Number(fields?.[3]) } : { uid: 65534, gid: 65534 };
}

type Way = Launcher['spawn'];

function plain(owner: Owner | null): Way {
  const identity = owner ?? {};
  return (program, args, options) => spawn(program, args, { ...options, ...identity, env: environment });
}

/**
 * Keeps one capability of root, the right to pass through closed folders such as /root, and nothing else. Containers commonly
 * withhold dac_read_search but grant dac_override. The secure bit lets the capability count in access(2) too, by which PostgreSQL looks
 * for its own programs.
 */
function throughClosedFolders(owner: Owner, capability: string): Way {
  const prefix = [
    '--reuid',
    `${owner.uid}`,
    '--regid',
    `${owner.gid}`,
    '--clear-groups',
    '--securebits',
    '+no_setuid_fixup',
  ];
  const one = `-all,+${capability}`;
  prefix.push('--inh-caps', one, '--ambient-caps', `+${capability}`, '--bounding-set', one, '--');
  return (program, args, options) => spawn('setpriv', [...prefix, program, ...args], { ...options, env: environment });
}

/** A harmless run of a program that fails where the real one would. */
export type Trial = { program: string; args: string[] };

/** True when that way can enter the folder (and write there, if it must) and run the program. */
function reaches(way: Way, folder: string, need: 'pass' | 'write', trial: Trial): Promise<boolean> {
  const script = `cd "$1" && test -${need === 'write' ? 'w' : 'x'} . && shift && exec "$@"`;
  return new Promise((resolve) => {
    const child = way('/bin/sh', ['-c', script, 'sh', folder, trial.program, ...trial.args], {
      cwd: '/',
      stdio: 'ignore',
    });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/**
 * Finds how to run the programs in `binFolder` on a folder that `owner` owns.
 * @throws DatabaseError `database.path-unreachable` when that user cannot get to the folder or the programs
 */
export async function findLauncher(
  owner: Owner | null,
  folder: string,
  binFolder: string,
  need: 'pass' | 'write',
  // Prints where it finds its parts, and needs all of them for that.
  trial: Trial = { program: path.join(binFolder, 'initdb'), args: ['--show', '-D', folder] },
): Promise<Launcher> {
  if (!owner) return { owner, spawn: plain(null) };
  const ways = [
    plain(owner),
    throughClosedFolders(owner, 'dac_read_search'),
    throughClosedFolders(owner, 'dac_override'),
  ];
  for (const way of ways) if (await reaches(way, folder, need, trial)) return { owner, spawn: way };
  const line = `PostgreSQL cannot run as root, and user ${owner.uid} cannot reach ${folder} or ${binFolder}; use folders others may pass through, or run as an ordinary user`;
  throw new DatabaseError('database.path-unreachable', line, { folder, user: owner.uid });
}
