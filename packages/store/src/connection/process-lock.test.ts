import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { markIsAlive, processMark, processRuns, withLock } from './process-lock.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'dinh-lock-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('one at a time, also when all find a dead holder at once', async () => {
  const file = path.join(folder, 'many');
  writeFileSync(file, '2147483646:1');
  let inside = 0;
  let most = 0;
  const turn = () =>
    withLock(file, async () => {
      most = Math.max(most, ++inside);
      await sleep(2);
      inside--;
    });
  await Promise.all(Array.from({ length: 20 }, turn));
  expect(most).toBe(1);
  expect(existsSync(file)).toBe(false);
});

test('many processes that find a dead holder at once take turns', async () => {
  const file = path.join(folder, 'processes');
  const record = path.join(folder, 'record');
  writeFileSync(file, '2147483646:1');
  writeFileSync(record, '');
  const module = path.join(import.meta.dirname, 'process-lock.ts');
  const program = `
    import { appendFileSync } from 'node:fs';
    import { withLock } from ${JSON.stringify(module)};
    for (let n = 0; n < 20; n++) await withLock(${JSON.stringify(file)}, async () => {
      appendFileSync(${JSON.stringify(record)}, 'in ');
      await new Promise((done) => setTimeout(done, 1));
      appendFileSync(${JSON.stringify(record)}, 'out ');
    });`;
  const children = Array.from({ length: 3 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' }),
  );
  const codes = await Promise.all(children.map((child) => new Promise((resolve) => child.on('exit', resolve))));
  expect(codes).toEqual([0, 0, 0]);
  expect(readFileSync(record, 'utf8')).toBe('in out '.repeat(60));
});

test('is given back when the body fails; a live holder is named when patience ends', async () => {
  const file = path.join(folder, 'held');
  await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  writeFileSync(file, processMark());
  await expect(withLock(file, async () => 1, 100)).rejects.toMatchObject({
    code: 'database.held',
    params: { pid: process.pid },
  });
});

test('knows a process from another that has its number', async () => {
  expect(markIsAlive(processMark())).toBe(true);
  expect(markIsAlive(`${process.pid}:1`)).toBe(process.platform !== 'linux');
  expect(markIsAlive('')).toBe(false);
  expect(markIsAlive('-1:')).toBe(false);
  const child = spawn('sleep', ['60']);
  expect(processRuns(child.pid ?? 0)).toBe(true);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('exit', resolve));
  expect(processRuns(child.pid ?? 0)).toBe(false);
});
