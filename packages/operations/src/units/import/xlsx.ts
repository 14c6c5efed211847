import { refuse } from '@dinh/domain/kernel';
import type { TableLine } from './csv.ts';
import { checkWorkbook } from './zip-directory.ts';

type Cell = string | number | boolean | Date | null;

function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell);
}

/**
 * Lines of a workbook's first sheet. The workbook is looked at before it is opened; dates come as `YYYY-MM-DD`, numbers as Excel
 * stores them.
 * @throws Refusal of `checkWorkbook`
 */
export async function* readXlsx(path: string): AsyncGenerator<TableLine[]> {
  await checkWorkbook(path);
  let sheet: Cell[][];
  try {
    // Loaded with the first workbook, not with every start.
    const { readSheet } = await import('read-excel-file/node');
    sheet = (await readSheet(path)) as unknown as Cell[][];
  } catch {
    return refuse('units.import.xlsx-damaged');
  }
  for (const [index, row] of sheet.entries()) {
    const cells = row.map(textOf);
    const numbers = new Set(row.flatMap((cell, at) => (typeof cell === 'number' ? [at] : [])));
    if (cells.some((cell) => cell.trim() !== '')) yield [{ line: index + 1, cells, numbers }];
  }
}
