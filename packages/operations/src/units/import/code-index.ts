import type { Line } from '@dinh/domain/units';

const NONE: readonly number[] = [];

/** Things by line and code. Nearly every code stands for one thing, which is kept as a bare number: a file can have half a million. */
export class CodeIndex {
  readonly #lines: Record<Line, Map<string, number | number[]>> = { territorial: new Map(), organisational: new Map() };

  add(line: Line, code: string, index: number): void {
    const codes = this.#lines[line];
    const known = codes.get(code);
    if (known === undefined) codes.set(code, index);
    else if (typeof known === 'number') codes.set(code, [known, index]);
    else known.push(index);
  }

  /** Indices in the order in which they were added. */
  get(line: Line, code: string): readonly number[] {
    const known = this.#lines[line].get(code);
    if (known === undefined) return NONE;
    return typeof known === 'number' ? [known] : known;
  }

  /** Every code with its things; they may be replaced by fewer with `keep`. */
  *entries(): Generator<{ line: Line; code: string; indices: readonly number[]; keep: (indices: number[]) => void }> {
    for (const line of ['territorial', 'organisational'] as const) {
      const codes = this.#lines[line];
      for (const [code, known] of codes) {
        const indices = typeof known === 'number' ? [known] : known;
        yield { line, code, indices, keep: (fewer) => codes.set(code, fewer) };
      }
    }
  }
}
