import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase } from '@dinh/store/testing';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Call, Services } from '../../kernel/public.ts';
import { importRows } from './commands.ts';
import { type ImportOptions, type ImportReport, importUnits } from './import-units.ts';

const database = await testDatabase();
const folder = await mkdtemp(path.join(tmpdir(), 'dinh-import-'));
afterAll(() => rm(folder, { recursive: true }));

const services: Services = { database, filesDirectory: folder };
const cli: Pick<Call, 'actor'> = { actor: { kind: 'system', label: 'cli' } };

beforeEach(async () => {
  await database.query(
    'truncate unit_import, unit_lineage, unit_parent, unit_version, unit, unit_kind, journal, journal_head, command_answer cascade',
  );
  await database.query(`insert into unit_kind (key, line, rank, names) values
    ('nation', 'territorial', 10, '{"vi": "quốc gia", "en": "nation", "ar": "دولة"}'),
    ('province', 'territorial', 20, '{"vi": "tỉnh", "en": "province", "ar": "مقاطعة"}'),
    ('commune', 'territorial', 30, '{"vi": "xã", "en": "commune", "ar": "بلدية"}'),
    ('village', 'territorial', 40, '{"vi": "thôn", "en": "village", "ar": "قرية"}'),
    ('cell', 'organisational', 40, '{"vi": "chi bộ", "en": "cell", "ar": "خلية"}')`);
});

let files = 0;
async function run(lines: readonly string[], options: Partial<ImportOptions> = {}): Promise<ImportReport> {
  files += 1;
  const file = path.join(folder, `${files}.csv`);
  await writeFile(file, ['code,name,kind,parent_code,valid_from,valid_to,continues', ...lines].join('\n'));
  return importUnits(services, cli, { path: file, ...options });
}
const found = (report: ImportReport): (string | number)[][] =>
  report.problems.map((problem) => [problem.line, problem.code]);
const storedCodes = async (): Promise<string[]> =>
  (await database.query<{ code: string }>('select code from unit_version order by code')).map((row) => row.code);
const tree = ['vn,Việt Nam,nation', '42,Hà Tĩnh,tỉnh,vn', '18685,Cẩm Bình,xã,42', 'NBT,Nam Bắc Thành,thôn,18685'];

test('units are taken whatever their order in the file, each under its parent', async () => {
  const report = await run(tree.toReversed());
  expect(report).toMatchObject({ status: 'imported', lines: 4, taken: 4, toTake: 4, problemTotal: 0 });
  const rows = await database.query(`
    select c.code, p.code as parent from unit_parent up
    join unit_version c on c.unit_id = up.unit_id join unit_version p on p.unit_id = up.parent_id order by c.code`);
  expect(rows).toEqual([
    { code: '18685', parent: '42' },
    { code: '42', parent: 'vn' },
    { code: 'NBT', parent: '18685' },
  ]);
});

test('a dry run says the same and writes nothing', async () => {
  const report = await run(tree, { dryRun: true });
  expect(report).toMatchObject({ status: 'checked', taken: 0, toTake: 4, problemTotal: 0 });
  expect(await storedCodes()).toEqual([]);
  expect(await database.query('select 1 from unit_import')).toEqual([]);
});

test('one wrong line stops the file, unless wrong lines are to be skipped', async () => {
  const lines = [...tree, 'X,Không có cấp trên,xã,nowhere'];
  const stopped = await run(lines);
  expect(stopped).toMatchObject({ status: 'stopped', taken: 0, problemCounts: { 'units.import.parent-unknown': 1 } });
  expect(await storedCodes()).toEqual([]);
  const skipped = await run(lines, { onProblems: 'skip' });
  expect(skipped).toMatchObject({ status: 'imported', taken: 4, problemTotal: 1 });
  expect(skipped.problems).toEqual([
    { line: 6, column: 'parent_code', code: 'units.import.parent-unknown', value: 'nowhere', params: {} },
  ]);
});

