import type { Cell, Decimal } from '@dinh/domain/programmes';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../connection/public.ts';
import { often } from '../connection/public.ts';
import { columns, measureColumns } from './measures.ts';

/** What a sheet changed in the totals of the units above it. */
export type Change = {
  unitId: number;
  programmeId: number;
  period: string;
  /** Units above the writer on the period's last day. */
  path: readonly number[];
  cells: readonly Cell[];
};

const signed = (sign: 1 | -1, amount: number | Decimal): string => {
  const text = String(amount);
  if (Number(text) === 0) return '';
  return sign === 1 ? text : text.startsWith('-') ? text.slice(1) : `-${text}`;
};

/** A cell as a line: the item and its measures with tabs between, nothing where a measure is zero, no tabs at the end. */
export const lineOf = (cell: Cell): string =>
  [cell.item, ...columns.map((column) => signed(cell.sign, cell[measureColumns[column]]))].join('\t').trimEnd();

/** The row of a change as a statement of its own or a part of one. There must be cells. */
export function changeRow(change: Change): RawBuilder<unknown> {
  return sql`
    insert into rollup_change (unit_id, programme_id, period, path, cells)
    values (${change.unitId}, ${change.programmeId}, ${change.period}, ${[...change.path]}::integer[],
            ${change.cells.map(lineOf).join('\n')})`;
}

/**
 * Appends what a sheet changed beside the writer's own rows: one row whatever the number of criteria and of levels above, touching
 * nothing that another unit writes.
 */
export async function appendChange(tx: Tx, change: Change): Promise<void> {
  if (change.cells.length > 0) await sql`${often} ${changeRow(change)}`.execute(tx);
}
