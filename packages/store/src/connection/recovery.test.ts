import { spawn } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bundledFolders, ended, holder, inside, isRoot, kept, postmaster, run } from '../testing/bundled-folders.ts';
import { processRuns } from './process-lock.ts';
import { startBundled } from './public.ts';

const { fresh, begin, hold, furnished } = bundledFolders();

test('a run that was killed: its server is recovered, committed rows are there', async () => {
  const folder = await furnished();
  const first = await hold(folder);
  await run(first.url, 'insert into kept values (8)');
  first.child.kill('SIGKILL');
  await ended(first.child);
  const orphan = postmaster(folder);
  expect(processRuns(orphan)).toBe(true);
  const second = await begin(folder);
  expect(second.steps).toEqual(['recover', 'start', 'ready']);
  expect(postmaster(folder)).not.toBe(orphan);
  expect(await kept(second.url)).toEqual([{ id: 7 }, { id: 8 }]);
  await second.stop();
  expect(existsSync(inside(folder, 'cluster', 'postmaster.pid'))).toBe(false);
});

test('a postmaster killed under load: the next start waits for its children and replays the log', async () => {
  const folder = await furnished();
  const first = await hold(folder);
  await run(first.url, 'insert into kept select generate_series(100, 20000)');
  const busy = run(first.url, 'select pg_sleep(30)').catch(() => 'cut off');
  process.kill(postmaster(folder), 'SIGKILL');
  first.child.kill('SIGKILL');
  await ended(first.child);
  const second = await begin(folder);
  expect(second.steps).toEqual(['recover', 'start', 'ready']);
  expect(await run(second.url, 'select count(*)::int as count from kept')).toEqual([{ count: 19_902 }]);
  expect(await busy).toBe('cut off');
});

test('a stale postmaster.pid whose number now belongs to another program', async () => {
  const folder = await furnished();
  // The owner of the data, so that PostgreSQL by itself would take the number for a running server.
  const { uid, gid } = statSync(inside(folder, 'cluster'));
  const stranger = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
  const file = inside(folder, 'cluster', 'postmaster.pid');
  writeFileSync(
    file,
    `${stranger.pid}\n${inside(folder, 'cluster')}\n1700000000\n5432\n\n127.0.0.1\n 16039945 4\nready   \n`,
  );
  chownSync(file, uid, gid);
  const server = await begin(folder);
  expect(await kept(server.url)).toEqual([{ id: 7 }]);
  expect(stranger.exitCode).toBeNull();
  stranger.kill();
});

test('a lock whose holder died, or died before writing its name', async () => {
  const folder = await furnished();
  const dead = spawn('true');
  await ended(dead);
  writeFileSync(inside(folder, 'start.lock'), `${dead.pid}:12345`);
  await (await begin(folder)).stop();
  writeFileSync(inside(folder, 'start.lock'), '');
  utimesSync(inside(folder, 'start.lock'), 0, 0);
  await begin(folder);
});

test('a folder left half-made is put aside, remains of an interrupted creation are removed', async () => {
  const folder = fresh();
  mkdirSync(inside(folder, 'cluster', 'base'), { recursive: true });
  writeFileSync(inside(folder, 'cluster', 'precious'), 'not ours to delete');
  mkdirSync(inside(folder, 'new-0123456789ab', 'cluster'), { recursive: true });
  const server = await begin(folder);
  expect(server.steps).toEqual(['set-aside', 'create', 'start', 'ready']);
  const names = readdirSync(inside(folder));
  expect(names.filter((name) => name.startsWith('new-'))).toEqual([]);
  const aside = names.find((name) => name.startsWith('cluster.incomplete-'));
  expect(readFileSync(inside(folder, aside ?? '', 'precious'), 'utf8')).toBe('not ours to delete');
});

test('creation interrupted by a kill: the next start begins anew', async () => {
  const folder = fresh();
  const child = spawn(process.execPath, [holder, folder], { stdio: ['pipe', 'ignore', 'inherit'] });
  while (!existsSync(inside(folder)) || !readdirSync(inside(folder)).some((name) => name.startsWith('new-')))
    await sleep(5);
  await sleep(150);
  child.kill('SIGKILL');
  await ended(child);
  const server = await begin(folder);
  expect(server.steps).toEqual(['create', 'start', 'ready']);
});

test('data that lost its control file is refused and not touched', async () => {
  const folder = await furnished();
  rmSync(inside(folder, 'cluster', 'global', 'pg_control'));
  await expect(startBundled(folder)).rejects.toMatchObject({ code: 'database.damaged' });
  expect(existsSync(inside(folder, 'cluster', 'PG_VERSION'))).toBe(true);
});

test('a lost or foreign password file is replaced, a copy made by root is taken over', async () => {
  const folder = await furnished();
  rmSync(inside(folder, 'secret.json'));
  const server = await begin(folder);
  expect(server.steps).toEqual(['mend-password', 'start', 'ready']);
  expect(await kept(server.url)).toEqual([{ id: 7 }]);
  await server.stop();
  const copy = fresh();
  cpSync(folder, copy, { recursive: true });
  writeFileSync(
    inside(copy, 'secret.json'),
    JSON.stringify({ superuserPassword: 'foreign', password: 'foreign', port: 0 }),
  );
  const second = await begin(copy);
  expect(second.steps).toEqual(['start', 'mend-password', 'start', 'ready']);
  expect(await kept(second.url)).toEqual([{ id: 7 }]);
});
