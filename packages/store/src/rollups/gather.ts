import { sql } from 'kysely';
import type { Tx } from '../connection/public.ts';
import { often } from '../connection/public.ts';
import { accumulate, fields, names, sumsOf, unpacked } from './measures.ts';

/**
 * Gathers up to `limit` waiting changes into the totals of the units above their writers. One statement, so a reader sees a change
 * either waiting or gathered, never both and never neither.
 * @returns how many changes were gathered
 */
export async function gather(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql<{ taken: number }>`${often}
    with chosen as (
      select unit_id, id from rollup_change order by id limit ${limit} for update skip locked
    ), taken as (
      delete from rollup_change r using chosen where r.unit_id = chosen.unit_id and r.id = chosen.id returning r.*
    ), summed as (
      select node as unit_id, programme_id, period, item, ${sumsOf('c')}
      from (select path, programme_id, period, ${fields} from taken t cross join lateral ${unpacked('t')}) c cross join unnest(path) as node
      group by node, programme_id, period, item
    ), written as (
      insert into rollup_cell (unit_id, programme_id, period, item, ${names})
      select unit_id, programme_id, period, item, ${names} from summed
      -- One order for all, so that two gatherers wait for each other instead of deadlocking.
      order by unit_id, programme_id, period, item
      on conflict (unit_id, programme_id, period, item) do update set ${accumulate}
    ), noted as (
      update rollup_progress set gathered = gathered + (select count(*) from taken) where exists (select 1 from taken)
    )
    select count(*)::integer as taken from taken`.execute(tx);
  return rows[0]!.taken;
}

/** Gathers until nothing waits. Under the exclusive tree lock nothing new can arrive meanwhile. */
export async function gatherAll(tx: Tx): Promise<number> {
  let all = 0;
  for (let taken = await gather(tx, 1000); taken > 0; taken = await gather(tx, 1000)) all += taken;
  return all;
}
