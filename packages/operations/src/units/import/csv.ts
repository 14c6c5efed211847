import { Readable } from 'node:stream';
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

async function* joined(read: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (read !== '') yield read;
  yield* rest;
}

function asRefusal(error: unknown, line: number): never {
  if (error instanceof CsvError) {
    if (error.code === 'CSV_MAX_RECORD_SIZE') refuse('units.import.record-too-long', { line, limit: MAX_RECORD });
    refuse('units.import.quotes-broken', { line });
  }
  throw error;
}

/**
 * Lines of a CSV file, in order, one at a time. Comma, semicolon, tab or bar; quotes as RFC 4180; the first line may be `sep=;`.
 * @throws Refusal `units.import.quotes-broken`, `units.import.record-too-long`, `units.import.not-utf8`
 */
export async function* readCsv(path: string, encoding: Encoding): AsyncGenerator<TableLine> {
  const pieces = decodeFile(path, encoding);
  const { first, read } = await peekLine(pieces);
  const declared = /^sep=(.)$/iu.exec(first)?.[1];
  const parser = parse({
    delimiter: declared ?? findDelimiter(first),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: MAX_RECORD,
    info: true,
  });
  const source = Readable.from(joined(read, pieces), { objectMode: false, encoding: 'utf8' });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const at = line;
      line = info.lines + 1;
      if (record.length === 1 && (record[0] ?? '').trim() === '') continue;
      if (at === 1 && declared !== undefined) continue;
      yield { line: at, cells: record };
    }
  } catch (error) {
    asRefusal(error, line);
  } finally {
    source.destroy();
    parser.destroy();
  }
}
