import { refuse } from '@dinh/domain/kernel';
import { CsvError, parse } from 'csv-parse';
import { decodeFile } from './decode.ts';
import type { Encoding } from './sniff.ts';

/** One line of a table: its number in the file and its cells as text; `numbers` are the places a spreadsheet keeps as numbers. */
export type TableLine = { line: number; cells: string[]; numbers?: ReadonlySet<number> };

const DELIMITERS = [',', ';', '\t', '|'] as const;
const MAX_RECORD = 100_000;

/** The first line decides: whichever delimiter stands in it most often outside quotes. */
function findDelimiter(firstLine: string): string {
  const bare = firstLine.replace(/"[^"]*"/g, '');
  let best: string = ',';
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const count = bare.split(delimiter).length - 1;
    if (count > most) [best, most] = [delimiter, count];
  }
  return best;
}

async function peekLine(pieces: AsyncGenerator<string>): Promise<{ first: string; read: string }> {
  let read = '';
  for (;;) {
    const end = read.search(/[\r\n]/);
    if (end !== -1) return { first: read.slice(0, end), read };
    if (read.length > MAX_RECORD) refuse('units.import.record-too-long', { line: 1, limit: MAX_RECORD });
    const next = await pieces.next();
    if (next.done) return { first: read, read };
    read += next.value;
  }
}

function asRefusal(error: unknown, line: number): never {
  if (error instanceof CsvError) {
    if (error.code === 'CSV_MAX_RECORD_SIZE') refuse('units.import.record-too-long', { line, limit: MAX_RECORD });
    refuse('units.import.quotes-broken', { line });
  }
  throw error;
}

const lineBreaks = (cell: string): number => cell.match(/\r\n|\n|\r/gu)?.length ?? 0;

/**
 * Lines of a CSV file, in order, some hundreds at a time. Comma, semicolon, tab or bar; quotes as RFC 4180; the first line may be
 * `sep=;`. The records are taken from the parser as it makes them: handing each through a stream of its own costs twice the time
 * and memory.
 * @throws Refusal `units.import.quotes-broken`, `units.import.record-too-long`, `units.import.not-utf8`
 */
export async function* readCsv(path: string, encoding: Encoding): AsyncGenerator<TableLine[]> {
  const pieces = decodeFile(path, encoding);
  const { first, read } = await peekLine(pieces);
  const declared = /^sep=(.)$/iu.exec(first)?.[1];
  let line = 1;
  let made: TableLine[] = [];
  const parser = parse({
    delimiter: declared ?? findDelimiter(first),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: MAX_RECORD,
    on_record: (cells: string[]) => {
      const at = line;
      line += 1;
      for (const cell of cells) line += lineBreaks(cell);
      const empty = cells.length === 1 && (cells[0] ?? '').trim() === '';
      if (!empty && !(at === 1 && declared !== undefined)) made.push({ line: at, cells });
      return null;
    },
  });
  // The error comes back from the call that caused it; without a listener it would end the process as well.
  parser.on('error', () => undefined);
  const give = async (text: string | null): Promise<TableLine[]> => {
    try {
      await new Promise<void>((done, failed) => {
        const settle = (error?: Error | null): void => (error ? failed(error) : done());
        if (text === null) parser.end(settle);
        else parser.write(text, settle);
      });
    } catch (error) {
      asRefusal(error, line);
    }
    const lines = made;
    made = [];
    return lines;
  };
  try {
    if (read !== '') yield await give(read);
    for await (const piece of pieces) yield await give(piece);
    yield await give(null);
  } finally {
    parser.destroy();
  }
}
