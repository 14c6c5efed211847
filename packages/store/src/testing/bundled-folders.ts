import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, afterEach, vi } from 'vitest';
import type { RunningServer, StartStep } from '../connection/public.ts';
import { startBundled } from '../connection/public.ts';

/** What a process that holds a server said of its start. */
export type Held = { url: string; steps: StartStep[]; uid: number; failed?: string; child: ChildProcess };

export const isRoot = process.getuid?.() === 0;
/** The program of such a process: first argument the data folder; it stops when its input ends. */
export const holder = path.join(import.meta.dirname, 'hold-server.ts');

export const inside = (folder: string, ...names: string[]) => path.join(folder, 'postgres', ...names);
export const portOf = (url: string) => Number(new URL(url).port);
export const postmaster = (folder: string) =>
  Number(readFileSync(inside(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);

export async function run(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
export const kept = (url: string) => run(url, 'select id from kept');

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
}

/** Data folders and processes of one test file about the bundled server; each test's servers end with it, the folders with the file. */
export function bundledFolders() {
  // Making a cluster waits for the disk, which others may keep busy.
  vi.setConfig({ testTimeout: 90_000 });
  const scratch = mkdtempSync(path.join(tmpdir(), 'dinh-bundled-'));
  chmodSync(scratch, 0o755);
  const origin = path.join(scratch, 'origin');
  const servers: RunningServer[] = [];
  const children: ChildProcess[] = [];
  let count = 0;

  const fresh = () => path.join(scratch, `folder-${count++}`);

  async function begin(folder: string): Promise<RunningServer & { steps: StartStep[] }> {
    const steps: StartStep[] = [];
    const server = await startBundled(folder, (step) => void steps.push(step));
    servers.push(server);
    return { ...server, steps };
  }

  async function held(child: ChildProcess): Promise<Held> {
    children.push(child);
    for await (const line of createInterface({ input: child.stdout! })) return { ...JSON.parse(line), child };
    throw new Error('the holder said nothing');
  }

  const hold = (folder: string) =>
    held(spawn(process.execPath, [holder, folder], { stdio: ['pipe', 'pipe', 'inherit'] }));

  /** A folder with a complete, stopped cluster in it, whose table `kept` has one row. */
  async function furnished(): Promise<string> {
    if (!existsSync(origin)) {
      const server = await startBundled(origin);
      await run(server.url, 'create table kept (id int); insert into kept values (7)');
      await server.stop();
    }
    const folder = fresh();
    execFileSync('cp', ['-a', origin, folder]);
    return folder;
  }

  afterEach(async () => {
    for (const child of children.splice(0)) {
      child.stdin?.end();
      await ended(child);
    }
    for (const server of servers.splice(0)) await server.stop();
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  return { scratch, fresh, begin, held, hold, furnished };
}
