import { randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  chown,
  constants,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from './database-error.ts';
import type { Owner } from './launch.ts';
import { markIsAlive, processMark } from './process-lock.ts';

/** Where everything of the bundled server lies, under `<dataFolder>/postgres`. */
export function placesIn(dataFolder: string) {
  const home = path.resolve(dataFolder, 'postgres');
  return {
    home,
    cluster: path.join(home, 'cluster'),
    secret: path.join(home, 'secret.json'),
    lock: path.join(home, 'start.lock'),
    users: path.join(home, 'users'),
    log: path.join(home, 'server.log'),
  };
}
export type Places = ReturnType<typeof placesIn>;

/** Passwords of the cluster, and the port of last time, so that other programs find it there again. */
export type Secret = { superuserPassword: string; password: string; port: number };

const isRoot = () => process.getuid?.() === 0;
const random = (bytes: number) => randomBytes(bytes).toString('hex');

export const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

export const ownerOf = (file: string): Promise<Owner | null> =>
  stat(file).then(
    (found) => ({ uid: found.uid, gid: found.gid }),
    () => null,
  );

/** Makes the folder when there is none and sees that we may write in it. */
export async function prepareHome(at: Places): Promise<void> {
  await mkdir(at.home, { recursive: true });
  await access(at.home, constants.W_OK | constants.X_OK);
  // The server's user passes through here to its own folder; it reads nothing on the way.
  if (isRoot()) await chmod(at.home, 0o711);
  await mkdir(at.users, { recursive: true, mode: 0o700 });
}

/** What root wrote in an ordinary user's folder goes to that user, who will start Đình without root again. */
export async function giveToHomeOwner(at: Places): Promise<void> {
  const owner = await ownerOf(at.home);
  if (!isRoot() || !owner || owner.uid === 0) return;
  for (const file of [at.secret, at.log, at.users]) if (await exists(file)) await chown(file, owner.uid, owner.gid);
}

export const newSecret = (): Secret => ({ superuserPassword: random(24), password: random(24), port: 0 });

/** Null when there is none or it cannot be understood. */
export async function readSecret(at: Places): Promise<Secret | null> {
  try {
    const found: Partial<Secret> = JSON.parse(await readFile(at.secret, 'utf8'));
    const { superuserPassword, password, port } = found;
    return superuserPassword && password ? { superuserPassword, password, port: port ?? 0 } : null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

export async function writeSecret(at: Places, secret: Secret): Promise<void> {
  const temporary = `${at.secret}.${random(6)}`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(JSON.stringify(secret));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, at.secret);
}

/** Enters this process among those that use the server; returns the file that says so. */
export async function enterUser(at: Places): Promise<string> {
  const file = path.join(at.users, random(8));
  await writeFile(file, processMark(), { mode: 0o600 });
  return file;
}

/** Number of live entries; those of dead processes are removed. */
export async function countUsers(at: Places): Promise<number> {
  let live = 0;
  for (const name of await readdir(at.users).catch(() => [])) {
    const file = path.join(at.users, name);
    if (markIsAlive(await readFile(file, 'utf8').catch(() => ''))) live++;
    else await rm(file, { force: true });
  }
  return live;
}

/** Removes what runs that were interrupted have left half-made. */
export async function sweepHome(at: Places): Promise<void> {
  for (const name of await readdir(at.home)) {
    const halfMade = name.startsWith('new-') || /^secret\.json\.[0-9a-f]+$/.test(name);
    // The initdb of a killed start may still be writing there for a moment: its files are taken away until no more come.
    if (halfMade) await rm(path.join(at.home, name), { recursive: true, force: true, maxRetries: 30, retryDelay: 50 });
  }
}
