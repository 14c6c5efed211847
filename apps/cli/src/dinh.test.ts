import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { testDatabase } from '@dinh/store/testing';
import { describe, expect, test, vi } from 'vitest';
import { dinh, testFolder } from './test-dinh.ts';

// Every line here starts the real program, some several times.
vi.setConfig({ testTimeout: 90_000 });

const database = await testDatabase();
const folder = await testFolder();
const here = { DATABASE_URL: database.url, DINH_DATA: path.join(folder, 'data') };

/** Two communes and two villages, one of which was renamed. */
const UNITS = [
  'code,name,kind,line,parent_code,valid_from,valid_to,continues',
  'x1,Xã Thử,commune,territorial,,2020-01-01,,',
  'x2,Xã Hai,commune,territorial,,2020-01-01,,',
  't1,Thôn Một,village,territorial,x1,2020-01-01,,',
  't2,Thôn Hai,village,territorial,x1,2020-01-01,2024-07-01,',
  't2,Thôn Hai Mới,village,territorial,x1,2024-07-01,,t2',
];

describe('operations', () => {
  test('are done with fields from options, a file or standard input', async () => {
    const names = '{"vi":"xã","en":"commune","ar":"بلدية"}';
    const commune = await dinh(
      ['units.define-kind', '--key', 'commune', '--line', 'territorial', '--rank', '30', '--names', names],
      here,
    );
    expect([commune.note, commune.code]).toEqual(['', 0]);
    const file = path.join(folder, 'kind.json');
    const village = { key: 'village', line: 'territorial', rank: 40, names: { vi: 'thôn', en: 'village', ar: 'قرية' } };
    await writeFile(file, JSON.stringify(village));
    expect((await dinh(['units.define-kind', '--json', file], here)).code).toBe(0);
    const piped = await dinh(
      ['units.define-kind', '--json', '-', '--rank', '50', '--key', 'group'],
      here,
      JSON.stringify(village),
    );
    expect([piped.note, piped.code]).toEqual(['', 0]);
    const kinds = await dinh(['units.list-kinds'], here);
    expect(kinds.out).toContain('"group"');
  });

  test('refused: one line with the sentence and its code; exit 1, or 2 for what was written wrongly', async () => {
    const wrong = await dinh(['units.create', '--kind', 'village', '--name', ''], { ...here, LANG: 'vi_VN.UTF-8' });
    expect(wrong.code).toBe(2);
    expect(wrong.note).toContain('input.invalid');
    expect(wrong.note).toContain('--effective:');
    const refused = await dinh(['units.read', '--unitId', '999999'], here);
    expect([refused.code, refused.note.trim().split('\n').length]).toEqual([1, 1]);
    expect(refused.note).toMatch(/\((units|access)\.[a-z-]+\)/);
    expect(refused.note).not.toContain('    at ');
  });

  test('a command id given twice is one command', async () => {
    const given = [
      'units.define-kind',
      '--key',
      'hamlet',
      '--line',
      'territorial',
      '--rank',
      '60',
      '--names',
      '{"vi":"xóm","en":"hamlet","ar":"كفر"}',
      '--command-id',
      '01936b2e-0000-7000-8000-000000000001',
    ];
    const first = await dinh(given, here);
    const again = await dinh(given, here);
    expect([again.code, again.out]).toEqual([0, first.out]);
  });
});

describe('the command line', () => {
  test('helps in the language of the terminal', async () => {
    const all = await dinh(['help'], { ...here, LANG: 'vi_VN.UTF-8' });
    expect(all.code).toBe(0);
    for (const name of ['serve', 'doctor', 'units.create', 'programmes.submit']) expect(all.out).toContain(name);
    const one = await dinh(['help', 'units.create'], here);
    expect(one.out).toMatch(/--effective date\s+required/);
    expect(one.code).toBe(0);
  });

  test('a mistake in writing is exit 2', async () => {
    expect((await dinh(['nonsense'], here)).code).toBe(2);
    expect((await dinh(['units.read', 'extra'], here)).code).toBe(2);
    expect((await dinh(['units.read', '--json', path.join(folder, 'absent.json')], here)).code).toBe(2);
  });

  test('a server that is not there is explained in one line without its password', async () => {
    const said = await dinh(['migrate'], { ...here, DATABASE_URL: 'postgresql://dinh:secret-word@127.0.0.1:9/dinh' });
    expect([said.code, said.note.trim().split('\n').length]).toEqual([1, 1]);
    expect(said.note).not.toContain('secret-word');
  });
});

describe('doctor', () => {
  test('every check says its figure; exit 0 only when all hold', async () => {
    const file = path.join(folder, 'tree.csv');
    await writeFile(file, `${UNITS.join('\n')}\n`);
    const taken = await dinh(['import', 'units', file], here);
    expect([taken.note, taken.code]).toEqual(['', 0]);
    const well = await dinh(['doctor'], here);
    expect([well.note, well.code]).toEqual(['', 0]);
    for (const name of ['migrations', 'tree', 'journal', 'rollups', 'files'])
      expect(well.out).toMatch(new RegExp(`✓ ${name}: .*\\d`));
    expect(well.out).toContain('rollups: drift 0 of 0 cells');
  });

  test('a journal row that was changed is found', async () => {
    await database.query(
      "update journal set actor = 'somebody else' where seq = 1 and unit_id = (select min(unit_id) from journal)",
    );
    const ill = await dinh(['doctor', 'journal'], here);
    expect(ill.code).toBe(1);
    expect(ill.out).toMatch(/✗ journal: 1 breaks/);
    await database.query("update journal set actor = 'system:cli'");
    expect((await dinh(['doctor', 'journal'], here)).code).toBe(0);
  });

  test('a file that is not there, and a unit without a name, are found', async () => {
    await database.query("insert into file (digest, media_type, bytes) values (repeat('a', 64), 'image/png', 3)");
    const files = await dinh(['doctor', 'files'], here);
    expect([files.code, files.out]).toEqual([1, expect.stringContaining('missing')]);
    await database.query('delete from file');
    const [row] = await database.query<{ unit_id: number }>('select unit_id from unit_parent limit 1');
    await database.query('update unit_version set valid_from = valid_from + 10 where unit_id = $1', [row!.unit_id]);
    expect((await dinh(['doctor', 'tree'], here)).out).toContain('no-version');
    await database.query('update unit_version set valid_from = valid_from - 10 where unit_id = $1', [row!.unit_id]);
  });
});

