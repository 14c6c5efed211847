import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Tx } from '../connection/public.ts';
import { accumulate, names, namesOf, negativesOf, sumsOf } from './measures.ts';
import { contributions } from './recount.ts';

/** From `from` until the day before `to`, the unit (with all below it) stood under `before` and now stands under `after`. */
export type Regrouping = { unitId: number; from: Day; to: Day; before: readonly number[]; after: readonly number[] };

/**
 * Carries a unit's figures from one line of ancestors to another for the periods whose last day lies in the stretch. Costs as much
 * as the unit has totals, not as much as it has villages. Call it under `lockTree`.
 */
export async function regroupStretch(tx: Tx, { unitId, from, to, before, after }: Regrouping): Promise<void> {
  const left = before.filter((id) => !after.includes(id));
  const joined = after.filter((id) => !before.includes(id));
  if (left.length === 0 && joined.length === 0) return;
  const own = contributions(sql`a.unit_id = ${unitId} and a.period_end >= ${from} and a.period_end < ${to}`);
  await sql`
    with moving as (
      select c.programme_id, c.period, c.item, ${namesOf('c')} from rollup_cell c
      where c.unit_id = ${unitId} and period_end(c.period) >= ${from} and period_end(c.period) < ${to}
      union all
      select own.programme_id, own.period, own.item, ${namesOf('own')} from (${own}) own
    ), signed as (
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
