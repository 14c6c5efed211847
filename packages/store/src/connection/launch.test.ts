import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from '../testing/bundled-folders.ts';
import { BUNDLED_MAJOR, bundledBinaries } from './binaries.ts';
import { chooseOwner, findLauncher } from './launch.ts';
import { explainFailure, initialise, start, stop } from './server-process.ts';

const isRoot = process.getuid?.() === 0;
const closed = mkdtempSync(path.join(tmpdir(), 'dinh-closed-'));
afterAll(() => rmSync(closed, { recursive: true, force: true }));

test('only root gives the server to another user; existing data keeps theirs', async () => {
  const chosen = await chooseOwner(null);
  expect(chosen === null).toBe(!isRoot);
  expect(chosen?.uid).not.toBe(0);
  expect(await chooseOwner({ uid: 4711, gid: 4712 })).toEqual(isRoot ? { uid: 4711, gid: 4712 } : null);
  expect((await chooseOwner({ uid: 0, gid: 0 }))?.uid).not.toBe(0);
});

test('says which folder the server’s user cannot reach', async () => {
  const { folder: programs } = await bundledBinaries();
  const owner = { uid: isRoot ? 65534 : (process.getuid?.() ?? 0), gid: isRoot ? 65534 : (process.getgid?.() ?? 0) };
  const nowhere = path.join(closed, 'not', 'there');
  await expect(findLauncher(owner, nowhere, programs, 'write')).rejects.toMatchObject({
    code: 'database.path-unreachable',
    params: { folder: nowhere },
  });
});

test('programs and data below a closed folder', async () => {
  const { folder: programs } = await bundledBinaries();
  const copy = path.join(closed, 'installation');
  mkdirSync(copy, { mode: 0o700 });
  cpSync(path.dirname(programs), path.join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
  const launcher = await findLauncher(await chooseOwner(null), copy, path.join(copy, 'native', 'bin'), 'pass');
  const cluster = {
    binaries: { folder: path.join(copy, 'native', 'bin'), major: BUNDLED_MAJOR },
    launcher,
    folder: path.join(copy, 'cluster'),
    logFile: path.join(copy, 'log'),
  };
  await initialise(cluster, 'someone', 'secret', false);
  const { port } = await start(cluster, 0, {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
  });
  const url = `postgresql://someone:secret@127.0.0.1:${port}/postgres`;
  expect(await run(url, `create extension unaccent`).then(() => run(url, `select unaccent('Đình') as text`))).toEqual([
    { text: 'Dinh' },
  ]);
  await stop(cluster.folder, 'fast');
}, 60_000);

test('the server’s programs get nothing of our environment', async () => {
  const { folder: programs } = await bundledBinaries();
  mkdirSync(path.join(closed, 'data'));
  const launcher = await findLauncher(await chooseOwner(null), closed, programs, 'pass');
  process.env.PGPORT = '1';
  const child = launcher.spawn('/usr/bin/env', [], { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  for await (const text of child.stdout!) output += text;
  delete process.env.PGPORT;
  expect(
    output
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0])
      .sort(),
  ).toEqual(['LC_ALL', 'PATH', 'TZ']);
});

test.each([
  ['initdb: error: could not create directory "x": No space left on device', 'database.no-space'],
  [
    '2026-11-21 20:34:19 UTC [1] PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device',
    'database.no-space',
  ],
  ['initdb: error: could not access directory "x": Permission denied', 'database.not-writable'],
  ['2026-11-21 UTC [1] FATAL:  could not open file "x": Read-only file system', 'database.not-writable'],
  ['2026-11-21 UTC [1] FATAL:  bogus data in lock file "postmaster.pid": ""', 'database.start-failed'],
  ['', 'database.start-failed'],
])('%s', (output, code) => {
  const error = explainFailure(`the files belong to this user\n${output}\n`, 'starting the database', '/data');
  expect(error.code).toBe(code);
  expect(error.message).toMatch(/^[^\n]+$/);
  if (output.includes('bogus')) expect(error.params.reason).toBe('bogus data in lock file "postmaster.pid": ""');
});
