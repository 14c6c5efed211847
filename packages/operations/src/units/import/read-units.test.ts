import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { columnHeadings, importColumns } from './columns.ts';
import { LISTED_PROBLEMS } from './problems.ts';
import { readUnitFile, type UnitFile } from './read-units.ts';
import { type ImportKind, readDay } from './row.ts';
import type { NamedEncoding } from './sniff.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'dinh-import-'));
afterAll(() => rm(folder, { recursive: true }));

const kinds: ImportKind[] = [
  { key: 'province', line: 'territorial', rank: 10, names: ['tỉnh', 'province', 'مقاطعة'] },
  { key: 'commune', line: 'territorial', rank: 30, names: ['xã', 'commune', 'بلدية'] },
  { key: 'cell', line: 'organisational', rank: 50, names: ['chi bộ', 'cell', 'خلية'] },
];

let files = 0;
async function read(content: string | Buffer, encoding?: NamedEncoding): Promise<UnitFile> {
  files += 1;
  const file = path.join(folder, `${files}.csv`);
  await writeFile(file, content);
  return readUnitFile(file, kinds, encoding === undefined ? {} : { encoding });
}
const plain = 'Mã,Tên,Loại,Mã cấp trên\n42,Hà Tĩnh,tỉnh,\n18685,"Cẩm Bình, xã mới",xã,42\n';
const names = (file: UnitFile): string[] => [...file.rows].map((row) => row.name);
const codes = (file: UnitFile): string[] => file.problems.listed.map((problem) => problem.code);
const utf16be = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();

describe('a CSV file', () => {
  test.each([
    ['UTF-8', plain],
    ['UTF-8 with a mark', `\uFEFF${plain}`],
    ['UTF-16 little-endian', Buffer.from(`\uFEFF${plain}`, 'utf16le')],
    ['UTF-16 little-endian without a mark', Buffer.from(plain, 'utf16le')],
    ['UTF-16 big-endian', utf16be(plain)],
    ['semicolons', 'Mã;Tên;Loại;Mã cấp trên\r\n42;Hà Tĩnh;tỉnh;\r\n18685;Cẩm Bình, xã mới;xã;42'],
    ['tabs', 'Mã\tTên\tLoại\tMã cấp trên\n42\tHà Tĩnh\ttỉnh\t\n18685\tCẩm Bình, xã mới\txã\t42\n'],
    ['a declared separator', 'sep=|\nMã|Tên|Loại|Mã cấp trên\n42|Hà Tĩnh|tỉnh|\n18685|Cẩm Bình, xã mới|xã|42\n'],
    ['line ends of old machines', plain.replaceAll('\n', '\r')],
    ['letters written apart from their marks', plain.normalize('NFD')],
    ['empty lines', `\n${plain.replaceAll('\n', '\n\n')}\n`],
  ])('is read: %s', async (_name, content) => {
    const file = await read(content);
    expect(names(file)).toEqual(['Hà Tĩnh', 'Cẩm Bình, xã mới']);
    expect([...file.rows][1]).toMatchObject({ code: '18685', kind: 'commune', line: 'territorial', parentCode: '42' });
    expect(file.problems.total).toBe(0);
  });

  test.each(['vi', 'en', 'ar'] as const)('may have its headings in %s', async (language) => {
    const heading = importColumns.map((column) => columnHeadings[column][language][0]).join(',');
    const file = await read(`${heading}\nA1,Chi bộ thôn,cell,,,2020-01-31,01/07/2025,A0\n`);
    expect(file.notices).toEqual([]);
    expect([...file.rows]).toEqual([
      {
        fileLine: 2,
        code: 'A1',
        name: 'Chi bộ thôn',
        kind: 'cell',
        rank: 50,
        line: 'organisational',
        parentCode: null,
        validFrom: '2020-01-31',
        validTo: '2025-07-01',
        continues: 'A0',
      },
    ]);
  });

  test.each([
    ['windows-1258', 'Hà Tính', [0x48, 0xe0, 0x20, 0x54, 0x69, 0xec, 0x6e, 0x68]],
    ['windows-1252', 'Hà Tính', [0x48, 0xe0, 0x20, 0x54, 0xed, 0x6e, 0x68]],
    ['windows-1256', 'بلدية', [0xc8, 0xe1, 0xcf, 0xed, 0xc9]],
  ] as const)('of an old program is read when its encoding is named: %s', async (encoding, name, bytes) => {
    const content = Buffer.concat([Buffer.from('code,name,kind\n1,'), Buffer.from(bytes), Buffer.from(',commune\n')]);
    expect(names(await read(content, encoding))).toEqual([name]);
    await expect(read(content)).rejects.toMatchObject({ code: 'units.import.not-utf8', params: { line: 2 } });
  });

  test('says in which line it stops being UTF-8, also behind a long beginning', async () => {
    const many = Array.from({ length: 40_000 }, (_, n) => `${n},Thôn Nam Bắc Thành ${n},xã`).join('\n');
    const content = Buffer.concat([
      Buffer.from(`code,name,kind\n${many}\nx,`),
      Buffer.from([0xe1, 0x20]),
      Buffer.from(',xã\n'),
    ]);
    await expect(read(content)).rejects.toMatchObject({ code: 'units.import.not-utf8', params: { line: 40_002 } });
  });

  test.each([
    ['', 'units.import.empty'],
    ['code,name,kind\n', 'units.import.empty'],
    ['code,name\n1,a\n', 'units.import.heading-missing'],
    ['code,name,kind,Tên\n1,a,xã,b\n', 'units.import.heading-twice'],
    ['code,name,kind\n1,"a,xã\n2,b,xã\n', 'units.import.quotes-broken'],
    ['code,name,kind\n1,"a"b,xã\n', 'units.import.quotes-broken'],
    [`code,name,kind\n1,"${'a'.repeat(200_000)}",xã\n`, 'units.import.record-too-long'],
    [`${'a'.repeat(200_000)}`, 'units.import.record-too-long'],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'units.import.old-excel'],
    [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0x00, 0x01, 0x00]), 'units.import.format-unknown'],
  ])('is refused as a whole: %#', async (content, code) => {
    await expect(read(content)).rejects.toMatchObject({ code });
  });

  test('tells of columns it does not use', async () => {
    const { notices } = await read('code,name,kind,Ghi chú\n1,a,xã,b\n');
    expect(notices).toEqual([{ code: 'units.import.column-ignored', line: 1, column: 'Ghi chú', value: '' }]);
  });
});