describe('backup and restore', () => {
  test('bring everything into another database, where counters go on and nothing is lost', async () => {
    const other = await testDatabase(undefined, { empty: true });
    const there = { DATABASE_URL: other.url, DINH_DATA: path.join(folder, 'other') };
    const copy = path.join(folder, 'copy');
    const saved = await dinh(['backup', copy], here);
    expect([saved.note, saved.code]).toEqual(['', 0]);
    expect(await readdir(copy)).toContain('manifest.json');
    const restored = await dinh(['restore', copy], there);
    expect([restored.note, restored.code]).toEqual(['', 0]);
    for (const table of ['unit_version', 'unit_parent', 'journal', 'command_answer', 'unit_kind']) {
      const digest = `select count(*) as n, md5(string_agg(t::text, ',' order by t::text)) as content from ${table} t`;
      expect(await other.query(digest)).toEqual(await database.query(digest));
    }
    expect((await dinh(['doctor'], there)).code).toBe(0);
    const more = path.join(folder, 'more.csv');
    await writeFile(more, `${UNITS[0]}\nx9,Xã Mới,commune,territorial,,2020-01-01,,\n`);
    expect((await dinh(['import', 'units', more], there)).code).toBe(0);
    expect((await dinh(['restore', copy], there)).code).toBe(1);
  });

  test('a damaged backup brings nothing', async () => {
    const other = await testDatabase(undefined, { empty: true });
    const there = { DATABASE_URL: other.url, DINH_DATA: path.join(folder, 'third') };
    const copy = path.join(folder, 'damaged');
    await dinh(['backup', copy], here);
    const file = path.join(copy, 'tables/unit_version.copy.gz');
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, bytes.length - 12));
    const refused = await dinh(['restore', copy], there);
    expect([refused.code, refused.note]).toEqual([1, expect.stringContaining('unit_version.copy.gz')]);
    expect(await other.query('select 1 from unit_kind')).toEqual([]);
  });

  test('units are exported as the importer reads them', async () => {
    const file = path.join(folder, 'units.csv');
    expect((await dinh(['export', 'units', file], here)).code).toBe(0);
    expect((await readFile(file, 'utf8')).trim().split('\n').sort()).toEqual([...UNITS].sort());
    const checked = await dinh(['import', 'units', file, '--dry-run'], here);
    expect([checked.note, checked.code]).toEqual(['', 0]);
    expect(checked.out).toContain('5 there already');
  });
});

describe('people', () => {
  test('a list is checked line by line, and taken only when every line is right', async () => {
    const found = JSON.parse((await dinh(['units.find-by-code', '--codes', 't1'], here)).out) as {
      units: { unitId: number }[];
    };
    const unitId = String(found.units[0]?.unitId);
    const file = path.join(folder, 'people.csv');
    await writeFile(file, 'Họ và tên,Ngày sinh\nNgười Một,01/05/1970\nNgười Hai,31/02/1980\n');
    const wrong = await dinh(['import', 'people', file, '--unitId', unitId], here);
    expect([wrong.code, wrong.out]).toEqual([1, expect.stringMatching(/people\.csv:3 \[born\]/)]);
    await writeFile(file, 'Họ và tên,Ngày sinh\nNgười Một,01/05/1970\nNgười Hai,28/02/1980\n');
    const right = await dinh(['import', 'people', file, '--unitId', unitId], here);
    expect([right.note, right.code, right.out]).toEqual(['', 0, expect.stringContaining('2 taken')]);
  });
});

describe('packs', () => {
  const library = path.resolve(import.meta.dirname, '../../../packages/packs/library');

  test('a sound pack is added once; a wrong one is named by file, line and column', async () => {
    const source = path.join(library, 'model-residential-area/1.0.0');
    expect((await dinh(['pack', 'lint', source], here)).out).toContain('model-residential-area');
    expect((await dinh(['pack', 'add', source], here)).code).toBe(0);
    expect((await dinh(['pack', 'show'], here)).out).toContain('model-residential-area');
    const wrong = path.join(folder, 'wrong');
    await cp(source, wrong, { recursive: true });
    const text = await readFile(path.join(wrong, 'pack.yaml'), 'utf8');
    await writeFile(path.join(wrong, 'pack.yaml'), `${text}\nnot-a-key: 1\n`);
    const said = await dinh(['pack', 'lint', wrong], here);
    expect(said.code).toBe(1);
    expect(said.out).toMatch(/wrong\/pack\.yaml:\d+:\d+ .*packs\.unknown-key/);
  });
});
