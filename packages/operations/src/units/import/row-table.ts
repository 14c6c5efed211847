import type { UnitRow } from './row.ts';

type Numbers = 'fileLine' | 'nameEnd' | 'kind' | 'parentCode' | 'validFrom' | 'validTo' | 'continues';
const columns = ['fileLine', 'nameEnd', 'kind', 'parentCode', 'validFrom', 'validTo', 'continues'] as const;

const NOTHING = -1;

/** Texts that come again and again, each kept once. */
class Pool<Key extends string> {
  readonly #numbers = new Map<Key, number>();
  readonly #texts: Key[] = [];

  put(text: Key | null): number {
    if (text === null) return NOTHING;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  get(number: number): Key | null {
    return this.#texts[number] ?? null;
  }
}

/**
 * The rows of a file, packed: numbers in typed arrays, names as bytes side by side. As objects, a quarter of a million rows cost the
 * process a hundred megabytes more, most of it in a young generation that grows with everything that survives it.
 */
export class RowTable implements Iterable<UnitRow> {
  length = 0;
  #room = 1024;
  readonly #numbers: Record<Numbers, Int32Array>;
  readonly #codes: (string | null)[] = [];
  readonly #texts = new Pool<string>();
  readonly #kinds: Pick<UnitRow, 'kind' | 'rank' | 'line'>[] = [];
  readonly #kindNumbers = new Map<string, number>();
  #names = Buffer.alloc(64 * 1024);
  #nameEnd = 0;

  constructor() {
    this.#numbers = Object.fromEntries(columns.map((column) => [column, new Int32Array(this.#room)])) as Record<
      Numbers,
      Int32Array
    >;
  }

  push(row: UnitRow): void {
    const at = this.length;
    if (at === this.#room) this.#grow();
    let kind = this.#kindNumbers.get(row.kind);
    if (kind === undefined) {
      kind = this.#kinds.push({ kind: row.kind, rank: row.rank, line: row.line }) - 1;
      this.#kindNumbers.set(row.kind, kind);
    }
    const numbers = this.#numbers;
    numbers.fileLine[at] = row.fileLine;
    numbers.kind[at] = kind;
    numbers.parentCode[at] = this.#texts.put(row.parentCode);
    numbers.validFrom[at] = this.#texts.put(row.validFrom);
    numbers.validTo[at] = this.#texts.put(row.validTo);
    numbers.continues[at] = this.#texts.put(row.continues);
    numbers.nameEnd[at] = this.#putName(row.name);
    this.#codes.push(row.code);
    this.length = at + 1;
  }

  get(at: number): UnitRow {
    const numbers = this.#numbers;
    const kind = this.#kinds[numbers.kind[at] ?? NOTHING];
    if (at < 0 || at >= this.length || kind === undefined) throw new RangeError(`no row ${at}`);
    return {
      fileLine: numbers.fileLine[at] ?? 0,
      code: this.#codes[at] ?? null,
      name: this.#names.toString('utf8', at === 0 ? 0 : numbers.nameEnd[at - 1], numbers.nameEnd[at]),
      kind: kind.kind,
      rank: kind.rank,
      line: kind.line,
      parentCode: this.#texts.get(numbers.parentCode[at] ?? NOTHING),
      validFrom: this.#texts.get(numbers.validFrom[at] ?? NOTHING) ?? '',
      validTo: this.#texts.get(numbers.validTo[at] ?? NOTHING) ?? '',
      continues: this.#texts.get(numbers.continues[at] ?? NOTHING),
    };
  }

  *[Symbol.iterator](): Generator<UnitRow> {
    for (let at = 0; at < this.length; at += 1) yield this.get(at);
  }

  #putName(name: string): number {
    const bytes = Buffer.byteLength(name);
    if (this.#nameEnd + bytes > this.#names.length) {
      const larger = Buffer.alloc(this.#names.length * 2);
      this.#names.copy(larger, 0, 0, this.#nameEnd);
      this.#names = larger;
    }
    this.#nameEnd += this.#names.write(name, this.#nameEnd);
    return this.#nameEnd;
  }

  #grow(): void {
    this.#room *= 2;
    for (const column of columns) {
      const larger = new Int32Array(this.#room);
      larger.set(this.#numbers[column]);
      this.#numbers[column] = larger;
    }
  }
}
