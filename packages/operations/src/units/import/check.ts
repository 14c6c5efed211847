import type { Day } from '@dinh/domain/kernel';
import type { Line } from '@dinh/domain/units';
import { CodeIndex } from './code-index.ts';
import { dependencyOrder } from './order.ts';
import { type ImportProblem, type ImportProblemCode, type ProblemList, shorten } from './problems.ts';
import type { UnitRow } from './row.ts';
import type { RowTable } from './row-table.ts';

/** A stretch of days of a unit that is stored already. */
export type StoredStretch = {
  line: Line;
  code: string;
  name: string;
  kind: string;
  rank: number;
  validFrom: Day;
  validTo: Day;
  /** Code of the unit above on the first day, or null. */
  parentCode: string | null;
  /** True when the same unit goes on, under whatever code, on the day this stretch ends. */
  continued: boolean;
};

export type Checked = {
  /** Indices of all rows so that what a row needs comes before it; the same for the same file. */
  order: Int32Array;
  /** Per row: 0 to be taken, 1 refused, 2 stored already exactly like this. */
  state: Uint8Array;
  alreadyThere: number;
};

export const TAKE = 0;
export const REFUSED = 1;
export const THERE = 2;

type Stretch = { validFrom: Day; validTo: Day; rank: number };

const overlap = (a: { validFrom: Day; validTo: Day }, b: { validFrom: Day; validTo: Day }): boolean =>
  a.validFrom < b.validTo && b.validFrom < a.validTo;

/** First day of `[from, to)` that none of the stretches covers, or null. */
function firstGap(from: Day, to: Day, stretches: readonly Stretch[]): Day | null {
  let day = from;
  for (const stretch of stretches.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))) {
    if (stretch.validFrom > day) break;
    if (stretch.validTo > day) day = stretch.validTo;
  }
  return day < to ? day : null;
}

/**
 * Holds the rows of a file against each other and against what is stored: codes used twice on one day, parents unknown, missing on
 * some days or not above, circles, and rows below refused ones. The first of two rows with one code stays.
 */
