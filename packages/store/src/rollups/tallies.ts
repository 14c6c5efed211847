import { addMeasures, type Measures, nothing } from '@dinh/domain/programmes';
import type { Tally } from '@dinh/domain/works';
import { type RawBuilder, sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import { often } from '../connection/public.ts';
import { lineOf } from './changes.ts';

/** Totals of works and contributions stand beside those of programmes, under a number that no programme has. */
export const TALLIES = 0;

const isNothing = (measures: Measures) => Object.values(measures).every((amount) => Number(amount) === 0);

/**
 * Appends what a command's writes add to the totals of its unit and of the units above: a row for each month and one for each year,
 * touching nothing that another unit writes. Unlike those of sheets these totals hold the unit's own figures too, so that they are read
 * at the same cost however long its book is.
 */
export async function appendTallies(tx: Tx, unitId: number, tallies: readonly Tally[]): Promise<void> {
  const months = new Map<string, Map<string, Measures>>();
  for (const { on, item, n = 0, value = '0', of = '0', uses = 0, used = '0' } of tallies) {
    const month = on.slice(0, 7);
    const cells = months.get(month) ?? new Map<string, Measures>();
    months.set(month, cells);
    const amounts = { declared: n, declaredValue: value, declaredOf: of, verified: uses, verifiedValue: used };
    cells.set(item, addMeasures(cells.get(item) ?? nothing, { ...nothing, ...amounts }));
  }
  const rows = [...months].flatMap(([month, cells]) => {
    const lines = [...cells].flatMap(([item, sum]) => (isNothing(sum) ? [] : [lineOf({ item, sign: 1, ...sum })]));
    return lines.length === 0 ? [] : [{ month, cells: lines.join('\n') }];
  });
  if (rows.length === 0) return;
  await sql`${often}
    insert into rollup_change (unit_id, programme_id, period, path, cells)
    select ${unitId}::integer, ${TALLIES}::integer, p.period, r.path, r.cells
    from (
      select m.month, m.cells, tally_path(${unitId}::integer, period_end(m.month)) as path
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m (month text, cells text)
    ) r
    cross join lateral (values (r.month), (left(r.month, 4))) p (period)`.execute(tx);
}

/** The truth of these totals, counted from works and entries: the columns of `rollup_cell`. */
export const tallied = (period?: string): RawBuilder<unknown> => sql`
  select a.node as unit_id, ${sql.lit(TALLIES)} as programme_id, p.period, t.item, sum(t.n) as declared, 0 as declared_met,
    0 as declared_sustained, sum(t.value) as declared_value, sum(t.of) as declared_of, sum(t.uses) as verified, 0 as verified_met,
    0 as verified_sustained, sum(t.used) as verified_value, 0 as verified_of, 0 as differing, 0 as regressed
  from tally t
  join (
    select unit_id, month, unnest(tally_path(unit_id, period_end(month))) as node
    from (select distinct unit_id, month from tally) d
  ) a on a.unit_id = t.unit_id and a.month = t.month
  cross join lateral (values (t.month), (left(t.month, 4))) p (period)
  where ${period === undefined ? sql`true` : sql`p.period = ${period}`}
  group by a.node, p.period, t.item`;

/** Years of which something below a unit or of its own is counted, the latest first. */
export async function readTallyYears(db: Reader, unitId: number): Promise<string[]> {
  const { rows } = await sql<{ period: string }>`
    select distinct period from (
      select period from rollup_cell where unit_id = ${unitId} and programme_id = ${TALLIES} and length(period) = 4
      union all
      select period from rollup_change where programme_id = ${TALLIES} and length(period) = 4 and path @> array[${unitId}::integer]
    ) p order by period desc limit 60`.execute(db);
  return rows.map(({ period }) => period);
}
