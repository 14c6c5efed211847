import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIsFresh, buildWeb } from '../../apps/cli/src/serving/build.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../../apps/cli/bin/dinh');
const folder = await mkdtemp(path.join(tmpdir(), 'dinh-server-'));

/** Set by whoever tests pages that were delivered built. */
const pages = process.env.DINH_PAGES ? { DINH_PAGES: process.env.DINH_PAGES } : {};

/** A running `dinh serve` on the bundled database. */
type Running = {
  child: ChildProcess;
  base: string;
  said: () => string;
  ended: Promise<number | null>;
  startMs: number;
};
const running = new Set<Running>();

function launch(environment: Record<string, string>): {
  child: ChildProcess;
  said: () => string;
  ended: Promise<number | null>;
} {
  const child = spawn(PROGRAM, ['serve'], {
    env: { PATH: '/usr/bin:/bin', LANG: 'en_GB.UTF-8', HOST: '127.0.0.1', DINH_DATA: folder, ...pages, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      text += part;
    });
  }
  return { child, said: () => text, ended: new Promise((resolve) => child.once('close', resolve)) };
}

async function start(environment: Record<string, string> = {}): Promise<Running> {
  const began = Date.now();
  const launched = launch({ PORT: '0', ...environment });
  const address = /http:\/\/[\w.]+:\d+/;
  while (!address.test(launched.said())) {
    if (launched.child.exitCode !== null) throw new Error(launched.said());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const found = { ...launched, base: address.exec(launched.said())?.[0] ?? '', startMs: Date.now() - began };
  running.add(found);
  return found;
}

async function stop(one: Running, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  running.delete(one);
  one.child.kill(signal);
  return one.ended;
}

/** The bundled server's process, while there is one. */
async function postgresRuns(): Promise<boolean> {
  const text = await readFile(path.join(folder, 'postgres/cluster/postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!pid) return false;
  return readFile(`/proc/${pid}/cmdline`, 'utf8').then(
    (line) => line.includes('postgres'),
    () => false,
  );
}

beforeAll(async () => {
  if (process.env.DINH_PAGES !== 'as-is' && !(await buildIsFresh())) await buildWeb(new AbortController().signal);
});
afterAll(async () => {
  for (const one of running) await stop(one, 'SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

describe('the server', () => {
  test('answers health, API and pages from one port, and closes everything when asked to stop', async () => {
    const server = await start();
    const health = await fetch(`${server.base}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
    expect((await fetch(`${server.base}/api/v1/people.read-set-up`)).status).toBe(200);
    const refused = await fetch(`${server.base}/api/v1/programmes.packs`, {
      headers: { authorization: 'Bearer nonsense' },
    });
    expect([refused.status, refused.headers.get('content-type')]).toEqual([
      401,
      'application/problem+json; charset=utf-8',
    ]);
    const packed = await fetch(`${server.base}/api/openapi.json`);
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(((await packed.json()) as { openapi: string }).openapi).toBe('3.1.0');
    const again = await fetch(`${server.base}/api/openapi.json`, {
      headers: { 'if-none-match': packed.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
    const page = await fetch(`${server.base}/sign-in?lang=ar`);
    expect(page.status).toBeLessThan(400);
    const asset = /\/_app\/immutable\/[^"']+\.(js|css)/.exec(await page.text())?.[0];
    const found = await fetch(`${server.base}${asset}`);
    expect([found.status, found.headers.get('cache-control')]).toEqual([200, expect.stringContaining('immutable')]);
    expect(await postgresRuns()).toBe(true);
    expect(await stop(server)).toBe(0);
    expect(await postgresRuns()).toBe(false);
  });

  test('starts anew after it was killed, and keeps what was written', async () => {
    const first = await start();
    await stop(first, 'SIGKILL');
    const second = await start();
    expect((await fetch(`${second.base}/healthz`)).status).toBe(200);
    expect(await stop(second, 'SIGINT')).toBe(0);
    expect(await postgresRuns()).toBe(false);
  });

  test('an occupied port is told in one line, before anything is begun', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const empty = path.join(folder, 'untouched');
    const { said, ended } = launch({ PORT: String(port), DINH_DATA: empty });
    expect(await ended).toBe(1);
    expect(said().trim().split('\n')).toEqual([expect.stringContaining(`PORT=${port + 1}`)]);
    await expect(readdir(empty)).rejects.toThrow('ENOENT');
    await new Promise((resolve) => other.close(resolve));
  });

  test('a request under way is answered although the server was asked to stop', async () => {
    const server = await start();
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const body = JSON.stringify({});
      const sending = request(`${server.base}/api/v1/queries/people.read-set-up`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': body.length },
      });
      sending.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sending.on('error', reject);
      sending.flushHeaders();
      // The headers are there and the body is not: the server is in the middle of it when it is asked to stop.
      setTimeout(() => server.child.kill('SIGTERM'), 300);
      setTimeout(() => sending.end(body), 900);
    });
    expect(await answered).toBe(200);
    running.delete(server);
    expect(await server.ended).toBe(0);
  });

  test('bodies that are too large or broken do no harm', async () => {
    const server = await start();
    const post = (body: BodyInit, type = 'application/json') =>
      fetch(`${server.base}/api/v1/commands/people.create-first-administrator`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
    expect((await post('x'.repeat(6 * 1024 * 1024))).status).toBe(413);
    expect((await post('{')).status).toBe(400);
    expect((await post('{}', 'text/plain')).status).toBe(415);
    expect((await fetch(`${server.base}/api/v1/%ZZ`)).status).toBeLessThan(500);
    expect((await fetch(`${server.base}/healthz`)).status).toBe(200);
    expect(await stop(server)).toBe(0);
  });
});
