import { DAWN, type Day, FOREVER, foldText, isDay } from '@dinh/domain/kernel';
import { type Line, lines } from '@dinh/domain/units';
import { type Heading, type ImportColumn, importColumns } from './columns.ts';
import type { TableLine } from './csv.ts';
import { undoMojibake } from './mojibake.ts';
import { type ImportProblem, type ImportProblemCode, shorten } from './problems.ts';

/** A kind of unit as the importer needs it; `names` are how people call it, in any language. */
export type ImportKind = { key: string; line: Line; rank: number; names: readonly string[] };

/** One line of the file, understood. */
export type UnitRow = {
  fileLine: number;
  code: string | null;
  name: string;
  kind: string;
  rank: number;
  line: Line;
  parentCode: string | null;
  validFrom: Day;
  validTo: Day;
  continues: string | null;
};

const MAX_CODE = 64;
const MAX_NAME = 300;

const LINE_NAMES: Readonly<Record<Line, readonly string[]>> = {
  territorial: ['territorial', 'địa bàn', 'lãnh thổ', 'hành chính', 'إقليمي', 'ترابي'],
  organisational: ['organisational', 'organizational', 'tổ chức', 'تنظيمي'],
};
const lineByName = new Map(lines.flatMap((line) => LINE_NAMES[line].map((name) => [foldText(name), line] as const)));

