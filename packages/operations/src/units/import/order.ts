import type { CodeIndex } from './code-index.ts';
import type { RowTable } from './row-table.ts';

const NEW = 0;
const OPEN = 1;
const DONE = 2;

/**
 * Orders rows so that each comes after the rows it stands under and the one it continues, in the order of the file where nothing
 * else decides; depth-first and without recursion, since a file may be one long chain. Rows that stand under themselves are
 * returned as cycles (the rows of the circle only, not those below it).
 */
export function dependencyOrder(rows: RowTable, byCode: CodeIndex): { order: Int32Array; cycles: number[][] } {
  const order = new Int32Array(rows.length);
  const mark = new Uint8Array(rows.length);
  const cycles: number[][] = [];
  let placed = 0;

  const needs = (index: number): number[] => {
    const row = rows.get(index);
    const found: number[] = [];
    const parents = row.parentCode === null ? [] : byCode.get(row.line, row.parentCode);
    for (const other of parents) {
      const parent = rows.get(other);
      if (parent.validFrom < row.validTo && row.validFrom < parent.validTo) found.push(other);
    }
    const earlier = row.continues === null ? [] : byCode.get(row.line, row.continues);
    for (const other of earlier) if (rows.get(other).validTo === row.validFrom) found.push(other);
    return found;
  };

  for (let start = 0; start < rows.length; start += 1) {
    if (mark[start] !== NEW) continue;
    const path: { index: number; needs: number[]; next: number }[] = [];
    const enter = (index: number): void => {
      mark[index] = OPEN;
      path.push({ index, needs: needs(index), next: 0 });
    };
    enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.needs[top.next];
      if (next === undefined) {
        path.pop();
        mark[top.index] = DONE;
        order[placed] = top.index;
        placed += 1;
        continue;
      }
      top.next += 1;
      if (mark[next] === NEW) enter(next);
      else if (mark[next] === OPEN)
        cycles.push(path.slice(path.findIndex((step) => step.index === next)).map((s) => s.index));
    }
  }
  return { order, cycles };
}
