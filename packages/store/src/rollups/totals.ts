import type { Day } from '@dinh/domain/kernel';
import type { Measures } from '@dinh/domain/programmes';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import { often } from '../connection/public.ts';
import { addedOf, bundleOf, columns, spread, sumsOf } from './measures.ts';
import { contributions } from './recount.ts';

export type Total = { unitId: number; period: string; item: string } & Measures;

type Amounts = Record<(typeof columns)[number], string | number>;
type Row = { unit_id: number; period: string; item: string } & Amounts;

const toTotal = (row: Row): Total => ({
  unitId: row.unit_id,
  period: row.period,
  item: row.item,
  declared: Number(row.declared),
  declaredMet: Number(row.declared_met),
  declaredSustained: Number(row.declared_sustained),
  declaredValue: String(row.declared_value),
  declaredOf: String(row.declared_of),
  verified: Number(row.verified),
  verifiedMet: Number(row.verified_met),
  verifiedSustained: Number(row.verified_sustained),
  verifiedValue: String(row.verified_value),
  verifiedOf: String(row.verified_of),
  differing: Number(row.differing),
  regressed: Number(row.regressed),
});

type Bundle = { unit_id: number; period: string; cells: string };

/** Cells come as one text per unit: eight hundred rows of sixteen columns cost the driver more than the database. */
function cellsOf({ unit_id, period, cells }: Bundle): Total[] {
  return cells.split('\n').map((line) => {
    const fields = line.split('\t');
    const row: Record<string, string | number> = { unit_id, period, item: fields[0]! };
    for (let place = 0; place < columns.length; place += 1) row[columns[place]!] = fields[place + 1]!;
    return toTotal(row as Row);
  });
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
  // One period is the rule; said as such, the plan that a connection keeps is the one it would make anew.
  const inPeriods = periods.length === 1 ? sql`= ${periods[0]!}` : sql`= any(${periods}::text[])`;
  const ofItems = (alias: string) =>
    wanted.items ? sql`and ${sql.ref(`${alias}.item`)} = any(${[...wanted.items]}::text[])` : sql``;
  // Waiting changes are few and gathered rows are many: only the cells that something waits for are added up.
  const { rows } = await sql<Bundle>`${often}
    with waiting as (
      select unit_id, period, item, ${sumsOf('c')} from (
        select node as unit_id, ch.period, ${spread('ch')}
        from rollup_change ch
        cross join lateral (select node from unnest(ch.path) as node where node = any(${units}::integer[])) above
        where ch.programme_id = ${wanted.programmeId} and ch.period ${inPeriods}
      ) c where true ${ofItems('c')}
      group by unit_id, period, item
    )
    select g.unit_id, g.period, ${bundleOf('g')} as cells from rollup_cell g
    where g.unit_id = any(${units}::integer[]) and g.programme_id = ${wanted.programmeId}
      and g.period ${inPeriods} ${ofItems('g')}
      and (not exists (select from waiting) or (g.unit_id, g.period, g.item) not in (select unit_id, period, item from waiting))
    group by g.unit_id, g.period
    union all
    select e.unit_id, e.period, ${bundleOf('e')} from (
      select w.unit_id, w.period, w.item, ${addedOf('g', 'w')} from waiting w left join rollup_cell g
        on g.unit_id = w.unit_id and g.programme_id = ${wanted.programmeId} and g.period = w.period and g.item = w.item
    ) e group by e.unit_id, e.period`.execute(db);
  return rows.flatMap(cellsOf);
}

/** A number that rises with every committed change of the totals: the overview asks it to know whether to look again. */
export async function readRollupMark(db: Reader): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select ((select gathered from rollup_progress) + (select count(*) from rollup_change))::text as mark`.execute(db);
  return rows[0]!.mark;
}

/** What the units' own sheets add (totals count only what lies below a unit). */
export async function readOwnFigures(
  db: Reader,
  wanted: { unitIds: readonly number[]; programmeId: number; periods: readonly string[] },
): Promise<Total[]> {
  const own = contributions(sql`
    a.unit_id = any(${[...wanted.unitIds]}::integer[]) and a.programme_id = ${wanted.programmeId}
    and a.period = any(${[...wanted.periods]}::text[])`);
  const { rows } =
    await sql<Row>`select unit_id, period, item, ${sumsOf('o')} from (${own}) o group by 1, 2, 3`.execute(db);
  return rows.map(toTotal);
}

/**
 * Totals by the tree of another day than the period's own last day: walks that tree down to every sheet and counts. Exact like the
 * rest, and slower the more sheets there are.
 */
export async function readTotalsAsOf(
  db: Reader,
  wanted: { unitIds: readonly number[]; programmeId: number; periods: readonly string[]; day: Day },
): Promise<Total[]> {
  const own = contributions(sql`
    a.programme_id = ${wanted.programmeId} and a.period = any(${[...wanted.periods]}::text[])
    and a.unit_id in (select unit_id from below)`);
  const { rows } = await sql<Row>`
    with recursive below (top, unit_id, depth) as (
      select p.parent_id, p.unit_id, 1 from unit_parent p
      where p.parent_id = any(${[...wanted.unitIds]}::integer[]) and p.valid_from <= ${wanted.day} and p.valid_to > ${wanted.day}
      union all
      select b.top, p.unit_id, b.depth + 1 from below b
      join unit_parent p on p.parent_id = b.unit_id and p.valid_from <= ${wanted.day} and p.valid_to > ${wanted.day}
      where b.depth < 64
    )
    select b.top as unit_id, o.period, o.item, ${sumsOf('o')}
    from (${own}) o join below b on b.unit_id = o.unit_id group by 1, 2, 3`.execute(db);
  return rows.map(toTotal);
}
