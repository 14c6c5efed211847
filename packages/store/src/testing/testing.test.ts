import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { forEachEngine, testDatabase } from '@dinh/store/testing';
import { afterEach, describe, expect, inject, test, vi } from 'vitest';
import { processRuns } from '../connection/process-lock.ts';
import { closeRun, openRun, testServer } from './cluster.ts';
import { chosenEngines, missingEngines } from './engines/public.ts';

forEachEngine('a test database', async (engine) => {
  const one = await testDatabase(engine);
  const two = await testDatabase(engine);

  test('is of the engine, migrated, and its role is no superuser', async () => {
    const [found] = await one.query(
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('is_superuser') as superuser,
        current_setting('server_encoding') as encoding, (select count(*)::int from schema_migration) as migrations`,
    );
    const files = readdirSync(path.join(import.meta.dirname, '..', '..', 'migrations')).filter((name) =>
      name.endsWith('.sql'),
    );
    expect(found).toEqual({ version: Number(engine), superuser: 'off', encoding: 'UTF8', migrations: files.length });
  });

  test('is seen by nobody else', async () => {
    await one.query('create table own (id int)');
    await expect(two.query('select * from own')).rejects.toThrow(/own/);
  });
});

describe('engines', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('can be narrowed, but not to nothing', () => {
    vi.stubEnv('DINH_TEST_ENGINES', '15, 18');
    expect(chosenEngines()).toEqual(['18', '15']);
    vi.stubEnv('DINH_TEST_ENGINES', '18');
    expect(chosenEngines()).toEqual(['18']);
    vi.stubEnv('DINH_TEST_ENGINES', '14');
    expect(() => chosenEngines()).toThrow(/14/);
    vi.stubEnv('DINH_TEST_ENGINES', '');
    expect(() => chosenEngines()).toThrow(/DINH_TEST_ENGINES/);
  });

  test('an engine that is not installed is missing, unless it is not wanted', () => {
    vi.stubEnv('DINH_TEST_ENGINES', '18,15');
    vi.stubEnv('DINH_TEST_POSTGRES_15', '/nowhere');
    expect(missingEngines()).toEqual(['15']);
    vi.stubEnv('DINH_TEST_ENGINES', '18');
    expect(missingEngines()).toEqual([]);
  });
});

test('the next run removes what a killed run has left, and nothing of a live one', async () => {
  const program = `
    import { openRun, testServer } from ${JSON.stringify(path.join(import.meta.dirname, 'cluster.ts'))};
    const folder = await openRun();
    await testServer('18', folder);
    console.log(folder);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const left = await new Promise<string>((resolve) =>
    child.stdout.once('data', (text) => resolve(String(text).trim())),
  );
  const pid = Number(readFileSync(path.join(left, 'cluster-18', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  expect(processRuns(pid)).toBe(true);
  const next = await openRun();
  expect(existsSync(left)).toBe(false);
  expect(processRuns(pid)).toBe(false);
  expect(existsSync(inject('dinhTestFolder'))).toBe(true);
  expect((await testServer('18', inject('dinhTestFolder'))).port).toBeGreaterThan(0);
  await closeRun(next);
  expect(existsSync(next)).toBe(false);
}, 60_000);
