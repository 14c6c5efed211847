import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import { often } from '../connection/public.ts';
import { type Bundle, laidOver, rowsOf, type Standing, standingOf, type Total } from './standing.ts';

/** Gathered totals as they were last read, with the mark under which they stood. */
type Kept = { mark: string; standing: readonly Standing[]; rows: number };
/** Those read last stand last. */
const kept = new Map<string, Kept>();
const MOST_KEPT = 200_000;
let keptRows = 0;

const keptOf = (mark: string, standing: readonly Standing[]): Kept => ({
  mark,
  standing,
  rows: standing.reduce((rows, { items }) => rows + items.size, 0),
});

function keep(key: string, read: Kept): void {
  forget(key);
  kept.set(key, read);
  keptRows += read.rows;
  for (const [oldest] of kept) {
    if (keptRows <= MOST_KEPT) break;
    forget(oldest);
  }
}

function forget(key: string): void {
  keptRows -= kept.get(key)?.rows ?? 0;
  kept.delete(key);
}

/**
 * Totals of everything below each of the units, exact at this moment: what is gathered plus what still waits, in one statement and
 * so in one snapshot. Costs the same whether a unit has eighty villages under it or a hundred thousand. What is gathered is only sent
 * when it is not what this process read before: the database changes the mark with every write to it, in the same transaction.
 * @param items only these items (all when absent)
 */
export async function readTotals(
  db: Reader,
  wanted: { unitIds: readonly number[]; programmeId: number; periods: readonly string[]; items?: readonly string[] },
): Promise<Total[]> {
  const units = [...wanted.unitIds];
  const periods = [...wanted.periods];
  const key = JSON.stringify([units, wanted.programmeId, periods, wanted.items]);
  const known = kept.get(key);
  // One period is the rule; said as such, the plan that a connection keeps is the one it would make anew.
  const inPeriods = periods.length === 1 ? sql`= ${periods[0]!}` : sql`= any(${periods}::text[])`;
  const { items } = wanted;
  const ofItems = items ? sql`and g.item = any(${[...items]}::text[])` : sql``;
  const { rows } = await sql<Bundle | { unit_id: null; period: string; cells: string | null }>`${often}
    with mark as (select concat_ws(' ', current_database(), xmin, writes) as now from rollup_progress)
    select null::integer as unit_id, 'mark' as period, now as cells from mark
    union all
    select g.unit_id, g.period, string_agg(g.line, e'\\n') from rollup_cell g
    where (select now from mark) is distinct from ${known?.mark ?? ''}::text
      and g.unit_id = any(${units}::integer[]) and g.programme_id = ${wanted.programmeId} and g.period ${inPeriods} ${ofItems}
    group by g.unit_id, g.period
    union all
    select node, ' ' || ch.period, ch.cells
    from rollup_change ch cross join lateral unnest(ch.path) as node
    where ch.programme_id = ${wanted.programmeId} and ch.period ${inPeriods} and node = any(${units}::integer[])`.execute(
    db,
  );
  let mark: string | null = null;
  const gathered: Bundle[] = [];
  const waiting: Bundle[] = [];
  for (const row of rows) {
    if (row.unit_id === null) mark = row.cells;
    else if (row.period.startsWith(' ')) waiting.push({ ...row, period: row.period.slice(1) } as Bundle);
    else gathered.push(row as Bundle);
  }
  const now = known && known.mark === mark ? known : keptOf(mark ?? '', gathered.map(standingOf));
  if (mark !== null) keep(key, now);
  return rowsOf(laidOver(now.standing, waiting), wanted.items);
}
