import type { Measures } from '@dinh/domain/programmes';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import { columns, measureColumns, namesOf, sumsOf, unnestOf } from './measures.ts';

export type Total = { unitId: number; period: string; item: string } & Measures;

type Row = { unit_id: number; period: string; item: string } & Record<(typeof columns)[number], string | number>;

function toTotal(row: Row): Total {
  const measures = Object.fromEntries(
    columns.map((column) => {
      const property = measureColumns[column];
      const isDecimal = property.endsWith('Value') || property.endsWith('Of');
      return [property, isDecimal ? String(row[column]) : Number(row[column])];
    }),
  ) as unknown as Measures;
  return { unitId: row.unit_id, period: row.period, item: row.item, ...measures };
}

/**
 * Totals of everything below each of the units, exact at this moment: what is gathered plus what still waits, in one statement and
 * so in one snapshot. Costs the same whether a unit has eighty villages under it or a hundred thousand.
 * @param items only these items (all when absent)
 */
export async function readTotals(
  db: Reader,
  wanted: { unitIds: readonly number[]; programmeId: number; periods: readonly string[]; items?: readonly string[] },
): Promise<Total[]> {
  const units = [...wanted.unitIds];
  const periods = [...wanted.periods];
  const ofItems = wanted.items ? sql`and c.item = any(${[...wanted.items]}::text[])` : sql``;
  const { rows } = await sql<Row>`
    select unit_id, period, item, ${sumsOf('c')}
    from (
      select c.unit_id, c.period, c.item, ${namesOf('c')} from rollup_cell c
      where c.unit_id = any(${units}::integer[]) and c.programme_id = ${wanted.programmeId}
        and c.period = any(${periods}::text[]) ${ofItems}
      union all
      select node, ch.period, c.item, ${namesOf('c')}
      from rollup_change ch cross join unnest(ch.path) as node cross join ${unnestOf('ch')}
      where ch.programme_id = ${wanted.programmeId} and ch.period = any(${periods}::text[])
        and node = any(${units}::integer[]) ${ofItems}
    ) c
    group by unit_id, period, item`.execute(db);
  return rows.map(toTotal);
}

/** A number that rises with every committed change of the totals: the overview asks it to know whether to look again. */
export async function readRollupMark(db: Reader): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select ((select gathered from rollup_progress) + (select count(*) from rollup_change))::text as mark`.execute(db);
  return rows[0]!.mark;
}
