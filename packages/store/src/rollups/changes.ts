import type { Cell, Decimal } from '@dinh/domain/programmes';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../connection/public.ts';
import { often } from '../connection/public.ts';
import { columns, columnType, measureColumns, names } from './measures.ts';

const signed = (sign: 1 | -1, amount: number | Decimal): string =>
  sign === 1 ? String(amount) : String(amount).startsWith('-') ? String(amount).slice(1) : `-${amount}`;

/** What a sheet changed in the totals of the units above it. */
export type Change = {
  unitId: number;
  programmeId: number;
  period: string;
  /** Units above the writer on the period's last day. */
  path: readonly number[];
  cells: readonly Cell[];
};

/** The row of a change as a statement of its own or a part of one. There must be cells. */
export function changeRow(change: Change): RawBuilder<unknown> {
  const arrays = columns.map((column) => {
    const amounts = change.cells.map((cell) => signed(cell.sign, cell[measureColumns[column]]));
    return sql`${amounts}::${sql.raw(columnType(column))}[]`;
  });
  return sql`
    insert into rollup_change (unit_id, programme_id, period, path, items, ${names})
    values (${change.unitId}, ${change.programmeId}, ${change.period}, ${[...change.path]}::integer[],
            ${change.cells.map((cell) => cell.item)}::text[], ${sql.join(arrays)})`;
}

/**
 * Appends what a sheet changed beside the writer's own rows: one row whatever the number of criteria and of levels above, touching
 * nothing that another unit writes.
 */
export async function appendChange(tx: Tx, change: Change): Promise<void> {
  if (change.cells.length > 0) await sql`${often} ${changeRow(change)}`.execute(tx);
}
