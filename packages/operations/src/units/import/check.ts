import type { Day } from '@dinh/domain/kernel';
import type { Line } from '@dinh/domain/units';
import { dependencyOrder } from './order.ts';
import { type ImportProblem, type ImportProblemCode, type ProblemList, shorten } from './problems.ts';
import type { UnitRow } from './row.ts';

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

const keyOf = (line: Line, code: string): string => `${line}\u0000${code}`;
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
  rows: readonly UnitRow[],
  stored: readonly StoredStretch[],
  refusedCodes: ReadonlyMap<string, number>,
  problems: ProblemList,
): Checked {
  const state = new Uint8Array(rows.length);
  const byCode = new Map<string, number[]>();
  for (const [index, row] of rows.entries()) {
    if (row.code === null) continue;
    const key = keyOf(row.line, row.code);
    const same = byCode.get(key);
    if (same) same.push(index);
    else byCode.set(key, [index]);
  }
  const storedByCode = Map.groupBy(stored, (stretch) => keyOf(stretch.line, stretch.code));
  const refuseRow = (
    index: number,
    column: ImportProblem['column'],
    code: ImportProblemCode,
    value: string,
    params: Record<string, string | number> = {},
  ): void => {
    if (state[index] === REFUSED) return;
    state[index] = REFUSED;
    problems.add({ line: rows[index]?.fileLine ?? 0, column, code, value: shorten(value), params });
  };

  markDuplicates(rows, byCode, storedByCode, state, refuseRow);
  // The rest of a file with one code in every line would be looked through again for each line.
  for (const [key, indices] of byCode) {
    if (indices.length > 1)
      byCode.set(
        key,
        indices.filter((index) => state[index] !== REFUSED),
      );
  }
  const { order, cycles } = dependencyOrder(rows, byCode, keyOf);
  for (const cycle of cycles) {
    const codes = cycle.map((index) => rows[index]?.code ?? '');
    const chain = shorten([...codes, codes[0] ?? ''].join(' → '));
    for (const index of cycle)
      refuseRow(index, 'parent_code', 'units.import.cycle', rows[index]?.parentCode ?? '', { chain });
  }
  // In this order everything a row stands on is settled before it; only a circle could need a second look, and circles are refused.
  for (const index of order) {
    const row = rows[index];
    if (row === undefined || state[index] !== TAKE) continue;
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
    const key = keyOf(row.line, row.continues);
    const ends = (stretch: { validTo: Day }): boolean => stretch.validTo === row.validFrom;
    const inFile = (byCode.get(key) ?? []).some((other) => state[other] !== REFUSED && ends(rows[other] as UnitRow));
    if (inFile || (storedByCode.get(key) ?? []).some(ends)) return;
    refuseRow(index, 'continues', 'units.import.nothing-to-continue', row.continues, { day: row.validFrom });
  }

  function checkParent(row: UnitRow, index: number): void {
    if (row.parentCode === null) return;
    const key = keyOf(row.line, row.parentCode);
    const above: Stretch[] = (storedByCode.get(key) ?? []).filter((stretch) => overlap(stretch, row));
    let refusedLine: number | null = refusedCodes.get(row.parentCode) ?? null;
    for (const other of byCode.get(key) ?? []) {
      const parent = rows[other];
      if (parent === undefined || !overlap(parent, row)) continue;
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
  rows: readonly UnitRow[],
  byCode: ReadonlyMap<string, readonly number[]>,
  storedByCode: ReadonlyMap<string, readonly StoredStretch[]>,
  state: Uint8Array,
  refuseRow: (
    i: number,
    column: string,
    code: ImportProblemCode,
    value: string,
    params: Record<string, string | number>,
  ) => void,
): void {
  const at = (index: number): UnitRow => rows[index] as UnitRow;
  for (const [key, indices] of byCode) {
    const known = storedByCode.get(key) ?? [];
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