describe('a line', () => {
  const heading = 'Mã,Tên,Loại,Hệ,Mã cấp trên,Hiệu lực từ ngày,Hết hiệu lực từ ngày\n';
  test.each([
    ['1,,xã', 'Tên', 'units.import.name-missing'],
    ['1,…,xã', 'Tên', 'units.import.name-missing'],
    [`1,${'a'.repeat(301)},xã`, 'Tên', 'units.import.name-too-long'],
    [`${'1'.repeat(65)},a,xã`, 'Mã', 'units.import.code-too-long'],
    ['1,a,', 'Loại', 'units.import.kind-missing'],
    ['1,a,làng', 'Loại', 'units.import.kind-unknown'],
    ['1,a,xã,tổ chức', 'Hệ', 'units.import.line-differs'],
    ['1,a,xã,khác', 'Hệ', 'units.import.line-unknown'],
    ['1,a,xã,,,31/02/2020', 'Hiệu lực từ ngày', 'units.import.date-wrong'],
    ['1,a,xã,,,12/31/2020', 'Hiệu lực từ ngày', 'units.import.date-wrong'],
    ['1,a,xã,,,2020-01-01,2020-01-01', 'Hết hiệu lực từ ngày', 'units.import.dates-reversed'],
    ['1,a,xã,,,,,b', null, 'units.import.columns-too-many'],
    ['1,a\u0007b,xã', 'Tên', 'units.import.control-character'],
    ['1,X\uFFFD Cẩm Thành,xã', 'Tên', 'units.import.letters-lost'],
  ])('%s', async (line, column, code) => {
    const { problems } = await read(`${heading}\n${line}\n`);
    expect(problems.listed).toHaveLength(1);
    expect(problems.listed[0]).toMatchObject({ line: 3, column, code });
  });

  test.each([
    ['windows-1252', 'Xã Cẩm Thành'],
    ['windows-1258', 'Phường Đông Mai'],
    ['windows-1256', 'بلدية'],
  ])('whose letters were read as %s is told what was meant', async (encoding, meant) => {
    const wrong = new TextDecoder(encoding).decode(Buffer.from(meant));
    const { problems } = await read(`code,name,kind\n1,${wrong},xã\n`);
    expect(problems.listed).toMatchObject([{ line: 2, code: 'units.import.mojibake', params: { meant } }]);
  });

  test('of real names is not taken for spoilt letters', async () => {
    const real = [
      'Ân Thi',
      'Ô Môn',
      'À Ơi',
      'Đà Bắc',
      'Ía Ĩ Ũ Ơ Ư',
      'Città di Castello',
      'Übersee',
      'Ñuñoa',
      'قرية دينه',
    ];
    const file = await read(`code,name,kind\n${real.map((name, n) => `${n},${name},xã`).join('\n')}\n`);
    expect(names(file)).toEqual(real);
  });

  test('can have several problems, and the lines after it are still read', async () => {
    const file = await read(`${heading}1,,làng,,,x\n2,b,xã\n`);
    expect(codes(file)).toEqual(['units.import.name-missing', 'units.import.kind-unknown', 'units.import.date-wrong']);
    expect(names(file)).toEqual(['b']);
    expect(file.refusedCodes.get('1')).toBe(2);
  });

  test('counts its place by the lines of the file, also after quoted line ends', async () => {
    const file = await read('code,name,kind\n1,"a\nb",xã\n\n2,c,làng\n');
    expect(file.problems.listed).toMatchObject([{ line: 5, value: 'làng' }]);
    expect([...file.rows]).toMatchObject([{ fileLine: 2, name: 'a b' }]);
  });

  test('marks of direction cannot make equal codes differ', async () => {
    const file = await read('code,name,kind\n\u200F18685\u200E,a,xã\n');
    expect([...file.rows][0]?.code).toBe('18685');
  });
});

test('a file of nothing but errors is counted in full and listed in part', async () => {
  const file = await read(`code,name,kind\n${'1,,xã\n'.repeat(5000)}`);
  expect([file.problems.total, file.problems.listed.length]).toEqual([5000, LISTED_PROBLEMS]);
});

test.each([
  ['2025-07-01', '2025-07-01'],
  ['1/7/2025', '2025-07-01'],
  ['01.07.2025', '2025-07-01'],
  ['٠١/٠٧/٢٠٢٥', '2025-07-01'],
  ['2025-02-30', null],
  ['7/2025', null],
  ['01/07/25', null],
  ['0001-01-01', null],
])('the day %s', (text, day) => {
  expect(readDay(text)).toBe(day);
});
