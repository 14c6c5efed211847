import writeXlsxFile from 'write-excel-file/node';
import type { Table, TableCell, TableColumn } from './table.ts';

/** Excel's own limits and forbidden signs of a sheet's name. */
const sheetName = (title: string) => title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);

// Written as texts these are never formulas, whatever they begin with.
const text = (value: string) => ({ value, type: String });
const cell = (value: TableCell, column: TableColumn | undefined) =>
  value === null
    ? null
    : typeof value === 'number'
      ? { value, type: Number, ...(column?.share && { format: '0.0%' }) }
      : text(value);

/** One workbook with a sheet per table; the head row stays in sight. */
export function toXlsx(tables: readonly Table[], rightToLeft: boolean): Promise<Buffer> {
  return writeXlsxFile(
    tables.map(({ title, columns, rows }) => ({
      sheet: sheetName(title),
      rightToLeft,
      stickyRowsCount: 1,
      columns: columns.map(({ width }) => ({ width: width ?? 14 })),
      data: [
        columns.map(({ label }) => ({ ...text(label), fontWeight: 'bold' as const, wrap: true })),
        ...rows.map((row) => row.map((value, index) => cell(value, columns[index]))),
      ],
    })),
  ).toBuffer();
}
