import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { forEachEngine, testDatabase } from '@dinh/store/testing';
import { afterAll, expect, test } from 'vitest';
import { digestOfAll, migrate, readMigrations } from './public.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'dinh-migrations-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

const first = { '0001-first.sql': 'create table first (id int);\ninsert into first values (1);\n' };
const second = { '0002-second.sql': 'create table second (id int);\n' };

forEachEngine('migrations', async (engine) => {
  const database = await testDatabase(engine, { empty: true });
  const another = await testDatabase(engine, { empty: true });
  const { url } = database;
  const tables = async () => {
    const rows = await database.query("select tablename from pg_tables where schemaname = 'public' order by 1");
    return rows.map((row) => row.tablename);
  };

  test('apply in order, once, and say what they did', async () => {
    const folder = folderOf({ ...second, ...first, 'notes.txt': 'not a migration' });
    const seen: string[] = [];
    expect(await migrate(url, { folder, onApplied: (name) => void seen.push(name) })).toEqual({
      applied: ['0001-first.sql', '0002-second.sql'],
      already: 0,
    });
    expect(seen).toEqual(['0001-first.sql', '0002-second.sql']);
    expect(await migrate(url, { folder })).toEqual({ applied: [], already: 2 });
    expect(await database.query('select * from first')).toEqual([{ id: 1 }]);
  });

  test('the same text with line ends of another system is the same migration', async () => {
    const folder = folderOf({ '0001-first.sql': first['0001-first.sql'].replaceAll('\n', '\r\n'), ...second });
    expect(await migrate(url, { folder })).toEqual({ applied: [], already: 2 });
  });

  test('a changed file is refused', async () => {
    const folder = folderOf({ '0001-first.sql': 'create table first (id bigint);\n', ...second });
    await expect(migrate(url, { folder })).rejects.toMatchObject({
      code: 'migrations.changed',
      params: { name: '0001-first.sql' },
    });
  });

  test('a database newer than the code is refused', async () => {
    await expect(migrate(url, { folder: folderOf(first) })).rejects.toMatchObject({
      code: 'migrations.newer',
      params: { name: '0002-second.sql' },
    });
  });

  test('a file that comes before an applied one is refused', async () => {
    const folder = folderOf({ ...first, ...second });
    renameSync(path.join(folder, '0002-second.sql'), path.join(folder, '0003-second.sql'));
    await database.query("update schema_migration set name = '0003-second.sql' where name = '0002-second.sql'");
    writeFileSync(path.join(folder, '0002-late.sql'), 'create table late (id int);');
    await expect(migrate(url, { folder })).rejects.toMatchObject({
      code: 'migrations.out-of-order',
      params: { name: '0002-late.sql' },
    });
    await database.query("update schema_migration set name = '0002-second.sql' where name = '0003-second.sql'");
  });

  test('a failing file leaves nothing of itself, all before it, and names its line', async () => {
    const folder = folderOf({
      ...first,
      ...second,
      '0003-third.sql': 'create table third (id int);\n',
      '0004-broken.sql': 'create table fourth (id int);\n-- đình\ninsert into\n  nowhere values (1);\n',
    });
    const failing = migrate(url, { folder });
    await expect(failing).rejects.toMatchObject({ code: 'migrations.failed', params: { name: '0004-broken.sql' } });
    await expect(failing).rejects.toThrow(/0004-broken\.sql.*nowhere/);
    expect(await tables()).toEqual(['first', 'schema_migration', 'second', 'third']);
    writeFileSync(path.join(folder, '0004-broken.sql'), 'create table fourth (id int);\n\nselekt 1;\n');
    await expect(migrate(url, { folder })).rejects.toMatchObject({ params: { line: 3 } });
  });

  test('several that start at once take turns', async () => {
    const folder = folderOf({ ...first, '0002-slow.sql': 'select pg_sleep(0.3); create table slow (id int);' });
    const reports = await Promise.all([1, 2, 3, 4].map(() => migrate(another.url, { folder })));
    expect(reports.flatMap(({ applied }) => applied).sort()).toEqual(['0001-first.sql', '0002-slow.sql']);
  });
});

test('names out of pattern and numbers used twice are refused', async () => {
  for (const name of ['1-first.sql', '0001_first.sql', '0001-First.sql'])
    await expect(readMigrations(folderOf({ [name]: '' }))).rejects.toMatchObject({ code: 'migrations.bad-name' });
  const twice = folderOf({ '0001-one.sql': '', '0001-two.sql': '' });
  await expect(readMigrations(twice)).rejects.toMatchObject({
    code: 'migrations.bad-name',
    params: { name: '0001-two.sql' },
  });
});

test('the digest of all changes with a text, a name and an addition', async () => {
  const variants = [
    first,
    { ...first, ...second },
    { '0001-first.sql': 'select 1;' },
    { '0001-other.sql': first['0001-first.sql'] },
  ];
  const digests = await Promise.all(variants.map(async (files) => digestOfAll(await readMigrations(folderOf(files)))));
  expect(new Set(digests).size).toBe(variants.length);
});
