import { readSheetsBelow, readTrails } from '@dinh/store/programmes';
import { directionOf, loadCatalog, translator } from '@dinh/texts/catalog';
import { z } from 'zod';
import { operation } from '../../kernel/public.ts';
import { loadOverview, overviewInput } from '../overview.ts';
import { readers } from '../read-sheet.ts';
import { toCsv } from './csv.ts';
import type { Table } from './table.ts';
import { aboutTable, overviewTable, sheetsTable } from './tables.ts';
import { toXlsx } from './xlsx.ts';

/** More sheets than these make a file few programs open; the overview's own figures still count them all. */
const MOST_SHEETS = 5000;
/** A file holds every part: more than stand under any one unit. */
const MOST_PARTS = 20_000;

const inputSchema = overviewInput.omit({ limit: true, offset: true }).extend({
  format: z.enum(['rows', 'csv', 'xlsx']).default('rows').describe('rows: the tables as data; csv and xlsx: a file'),
  table: z.enum(['overview', 'sheets']).default('overview').describe('which table a CSV file holds'),
  language: z.enum(['vi', 'en', 'ar']).default('vi'),
});

export type ExportedFile = { name: string; mediaType: string; base64: string };
export type Exported = { tables: Table[] | null; file: ExportedFile | null };

/**
 * The overview and the sheets behind it as tables (`rows`) or as a file in base64: XLSX with a sheet that says what it is, or one table
 * as CSV. Figures are numbers, shares run from 0 to 1.
 */
export const exportOverview = operation({
  name: 'programmes.export-overview',
  kind: 'query',
  input: inputSchema,
  unit: (input) => input.unitId,
  allow: readers,
  async run({ tx, now }, { format, table, language, ...asked }): Promise<Exported> {
    const t = translator(await loadCatalog(language), language);
    const seen = await loadOverview(tx, { ...asked, limit: MOST_PARTS, offset: 0 });
    const tables: Table[] = [];
    const notes = seen.more ? [t('overview.more-parts', { count: seen.children.length })] : [];
    if (format !== 'csv' || table === 'sheets') {
      const { programmeId, day } = seen;
      const wanted = { unitId: asked.unitId, programmeId, period: asked.period, day, limit: MOST_SHEETS + 1 };
      const found = await readSheetsBelow(tx, wanted);
      const sheets = found.slice(0, MOST_SHEETS);
      if (found.length > MOST_SHEETS) notes.push(t('overview.file-most-sheets', { count: MOST_SHEETS }));
      const trails = await readTrails(
        tx,
        sheets.map(({ id }) => id),
        day,
      );
      const within = (id: number) => (trails.get(id) ?? []).map(({ name }) => name).join(' › ');
      tables.push(
        sheetsTable(
          t,
          seen,
          sheets.map((sheet) => ({ ...sheet, within: within(sheet.id) })),
        ),
      );
    }
    tables.unshift(aboutTable(t, seen, now, notes), overviewTable(t, seen));
    const name = `dinh-${asked.programme}-${asked.period}-${asked.unitId}`;
    if (format === 'rows') return { tables, file: null };
    if (format === 'csv') {
      const chosen = tables.find(({ id }) => id === table)!;
      const base64 = Buffer.from(toCsv(chosen), 'utf8').toString('base64');
      return { tables: null, file: { name: `${name}-${table}.csv`, mediaType: 'text/csv; charset=utf-8', base64 } };
    }
    const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    const bytes = await toXlsx(tables, directionOf(language) === 'rtl');
    return { tables: null, file: { name: `${name}.xlsx`, mediaType, base64: bytes.toString('base64') } };
  },
});
