import type { Cell, Decimal } from '@dinh/domain/programmes';
import { sql } from 'kysely';
import type { Tx } from '../connection/public.ts';
import { often } from '../connection/public.ts';
import { columns, columnType, measureColumns, names } from './measures.ts';

const signed = (sign: 1 | -1, amount: number | Decimal): string =>
  sign === 1 ? String(amount) : String(amount).startsWith('-') ? String(amount).slice(1) : `-${amount}`;

/**
 * Appends what a sheet changed beside the writer's own rows: one row whatever the number of criteria and of levels above, touching
 * nothing that another unit writes.
 * @param path units above the writer on the period's last day
 */
export async function appendChange(
  tx: Tx,
  change: { unitId: number; programmeId: number; period: string; path: readonly number[]; cells: readonly Cell[] },
): Promise<void> {
  if (change.cells.length === 0) return;
  const arrays = columns.map((column) => {
    const amounts = change.cells.map((cell) => signed(cell.sign, cell[measureColumns[column]]));
    return sql`${amounts}::${sql.raw(columnType(column))}[]`;
  });
  await sql`${often}
    insert into rollup_change (unit_id, programme_id, period, path, items, ${names})
    values (${change.unitId}, ${change.programmeId}, ${change.period}, ${[...change.path]}::integer[],
            ${change.cells.map((cell) => cell.item)}::text[], ${sql.join(arrays)})`.execute(tx);
}
