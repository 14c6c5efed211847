import type { Day } from '@dinh/domain/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../connection/public.ts';
import { accumulate, names, namesOf, negativesOf, sumsOf } from './measures.ts';
import { contributions } from './recount.ts';
import { TALLIES } from './tallies.ts';

/** From `from` until the day before `to`, the unit (with all below it) stood under `before` and now stands under `after`. */
export type Regrouping = { unitId: number; from: Day; to: Day; before: readonly number[]; after: readonly number[] };

async function carry(tx: Tx, { before, after }: Regrouping, moving: RawBuilder<unknown>): Promise<void> {
  const left = before.filter((id) => !after.includes(id));
  const joined = after.filter((id) => !before.includes(id));
  if (left.length === 0 && joined.length === 0) return;
  await sql`
    with moving as (${moving}), signed as (
      select node as unit_id, m.programme_id, m.period, m.item, ${negativesOf('m')}
      from moving m cross join unnest(${left}::integer[]) as node
      union all
      select node, m.programme_id, m.period, m.item, ${namesOf('m')}
      from moving m cross join unnest(${joined}::integer[]) as node
    ), summed as (
      select unit_id, programme_id, period, item, ${sumsOf('s')}
      from signed s group by unit_id, programme_id, period, item
    )
    insert into rollup_cell (unit_id, programme_id, period, item, ${names})
    select unit_id, programme_id, period, item, ${names} from summed
    order by unit_id, programme_id, period, item
    on conflict (unit_id, programme_id, period, item) do update set ${accumulate}`.execute(tx);
  await sql`update rollup_progress set gathered = gathered + 1`.execute(tx);
}

/**
 * Carries a unit's figures from one line of ancestors to another for the periods whose last day lies in the stretch. Costs as much
 * as the unit has totals, not as much as it has villages. Call it under `lockTree`.
 */
export async function regroupStretch(tx: Tx, regrouping: Regrouping): Promise<void> {
  const { unitId, from, to } = regrouping;
  const own = contributions(sql`a.unit_id = ${unitId} and a.period_end >= ${from} and a.period_end < ${to}`);
  await carry(
    tx,
    regrouping,
    sql`
      select c.programme_id, c.period, c.item, ${namesOf('c')} from rollup_cell c
      where c.unit_id = ${unitId} and c.programme_id <> ${TALLIES} and period_end(c.period) >= ${from} and period_end(c.period) < ${to}
      union all
      select own.programme_id, own.period, own.item, ${namesOf('own')} from (${own}) own`,
  );
}

/**
 * The same for totals of works and contributions, by lines in which a unit that ended stands where it stood last. They go month by
 * month, and a year with its months.
 */
export async function regroupTallies(tx: Tx, regrouping: Regrouping): Promise<void> {
  const { unitId, from, to } = regrouping;
  await carry(
    tx,
    regrouping,
    sql`
      select c.programme_id, p.period, c.item, ${namesOf('c')}
      from rollup_cell c cross join lateral (values (c.period), (left(c.period, 4))) p (period)
      where c.unit_id = ${unitId} and c.programme_id = ${TALLIES} and length(c.period) = 7
        and period_end(c.period) >= ${from} and period_end(c.period) < ${to}`,
  );
}
