import { safeText, type Table, type TableCell } from './table.ts';

/** Spreadsheet programs take a file for UTF-8 only by this sign. */
const BOM = '\uFEFF';

function field(cell: TableCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = safeText(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180: commas, CR LF, quotes doubled; decimals with a point. */
export function toCsv(table: Table): string {
  const lines = [table.columns.map(({ label }) => label), ...table.rows];
  return `${BOM}${lines.map((line) => line.map(field).join(',')).join('\r\n')}\r\n`;
}