export function checkRows(
  rows: RowTable,
  stored: readonly StoredStretch[],
  refusedCodes: ReadonlyMap<string, number>,
  problems: ProblemList,
): Checked {
  const state = new Uint8Array(rows.length);
  const byCode = new CodeIndex();
  for (let index = 0; index < rows.length; index += 1) {
    const { line, code } = rows.get(index);
    if (code !== null) byCode.add(line, code, index);
  }
  const storedByCode = new CodeIndex();
  for (const [index, stretch] of stored.entries()) storedByCode.add(stretch.line, stretch.code, index);
  const storedAs = (line: Line, code: string): StoredStretch[] =>
    storedByCode.get(line, code).map((index) => stored[index] as StoredStretch);
  const refuseRow = (
    index: number,
    column: ImportProblem['column'],
    code: ImportProblemCode,
    value: string,
    params: Record<string, string | number> = {},
  ): void => {
    if (state[index] === REFUSED) return;
    state[index] = REFUSED;
    problems.add({ line: rows.get(index).fileLine, column, code, value: shorten(value), params });
  };

  const continued = new Set<string>();

  markDuplicates(rows, byCode, storedAs, state, refuseRow);
  // The rest of a file with one code in every line would be looked through again for each line.
  for (const { indices, keep } of byCode.entries()) {
    if (indices.length > 1) keep(indices.filter((index) => state[index] !== REFUSED));
  }
  const { order, cycles } = dependencyOrder(rows, byCode);
  for (const cycle of cycles) {
    const codes = cycle.map((index) => rows.get(index).code ?? '');
    const chain = shorten([...codes, codes[0] ?? ''].join(' → '));
    for (const index of cycle)
      refuseRow(index, 'parent_code', 'units.import.cycle', rows.get(index).parentCode ?? '', { chain });
  }
  // In this order everything a row stands on is settled before it; only a circle could need a second look, and circles are refused.
  for (const index of order) {
    if (state[index] !== TAKE) continue;
    const row = rows.get(index);
    checkContinues(row, index);
    if (state[index] === TAKE) checkParent(row, index);
  }
  let alreadyThere = 0;
  for (const value of state) {
    if (value === THERE) alreadyThere += 1;
  }
  return { order, state, alreadyThere };

  function checkContinues(row: UnitRow, index: number): void {
    if (row.continues === null) return;
    const ends = (stretch: { validTo: Day }): boolean => stretch.validTo === row.validFrom;
    const inFile = byCode.get(row.line, row.continues).find((other) => state[other] === TAKE && ends(rows.get(other)));
    const known = storedAs(row.line, row.continues).find(ends);
    if (inFile === undefined && known === undefined) {
      refuseRow(index, 'continues', 'units.import.nothing-to-continue', row.continues, { day: row.validFrom });
      return;
    }
    // One unit cannot go on as two from the same day; that would be a split.
    const end = `${row.line} ${row.validFrom} ${row.continues}`;
    if (known?.continued === true || continued.has(end)) {
      refuseRow(index, 'continues', 'units.import.already-continued', row.continues, { day: row.validFrom });
      return;
    }
    continued.add(end);
  }

  function checkParent(row: UnitRow, index: number): void {
    if (row.parentCode === null) return;
    const above: Stretch[] = storedAs(row.line, row.parentCode).filter((stretch) => overlap(stretch, row));
    let refusedLine: number | null = refusedCodes.get(row.parentCode) ?? null;
    for (const other of byCode.get(row.line, row.parentCode)) {
      const parent = rows.get(other);
      if (!overlap(parent, row)) continue;
      // A row that is stored already counts through what is stored.
      if (state[other] === REFUSED) refusedLine ??= parent.fileLine;
      else if (state[other] === TAKE) above.push(parent);
    }
    const value = row.parentCode;
    if (above.some((parent) => parent.rank >= row.rank)) {
      refuseRow(index, 'parent_code', 'units.import.parent-not-above', value, { kind: row.kind });
      return;
    }
    const gap = firstGap(row.validFrom, row.validTo, above);
    if (gap === null) return;
    if (refusedLine !== null)
      refuseRow(index, 'parent_code', 'units.import.parent-refused', value, { parentLine: refusedLine });
    else if (above.length === 0) refuseRow(index, 'parent_code', 'units.import.parent-unknown', value);
    else refuseRow(index, 'parent_code', 'units.import.parent-missing-days', value, { day: gap });
  }
}

function markDuplicates(
  rows: RowTable,
  byCode: CodeIndex,
  storedAs: (line: Line, code: string) => StoredStretch[],
  state: Uint8Array,
  refuseRow: (
    i: number,
    column: string,
    code: ImportProblemCode,
    value: string,
    params: Record<string, string | number>,
  ) => void,
): void {
  const at = (index: number): UnitRow => rows.get(index);
  for (const { line, code, indices } of byCode.entries()) {
    const known = storedAs(line, code);
    let last: UnitRow | null = null;
    for (const index of indices.length === 1
      ? indices
      : indices.toSorted((a, b) =>
          at(a).validFrom === at(b).validFrom ? a - b : at(a).validFrom < at(b).validFrom ? -1 : 1,
        )) {
      const row = at(index);
      if (last !== null && row.validFrom < last.validTo) {
        refuseRow(index, 'code', 'units.import.duplicate-code', row.code ?? '', { otherLine: last.fileLine });
        continue;
      }
      const clash = known.filter((stretch) => overlap(stretch, row));
      if (clash.some((stretch) => isSame(stretch, row))) state[index] = THERE;
      else if (clash.length > 0) {
        refuseRow(index, 'code', 'units.import.duplicate-code', row.code ?? '', { otherLine: 0 });
        continue;
      }
      last = row;
    }
  }
}

function isSame(stretch: StoredStretch, row: UnitRow): boolean {
  return (
    stretch.validFrom === row.validFrom &&
    stretch.validTo === row.validTo &&
    stretch.name === row.name &&
    stretch.kind === row.kind &&
    stretch.parentCode === row.parentCode
  );
}
