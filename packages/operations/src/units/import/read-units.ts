import { refuse } from '@dinh/domain/kernel';
import { readHeading } from './columns.ts';
import { readCsv, type TableLine } from './csv.ts';
import { type ImportNotice, ProblemList } from './problems.ts';
import { type ImportKind, rowReader, type UnitRow } from './row.ts';
import { type NamedEncoding, sniffFile } from './sniff.ts';
import { readXlsx } from './xlsx.ts';

/** Most units one file may hold: twice the largest country Đình is measured with, and what a small server holds in memory. */
export const MAX_ROWS = 500_000;

export type UnitFile = {
  /** Lines that could be understood, in the order of the file. */
  rows: UnitRow[];
  /** What was wrong with the others. */
  problems: ProblemList;
  /** Codes of lines that were not understood, so that those below them are not told their parent does not exist. */
  refusedCodes: Map<string, number>;
  notices: ImportNotice[];
  /** Lines with a unit, right or wrong. */
  lines: number;
};

async function tableLines(path: string, encoding?: NamedEncoding): Promise<AsyncGenerator<TableLine>> {
  const kind = await sniffFile(path, encoding);
  return kind.format === 'xlsx' ? readXlsx(path) : readCsv(path, kind.encoding);
}

/**
 * Reads a CSV or XLSX file of units line by line. What is wrong with a line is listed and the reading goes on.
 * @param onLines called now and then with the number of lines read
 * @throws Refusal `units.import.*` when the file as a whole cannot be read
 */
export async function readUnitFile(
  path: string,
  kinds: readonly ImportKind[],
  options: { encoding?: NamedEncoding; onLines?: (lines: number) => void } = {},
): Promise<UnitFile> {
  const file: UnitFile = { rows: [], problems: new ProblemList(), refusedCodes: new Map(), notices: [], lines: 0 };
  let read: ReturnType<typeof rowReader> | null = null;
  let codeAt = -1;
  let codeTitle = '';
  let numberSeen = false;
  let seen = 0;
  for await (const tableLine of await tableLines(path, options.encoding)) {
    if (read === null) {
      const { heading, notices } = readHeading(tableLine.cells, tableLine.line);
      file.notices.push(...notices);
      codeAt = heading.at.get('code') ?? -1;
      codeTitle = heading.called.get('code') ?? 'code';
      read = rowReader(heading, kinds);
      continue;
    }
    seen += 1;
    if (seen > MAX_ROWS) refuse('units.import.too-many-lines', { limit: MAX_ROWS });
    if (seen % 10_000 === 0) options.onLines?.(tableLine.line);
    if (!numberSeen && tableLine.numbers?.has(codeAt)) {
      numberSeen = true;
      const value = tableLine.cells[codeAt] ?? '';
      file.notices.push({ code: 'units.import.code-was-number', line: tableLine.line, column: codeTitle, value });
    }
    const result = read(tableLine);
    if ('row' in result) {
      file.rows.push(result.row);
      continue;
    }
    for (const problem of result.problems) file.problems.add(problem);
    const code = (tableLine.cells[codeAt] ?? '').normalize('NFC').trim();
    if (code !== '') file.refusedCodes.set(code, tableLine.line);
  }
  file.lines = seen;
  if (seen === 0) refuse('units.import.empty');
  return file;
}
