import { chownSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  bundledFolders,
  ended,
  holder,
  inside,
  isRoot,
  kept,
  portOf,
  postmaster,
  run,
} from '../testing/bundled-folders.ts';
import { findLauncher } from './launch.ts';
import { processRuns } from './process-lock.ts';
import { startBundled } from './public.ts';

const { scratch, fresh, begin, held, hold, furnished } = bundledFolders();

test('makes a durable UTF-8 server that only its own password opens', async () => {
  const folder = path.join(scratch, 'dữ liệu của đình');
  const server = await begin(folder);
  expect(server.steps).toEqual(['create', 'start', 'ready']);
  const [settings] = await run(
    server.url,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as pages,
      current_setting('server_encoding') as encoding, current_setting('timezone') as zone, current_setting('jit') as jit,
      (select rolsuper from pg_roles where rolname = current_user) as super, lower('ĐÌNH') as lower, 'z' < 'đ' as order`,
  );
  expect(settings).toEqual({
    fsync: 'on',
    commit: 'on',
    pages: 'on',
    encoding: 'UTF8',
    zone: 'UTC',
    jit: 'off',
    super: false,
    lower: 'đình',
    order: true,
  });
  // Search by similarity must know letters beyond ASCII.
  const [similar] = await run(server.url, `create extension pg_trgm; select 1`).then(() =>
    run(server.url, `select similarity('قرية', 'قرية') as same, similarity('ế', 'ề') as other`),
  );
  expect(similar).toEqual({ same: 1, other: expect.any(Number) });
  expect(Number(similar?.other)).toBeLessThan(1);
  expect(statSync(inside(folder, 'secret.json')).mode & 0o777).toBe(0o600);
  expect(statSync(inside(folder, 'cluster')).mode & 0o777).toBe(0o700);
  expect(new URL(server.url).hostname).toBe('127.0.0.1');
  for (const guess of ['dinh:dinh', 'dinh_superuser:postgres', 'dinh:', 'postgres:postgres'])
    await expect(run(`postgresql://${guess}@127.0.0.1:${portOf(server.url)}/dinh`, 'select 1')).rejects.toThrow(
      /password|SASL|SCRAM/,
    );
});

test('keeps what was written, its port and its password, and is quick the second time', async () => {
  const folder = await furnished();
  const first = await begin(folder);
  await first.stop();
  const from = performance.now();
  const second = await begin(folder);
  expect(performance.now() - from).toBeLessThan(3000);
  expect(second.url).toBe(first.url);
  expect(await kept(second.url)).toEqual([{ id: 7 }]);
});

test('data of another major version is refused in one line', async () => {
  const folder = await furnished();
  writeFileSync(inside(folder, 'cluster', 'PG_VERSION'), '17\n');
  const refusal = expect(startBundled(folder)).rejects;
  await refusal.toMatchObject({ code: 'database.other-major', params: { found: '17', expected: 18 } });
  await expect(startBundled(folder)).rejects.toThrow(/^[^\n]+$/);
});

test('its port is taken by another program: it chooses another', async () => {
  const folder = await furnished();
  const { port } = JSON.parse(readFileSync(inside(folder, 'secret.json'), 'utf8')) as { port: number };
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  const server = await begin(folder);
  expect(portOf(server.url)).not.toBe(port);
  expect(await kept(server.url)).toEqual([{ id: 7 }]);
  other.close();
});

test('two starts at once share one server, and the last to stop stops it', async () => {
  const folder = fresh();
  const [one, two, three] = await Promise.all([hold(folder), hold(folder), begin(folder)]);
  expect(new Set([one.url, two.url, three.url]).size).toBe(1);
  expect([one, two, three].filter(({ steps }) => steps.includes('create'))).toHaveLength(1);
  one.child.stdin?.end();
  await ended(one.child);
  await three.stop();
  expect(await run(two.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  const pid = postmaster(folder);
  two.child.stdin?.end();
  await ended(two.child);
  expect(processRuns(pid)).toBe(false);
});

test('works below a folder that only its owner may pass through', async () => {
  const closed = path.join(scratch, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const server = await begin(path.join(closed, 'data'));
  expect(await run(server.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  await server.stop();
  expect((await begin(path.join(closed, 'data'))).steps).toEqual(['start', 'ready']);
});

test('an ordinary user runs it too; what root does there meanwhile stays that user’s', async () => {
  const home = path.join(scratch, 'ordinary');
  mkdirSync(home);
  if (isRoot) chownSync(home, 65534, 65534);
  const owner = isRoot ? { uid: 65534, gid: 65534 } : null;
  const launcher = await findLauncher(owner, home, '', 'write', { program: process.execPath, args: ['--version'] });
  const asUser = () => held(launcher.spawn(process.execPath, [holder, home], { stdio: ['pipe', 'pipe', 'inherit'] }));
  const first = await asUser();
  expect(first.uid).toBe(owner?.uid ?? process.getuid?.());
  first.child.stdin?.end();
  await ended(first.child);
  rmSync(inside(home, 'secret.json'));
  const between = await begin(home);
  expect(between.steps).toContain('mend-password');
  await between.stop();
  const again = await asUser();
  expect(again.failed).toBeUndefined();
  expect(again.steps).toEqual(['start', 'ready']);
});

test('a data folder that cannot be one is refused in one line', async () => {
  const file = path.join(scratch, 'file');
  writeFileSync(file, '');
  await expect(startBundled(path.join(file, 'data'))).rejects.toMatchObject({ code: 'database.not-writable' });
  await expect(startBundled(file)).rejects.toThrow(/^database\.not-writable: [^\n]+$/);
});
