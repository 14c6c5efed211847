import { refuse } from '@dinh/domain/kernel';
import { type Heading, readHeading } from './columns.ts';
import { readCsv, type TableLine } from './csv.ts';
import { type ImportNotice, ProblemList } from './problems.ts';
import { type ImportKind, type RowReader, rowReader } from './row.ts';
import { RowTable } from './row-table.ts';
import { type NamedEncoding, sniffFile } from './sniff.ts';
import { readXlsx } from './xlsx.ts';

/** Most units one file may hold: twice the largest country Đình is measured with, and what a small server holds in memory. */
export const MAX_ROWS = 500_000;

export type UnitFile = {
  /** Lines that could be understood, in the order of the file. */
  rows: RowTable;
  /** What was wrong with the others. */
  problems: ProblemList;
  /** Codes of lines that were not understood, so that those below them are not told their parent does not exist. */
  refusedCodes: Map<string, number>;
  notices: ImportNotice[];
  /** Lines with a unit, right or wrong. */
  lines: number;
};

/** Lines of a CSV or XLSX file, whichever its first bytes say it is. @throws Refusal `units.import.*` */
export async function tableLines(path: string, encoding?: NamedEncoding): Promise<AsyncGenerator<TableLine[]>> {
  const kind = await sniffFile(path, encoding);
  return kind.format === 'xlsx' ? readXlsx(path) : readCsv(path, kind.encoding);
}

/** Takes the lines of a table after its heading. */
class UnitLines {
  readonly file: UnitFile = {
    rows: new RowTable(),
    problems: new ProblemList(),
    refusedCodes: new Map(),
    notices: [],
    lines: 0,
  };
  readonly #heading: Heading;
  readonly #read: RowReader;
  readonly #codeAt: number;
  #numberSeen = false;

  constructor(first: TableLine, kinds: readonly ImportKind[]) {
    const { heading, notices } = readHeading(first.cells, first.line);
    this.#heading = heading;
    this.#read = rowReader(heading, kinds);
    this.#codeAt = heading.at.get('code') ?? -1;
    this.file.notices.push(...notices);
  }

  take(line: TableLine): void {
    const { file } = this;
    file.lines += 1;
    if (file.lines > MAX_ROWS) refuse('units.import.too-many-lines', { limit: MAX_ROWS });
    const codeCell = line.cells[this.#codeAt] ?? '';
    if (!this.#numberSeen && line.numbers?.has(this.#codeAt)) {
      this.#numberSeen = true;
      const column = this.#heading.called.get('code') ?? 'code';
      file.notices.push({ code: 'units.import.code-was-number', line: line.line, column, value: codeCell });
    }
    const result = this.#read(line);
    if (!Array.isArray(result)) {
      file.rows.push(result);
      return;
    }
    for (const problem of result) file.problems.add(problem);
    const code = codeCell.normalize('NFC').trim();
    if (code !== '') file.refusedCodes.set(code, line.line);
  }
}

/**
 * Reads a CSV or XLSX file of units line by line. What is wrong with a line is listed and the reading goes on.
 * @param onLines called now and then with the number of units read
 * @throws Refusal `units.import.*` when the file as a whole cannot be read
 */
export async function readUnitFile(
  path: string,
  kinds: readonly ImportKind[],
  options: { encoding?: NamedEncoding; onLines?: (lines: number) => void } = {},
): Promise<UnitFile> {
  let units: UnitLines | null = null;
  for await (const lines of await tableLines(path, options.encoding)) {
    for (const line of lines) {
      if (units === null) units = new UnitLines(line, kinds);
      else units.take(line);
    }
    if (units !== null) options.onLines?.(units.file.lines);
  }
  if (units === null || units.file.lines === 0) refuse('units.import.empty');
  return units.file;
}
