import { tmpdir } from 'node:os';
import { testDatabase } from '@dinh/store/testing';
import readXlsxFile from 'read-excel-file/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Actor, execute, type Services } from '../../kernel/public.ts';
import { exportOverview, overview } from '../public.ts';
import { addTestPack, type Country, CRITERIA, liveThrough, PROGRAMME, plantTree } from '../test-country.ts';
import { toCsv } from './csv.ts';
import type { Table } from './table.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir(), clock: () => new Date('2026-11-21T03:00:00Z') };
const system: { actor: Actor } = { actor: { kind: 'system', label: 'job' } };
const asked = { programme: PROGRAMME, period: '2026-10' };
let country: Country;

beforeAll(async () => {
  country = await plantTree(database.query, {
    provinces: 1,
    communes: 2,
    villages: 3,
    months: 2,
    lastMonth: '2026-10',
  });
  await database.query(`update unit_version set name = '=HYPERLINK("http://x","y")', search = 'a' where unit_id = $1`, [
    country.communes[0],
  ]);
  await addTestPack(services);
  await liveThrough(services, country);
});

const exported = async (more: { format: 'rows' | 'csv' | 'xlsx'; table?: 'overview' | 'sheets'; language?: 'ar' }) =>
  execute(services, exportOverview, { unitId: country.provinces[0]!, ...asked, ...more }, system);
const bytesOf = async (more: Parameters<typeof exported>[0]) =>
  Buffer.from((await exported(more)).file!.base64, 'base64');

describe('the exported overview', () => {
  it('carries the figures of the page as numbers, the whole first', async () => {
    const { tables, file } = await exported({ format: 'rows' });
    expect(file).toBeNull();
    const table = tables!.find(({ id }) => id === 'overview')!;
    const seen = await execute(services, overview, { unitId: country.provinces[0]!, ...asked }, system);
    expect(table.rows).toHaveLength(3);
    expect(table.rows[0]!.slice(2, 4)).toEqual([6, seen.whole['sheet.submitted']?.declared ?? 0]);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    const last = table.rows[0]!.slice(-4 * CRITERIA.length).slice(0, 4);
    const roads = seen.whole['criterion.roads']!;
    expect(last).toEqual([roads.declaredMet, roads.declared, roads.verifiedMet, roads.verified]);
    expect(tables!.find(({ id }) => id === 'sheets')!.rows).toHaveLength(6);
  });

  it('is a CSV a spreadsheet reads as UTF-8 and never runs', async () => {
    const bytes = await bytesOf({ format: 'csv' });
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = bytes.toString('utf8');
    expect(text).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
    expect(text).toContain('\r\nToàn bộ: Province 1,');
    expect((await bytesOf({ format: 'csv', table: 'sheets' })).toString('utf8')).toContain('Village 1.2.3');
    const table: Table = { id: 'about', title: '', columns: [], rows: [[-5, '-5', '+x', '\tz', '@a', ' =b', 'c-d']] };
    expect(toCsv(table).trim().split('\r\n').at(-1)).toBe(`-5,'-5,'+x,'\tz,'@a,' =b,c-d`);
  });

  it('is a workbook with what it is, the overview and the sheets; text stays text, numbers numbers', async () => {
    const bytes = await bytesOf({ format: 'xlsx' });
    const sheets = await readXlsxFile(bytes);
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Về tệp này', 'Tổng quan', 'Phiếu đánh giá']);
    const [about, figures] = sheets;
    expect(about!.data.flat()).toEqual(expect.arrayContaining(['2026-10-31', '2026-11-21T03:00:00.000Z']));
    expect(figures!.data[2]![0]).toBe('=HYPERLINK("http://x","y")');
    expect(typeof figures!.data[1]![2]).toBe('number');
    expect((await readXlsxFile(await bytesOf({ format: 'xlsx', language: 'ar' })))[0]!.sheet).toBe('عن هذا الملف');
  });
});