describe('lines are held against each other', () => {
  test.each<[string, string[], (string | number)[][]]>([
    ['one code twice', [...tree, '42,Khác,tỉnh,vn'], [[6, 'units.import.duplicate-code']]],
    [
      'one code on different days is two units',
      ['vn,A,nation', 'p,B,tỉnh,vn,,2025-07-01', 'p,C,tỉnh,vn,2025-07-01'],
      [],
    ],
    [
      'one code on days that overlap',
      ['vn,A,nation', 'p,B,tỉnh,vn,,2025-07-02', 'p,C,tỉnh,vn,2025-07-01'],
      [[4, 'units.import.duplicate-code']],
    ],
    ['a unit under itself', ['p,A,tỉnh,p'], [[2, 'units.import.cycle']]],
    [
      'a circle, and a unit below it',
      ['a,A,tỉnh,c', 'b,B,xã,a', 'c,C,thôn,b', 'd,D,thôn,b'],
      [
        [2, 'units.import.cycle'],
        [3, 'units.import.cycle'],
        [4, 'units.import.cycle'],
        [5, 'units.import.parent-refused'],
      ],
    ],
    ['a parent of equal rank', ['a,A,xã', 'b,B,xã,a'], [[3, 'units.import.parent-not-above']]],
    [
      'a parent that ends before its child',
      ['vn,A,nation,,,2025-07-01', 'p,B,tỉnh,vn'],
      [[3, 'units.import.parent-missing-days']],
    ],
    [
      'a parent missing in between',
      ['vn,A,nation,,,2020-01-01', 'vn,A,nation,,2021-01-01', 'p,B,tỉnh,vn'],
      [[4, 'units.import.parent-missing-days']],
    ],
    ['a parent in two stretches that meet', ['vn,A,nation,,,2020-01-01', 'vn,A,nation,,2020-01-01', 'p,B,tỉnh,vn'], []],
    ['a parent of the other line', ['c,C,cell', 't,T,thôn,c'], [[3, 'units.import.parent-unknown']]],
    [
      'a wrong line and those below it',
      ['p,,tỉnh', 'x,X,xã,p', 't,T,thôn,x'],
      [
        [2, 'units.import.name-missing'],
        [3, 'units.import.parent-refused'],
        [4, 'units.import.parent-refused'],
      ],
    ],
    [
      'one unit that would go on as two',
      ['o,O,xã,,,2025-07-01', 'x,X,xã,,2025-07-01,,o', 'y,Y,xã,,2025-07-01,,o'],
      [[4, 'units.import.already-continued']],
    ],
    ['nothing to continue', ['x,X,xã,,2025-07-01,,y'], [[2, 'units.import.nothing-to-continue']]],
  ])('%s', async (_name, lines, expected) => {
    expect(found(await run(lines, { dryRun: true }))).toEqual(expected);
    // What the check lets through, the database takes: the two never disagree.
    const taken = await run(lines, { onProblems: 'skip' });
    expect(found(taken)).toEqual(expected);
    expect(taken.taken).toBe(lines.length - expected.length);
  });

  test('a missing day is named', async () => {
    const { problems } = await run(['vn,A,nation,,,2020-01-01', 'vn,A,nation,,2021-01-01', 'p,B,tỉnh,vn'], {
      dryRun: true,
    });
    expect(problems[0]?.params).toEqual({ day: '2020-01-01' });
  });

  test('a unit that continues under another code is one unit, wherever its line stands', async () => {
    const report = await run(['new,Xã Cẩm Bình,xã,,2025-07-01,,old', 'old,Xã Cẩm Thành,xã,,,2025-07-01']);
    expect(report).toMatchObject({ status: 'imported', taken: 2 });
    expect(await database.query('select count(distinct unit_id)::int as units from unit_version')).toEqual([
      { units: 1 },
    ]);
  });
});

describe('lines are held against what is stored', () => {
  test('the same file again changes nothing; a corrected one adds what is new', async () => {
    await run(tree);
    const again = await run([...tree, 'LH,Liên Hà,thôn,18685']);
    expect(again).toMatchObject({ status: 'imported', alreadyThere: 4, taken: 1, problemTotal: 0 });
    expect(await storedCodes()).toHaveLength(5);
  });

  test('a stored unit goes on once', async () => {
    await run(['o,O,xã,,,2025-07-01', 'x,X,xã,,2025-07-01,,o']);
    expect(found(await run(['y,Y,xã,,2025-07-01,,o']))).toEqual([[2, 'units.import.already-continued']]);
  });

  test('a code that names another unit is a duplicate', async () => {
    await run(tree);
    expect(found(await run(['18685,Thiên Cầm,xã,42']))).toEqual([[2, 'units.import.duplicate-code']]);
  });

  test('stored units are parents, with the days they have', async () => {
    await run(['vn,Việt Nam,nation,,2000-01-01', 'p,Hà Tĩnh,tỉnh,vn,2000-01-01']);
    const report = await run(['a,A,xã,p,2000-01-01', 'b,B,xã,p'], { onProblems: 'skip' });
    expect(found(report)).toEqual([[3, 'units.import.parent-missing-days']]);
    expect(report.taken).toBe(1);
  });
});

describe('an interrupted import', () => {
  const many = ['vn,Việt Nam,nation', ...Array.from({ length: 99 }, (_, n) => `p${n},Tỉnh ${n},tỉnh,vn`)];

  test('goes on where it stopped, also for units without a code', async () => {
    const lines = [...many, ',Không mã một,xã,p1', ',Không mã hai,xã,p2'];
    const stop = new Error('power cut');
    const interrupted = run(lines, {
      batchRows: 20,
      onProgress: ({ step, done }) => {
        if (step === 'writing' && done >= 40) throw stop;
      },
    });
    await expect(interrupted).rejects.toBe(stop);
    expect(await storedCodes()).toHaveLength(40);
    const resumed = await run(lines, { batchRows: 20 });
    expect(resumed).toMatchObject({ status: 'imported', resumedAfter: 40, toTake: 62, taken: 62 });
    const third = await run(lines, { batchRows: 7 });
    expect(third).toMatchObject({ status: 'imported', resumedAfter: 102, toTake: 0, taken: 0 });
    expect(await database.query('select count(*)::int as units from unit')).toEqual([{ units: 102 }]);
    expect(await database.query('select file_name, lines, committed, taken, refused from unit_import')).toEqual([
      { file_name: expect.stringMatching(/csv$/), lines: 102, committed: 102, taken: 102, refused: 0 },
    ]);
  });

  test('is not disturbed by a second one of the same file', async () => {
    const reports = await Promise.allSettled([run(many, { batchRows: 10 }), run(many, { batchRows: 10 })]);
    for (const report of reports) if (report.status === 'rejected') throw report.reason;
    expect(await storedCodes()).toHaveLength(100);
    expect(await database.query('select sum(taken)::int as taken from unit_import')).toEqual([{ taken: 100 }]);
  });
});

test('only administrators import', async () => {
  const file = path.join(folder, 'anonymous.csv');
  await writeFile(file, 'code,name,kind\nvn,Việt Nam,nation\n');
  await expect(importUnits(services, { actor: { kind: 'anonymous' } }, { path: file })).rejects.toMatchObject({
    code: 'access.sign-in',
  });
  expect(importRows.allow).toEqual([{ role: 'administrator', reach: 'own' }]);
});
