import { spawn } from 'node:child_process';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { withLock } from '@dinh/store/connection';
import { stopped } from '../terminal/failure.ts';

export const ROOT = path.resolve(import.meta.dirname, '../../../..');
const WEB = path.join(ROOT, 'apps/web');
const HANDLER = path.join(WEB, 'build/handler.js');

/** How long to wait for another builder; a slow machine needs minutes. */
const PATIENCE_MS = 10 * 60_000;

/** What the pages are made of; a change in any of it makes the build stale. */
const SOURCES = [
  'apps/web/src',
  'apps/web/scripts',
  'apps/web/static',
  'apps/web/vite.config.ts',
  'apps/web/package.json',
  'packages',
];

async function newestIn(place: string): Promise<number> {
  const found = await stat(place).catch(() => null);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const entries = await readdir(place, { withFileTypes: true });
  const inner = entries
    .filter((entry) => !['node_modules', 'migrations', 'build'].includes(entry.name) && !entry.name.includes('.test.'))
    .map((entry) =>
      entry.isDirectory()
        ? newestIn(path.join(place, entry.name))
        : stat(path.join(place, entry.name)).then(
            (file) => file.mtimeMs,
            () => 0,
          ),
    );
  return Math.max(0, ...(await Promise.all(inner)));
}

/** True when the pages are built and nothing they are made of has changed since. */
export async function buildIsFresh(): Promise<boolean> {
  const built = await stat(HANDLER).catch(() => null);
  if (!built) return false;
  const newest = await Promise.all(SOURCES.map((source) => newestIn(path.join(ROOT, source))));
  return built.mtimeMs >= Math.max(...newest);
}

/**
 * Builds the pages, unless another process has just done so: two builders at once would tread on each other's files. What the builder
 * says is shown only when it fails.
 */
export async function buildWeb(signal: AbortSignal): Promise<void> {
  await mkdir(path.join(WEB, '.svelte-kit'), { recursive: true });
  await withLock(
    path.join(WEB, '.svelte-kit/dinh-build.lock'),
    async () => {
      if (!(await buildIsFresh())) await build(signal);
    },
    PATIENCE_MS,
  );
}

async function build(signal: AbortSignal): Promise<void> {
  const vite = path.join(
    path.dirname(createRequire(path.join(WEB, 'package.json')).resolve('vite/package.json')),
    'bin/vite.js',
  );
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: WEB,
    stdio: ['ignore', 'pipe', 'pipe'],
    // What is built from within a test is the same as what people get.
    env: { ...process.env, NODE_ENV: 'production' },
    signal,
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  if (code !== 0 && !signal.aborted)
    stopped('cli.build-failed', { output: output.trim().split('\n').slice(-30).join('\n') });
}
