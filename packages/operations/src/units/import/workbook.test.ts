import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { readUnitFile } from './read-units.ts';
import type { ImportKind } from './row.ts';
import { SheetScan } from './sheet-scan.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'dinh-workbook-'));
afterAll(() => rm(folder, { recursive: true }));
const kinds: ImportKind[] = [{ key: 'commune', line: 'territorial', rank: 30, names: ['xã'] }];
const file = path.join(folder, 'units.xlsx');
const read = async (content: Buffer): ReturnType<typeof readUnitFile> => {
  await writeFile(file, content);
  return readUnitFile(file, kinds);
};

type Part = {
  name: string;
  data: string | Buffer;
  stored?: boolean;
  claims?: Partial<Record<'packed' | 'unpacked' | 'flags', number>>;
  listed?: boolean;
};

/** A zip file by hand, so that it can lie. */
function zip(parts: readonly Part[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data, stored = false, claims = {}, listed = true } of parts) {
    const bytes = Buffer.from(data);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(stored ? 0 : 8, 8);
    head.writeUInt32LE(crc32(bytes), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(bytes.length, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(claims.flags ?? 0, 8);
    entry.writeUInt16LE(stored ? 0 : 8, 10);
    entry.writeUInt32LE(crc32(bytes), 16);
    entry.writeUInt32LE(claims.packed ?? packed.length, 20);
    entry.writeUInt32LE(claims.unpacked ?? bytes.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    local.push(head, Buffer.from(name), packed);
    if (listed) central.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  const count = parts.filter(({ listed = true }) => listed).length;
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
function workbook(sheetData: string, change: (parts: Part[]) => Part[] = (parts) => parts): Buffer {
  return zip(
    change([
      {
        name: 'xl/workbook.xml',
        data: `<workbook xmlns="${namespace}" xmlns:r="${relations}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      },
      {
        name: 'xl/worksheets/sheet1.xml',
        data: `<worksheet xmlns="${namespace}"><sheetData>${sheetData}</sheetData></worksheet>`,
      },
    ]),
  );
}
const cell = (address: string, text: string): string => `<c r="${address}" t="inlineStr"><is><t>${text}</t></is></c>`;
const rows = `<row r="1">${cell('A1', 'code')}${cell('B1', 'name')}${cell('C1', 'kind')}</row><row r="2">${cell('A2', '18685')}${cell('B2', 'Cẩm Bình')}${cell('C2', 'xã')}</row>`;

describe('a workbook', () => {
  test('of a spreadsheet program is read, with dates, numbers and gaps', async () => {
    const text = (value: string) => ({ value, type: String });
    await writeExcelFile([
      [text('Mã'), text('Tên'), text('Loại'), text('Hiệu lực từ ngày')],
      [
        text('00004'),
        text('Ba Đình'),
        text('xã'),
        { value: new Date('2025-07-01T00:00:00Z'), type: Date, format: 'dd/mm/yyyy' },
      ],
      [],
      [{ value: 18_685, type: Number }, text('Cẩm Bình'), text('xã')],
      [text('1'), text('Không'), text('làng')],
    ]).toFile(file);
    const read = await readUnitFile(file, kinds);
    expect([...read.rows]).toMatchObject([
      { fileLine: 2, code: '00004', name: 'Ba Đình', validFrom: '2025-07-01' },
      { fileLine: 4, code: '18685', name: 'Cẩm Bình' },
    ]);
    expect(read.problems.listed).toMatchObject([{ line: 5, column: 'Loại', code: 'units.import.kind-unknown' }]);
    expect(read.notices).toEqual([{ code: 'units.import.code-was-number', line: 4, column: 'Mã', value: '18685' }]);
  });

  test('made by hand is read as well', async () => {
    expect([...(await read(workbook(rows))).rows]).toMatchObject([{ code: '18685', name: 'Cẩm Bình' }]);
  });

  const sheet = (parts: Part[]): Part => parts[2] as Part;
  test.each<[string, string, () => Buffer]>([
    [
      'that unpacks to a thousand times its size',
      'units.import.xlsx-bomb',
      () => workbook(rows + ' '.repeat(8_000_000)),
    ],
    [
      'of more than a server should hold',
      'units.import.xlsx-too-large',
      () =>
        zip([
          { name: 'xl/workbook.xml', data: '', claims: { unpacked: 200_000_000, packed: 10 } },
          { name: 'a', data: Buffer.alloc(3_000_000, 1), stored: true },
        ]),
    ],
    [
      'whose directory understates a part',
      'units.import.xlsx-bomb',
      () => workbook(rows, (parts) => [parts[0]!, parts[1]!, { ...sheet(parts), claims: { unpacked: 20 } }]),
    ],
    [
      'whose directory leaves out a part',
      'units.import.xlsx-bomb',
      () =>
        workbook(rows, (parts) => [
          parts[0]!,
          parts[1]!,
          { name: 'xl/hidden.xml', data: ' '.repeat(100_000), listed: false },
          sheet(parts),
        ]),
    ],
    [
      'whose parts share bytes',
      'units.import.xlsx-bomb',
      () => workbook(rows, (parts) => [...parts, { name: 'x', data: 'x', claims: { packed: 5000 } }]),
    ],
    [
      'with a password',
      'units.import.xlsx-locked',
      () => workbook(rows, (parts) => [parts[0]!, parts[1]!, { ...sheet(parts), claims: { flags: 1 } }]),
    ],
    ['that ends too soon', 'units.import.xlsx-damaged', () => workbook(rows).subarray(0, 400)],
    [
      'that is another kind of zip',
      'units.import.format-unknown',
      () => zip([{ name: 'word/document.xml', data: '<a/>' }]),
    ],
    [
      'with one cell in the last row',
      'units.import.sheet-too-large',
      () => workbook(`${rows}<row r="1048576">${cell('A1048576', 'x')}</row>`),
    ],
    [
      'with one cell in the last column',
      'units.import.sheet-too-large',
      () => workbook(`<row r="1">${cell('XFD1', 'x')}</row>`),
    ],
    [
      'with an address no program writes',
      'units.import.xlsx-damaged',
      () => workbook(`<row r="1e9">${cell('A1', 'x')}</row>`),
    ],
    [
      'that hides an address behind an entity',
      'units.import.xlsx-damaged',
      () => workbook(`<row r="1">${cell('&#65;1048576', 'x')}</row>`),
    ],
    [
      'that hides an address behind a bracket',
      'units.import.xlsx-damaged',
      () => workbook(`<row r="1"><c a=">" r="A1048576"/></row>`),
    ],
  ])('%s is refused with %s', async (_name, code, content) => {
    await expect(read(content())).rejects.toMatchObject({ code });
  });
});

test('an address is seen wherever the pieces are cut', () => {
  const far = `<sheetData><row r="1"><c r="B1"/><c r='A1048576'/></row>`;
  for (let cut = 0; cut <= far.length; cut += 1) {
    const scan = new SheetScan();
    expect(() => {
      scan.push(far.slice(0, cut));
      scan.push(far.slice(cut));
      scan.end();
    }).toThrow('units.import.sheet-too-large');
  }
});