// Marks of direction and width that editors leave behind; they can hide in a code and make two equal ones differ.
const INVISIBLE = /[\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const CONTROL = /[\u0000-\u001F\u007F-\u009F]/u;

const PLAIN = /^(?:[\x21-\x7E]+(?: [\x21-\x7E]+)*)?$/u;

function clean(cell: string): string {
  // Codes and dates, most of a file, need nothing done.
  if (PLAIN.test(cell)) return cell;
  return cell
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(/[\s\u00A0]+/gu, ' ')
    .trim();
}

const LATIN_DIGITS = /[٠-٩۰-۹]/gu;

/** `YYYY-MM-DD` or day/month/year; null for anything else. Month/day/year is not read: 03/04 would mean two different days. */
export function readDay(text: string): Day | null {
  const plain = text.replace(LATIN_DIGITS, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/u.exec(plain);
  const day = parts ? `${parts[3]}-${parts[2]?.padStart(2, '0')}-${parts[1]?.padStart(2, '0')}` : plain;
  return isDay(day) && day >= '1900-01-01' && day <= '2200-12-31' ? day : null;
}

/** Remembers what a function made of a text: a column of kinds or dates says the same few things over and over. */
function remembering<Value>(make: (text: string) => Value): (text: string) => Value {
  const made = new Map<string, Value>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    if (made.size >= 10_000) made.clear();
    const value = make(text);
    made.set(text, value);
    return value;
  };
}

/** One line as a unit, or everything that is wrong with it. */
export type RowReader = (line: TableLine) => UnitRow | ImportProblem[];

/** The line being read; one object serves a whole file, since a file has hundreds of thousands of lines. */
class LineReading {
  readonly #heading: Heading;
  readonly #places: Readonly<Record<ImportColumn, number>>;
  readonly #day = remembering(readDay);
  #line: TableLine = { line: 0, cells: [] };
  problems: ImportProblem[] = [];

  constructor(heading: Heading) {
    this.#heading = heading;
    const at = (column: ImportColumn) => [column, heading.at.get(column) ?? -1] as const;
    this.#places = Object.fromEntries(importColumns.map(at)) as Record<ImportColumn, number>;
  }

  start(line: TableLine): void {
    this.#line = line;
    if (this.problems.length > 0) this.problems = [];
    const { width } = this.#heading;
    const extra = line.cells.length > width ? line.cells.slice(width).find((cell) => cell.trim() !== '') : undefined;
    if (extra !== undefined) {
      this.add(null, 'units.import.columns-too-many', extra, { columns: width, found: line.cells.length });
    }
  }

  add(column: ImportColumn | null, code: ImportProblemCode, value: string, params?: ImportProblem['params']): void {
    const called = column === null ? null : (this.#heading.called.get(column) ?? column);
    const problem = { line: this.#line.line, column: called, code, value: shorten(value) };
    this.problems.push(params ? { ...problem, params } : problem);
  }

  #raw(column: ImportColumn): string {
    return this.#line.cells[this.#places[column]] ?? '';
  }

  text(column: ImportColumn): string {
    const value = clean(this.#raw(column));
    if (CONTROL.test(value)) this.add(column, 'units.import.control-character', value.replace(CONTROL, '·'));
    return value;
  }

  letters(column: ImportColumn): string {
    // Asked of the cell as it came: tidying would turn half a spoilt letter into a space.
    const meant = undoMojibake(this.#raw(column));
    if (meant !== null) {
      const value = clean(this.#raw(column));
      this.add(column, 'units.import.mojibake', value, { meant: shorten(meant.trim()) });
      return value;
    }
    const value = this.text(column);
    if (value.includes('\uFFFD')) this.add(column, 'units.import.letters-lost', value);
    return value;
  }

  code(column: ImportColumn): string | null {
    const value = this.letters(column);
    if (value.length > MAX_CODE) this.add(column, 'units.import.code-too-long', value, { limit: MAX_CODE });
    return value === '' ? null : value;
  }

  day(column: ImportColumn, open: Day): Day {
    const value = this.text(column);
    if (value === '') return open;
    const read = this.#day(value);
    if (read === null) this.add(column, 'units.import.date-wrong', value);
    return read ?? open;
  }
}

/** Makes the function that reads one line under a heading. Every cell is looked at, so one line can have several problems. */
export function rowReader(heading: Heading, kinds: readonly ImportKind[]): RowReader {
  const kindByName = new Map<string, ImportKind>();
  // Keys win over names, so that a name in one language cannot take the key of another kind.
  for (const kind of kinds) for (const name of kind.names) kindByName.set(foldText(name), kind);
  for (const kind of kinds) kindByName.set(foldText(kind.key), kind);
  const kindCalled = remembering((name) => kindByName.get(foldText(name)));
  const lineCalled = remembering((name) => lineByName.get(foldText(name)));
  // Parents come again and again; one string serves all their children.
  const same = remembering((text) => text);
  const cells = new LineReading(heading);

  return (tableLine) => {
    cells.start(tableLine);
    const name = cells.letters('name');
    if (!/[\p{L}\p{N}]/u.test(name)) cells.add('name', 'units.import.name-missing', name);
    if (name.length > MAX_NAME) cells.add('name', 'units.import.name-too-long', name, { limit: MAX_NAME });

    const kindName = cells.text('kind');
    const kind = kindCalled(kindName);
    if (kindName === '') cells.add('kind', 'units.import.kind-missing', '');
    else if (kind === undefined) cells.add('kind', 'units.import.kind-unknown', kindName);

    const lineName = cells.text('line');
    const line = lineName === '' ? kind?.line : lineCalled(lineName);
    if (line === undefined && lineName !== '') cells.add('line', 'units.import.line-unknown', lineName);
    if (line !== undefined && kind !== undefined && line !== kind.line) {
      cells.add('line', 'units.import.line-differs', lineName, { kind: kindName });
    }

    const code = cells.code('code');
    const parent = cells.code('parent_code');
    const continues = cells.code('continues');
    const validFrom = cells.day('valid_from', DAWN);
    const validTo = cells.day('valid_to', FOREVER);
    if (validFrom >= validTo) cells.add('valid_to', 'units.import.dates-reversed', validTo, { from: validFrom });
    if (cells.problems.length > 0 || kind === undefined || line === undefined) return cells.problems;
    const parentCode = parent === null ? null : same(parent);
    const { key, rank } = kind;
    return { fileLine: tableLine.line, code, name, kind: key, rank, line, parentCode, validFrom, validTo, continues };
  };
}
