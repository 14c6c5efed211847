import { sql } from 'kysely';
import type { Database } from '../connection/public.ts';
import { transaction } from '../connection/public.ts';

export type TreeFault = {
  why: 'overlap' | 'cycle' | 'no-version' | 'other-line' | 'parent-ended';
  unitId: number;
  day: string;
};
export type TreeReport = { units: number; edges: number; faults: number; examples: TreeFault[] };

/**
 * Looks at the whole dated tree: two parents or two names on one day, a unit above itself on some day, a unit without a name while
 * it has a place, a parent in the other line, and a parent that ended before its child's place under it did.
 */
export async function checkTree(database: Database): Promise<TreeReport> {
  return transaction(database, { readOnly: true }, async (tx) => {
    const counted = await sql<{ units: number; edges: number }>`
      select (select count(*) from unit) as units, (select count(*) from unit_parent) as edges`.execute(tx);
    const { rows } = await sql<{ why: TreeFault['why']; unit_id: number; day: string; faults: number }>`
      with recursive
      -- A cycle exists on a day on which some edge begins, or never: these days are enough.
      days as (select distinct valid_from as day from unit_parent),
      -- Units none of whose children has a child of its own are leaves of every walk and cannot be in a cycle.
      inner_edge as (
        select p.unit_id, p.parent_id, p.valid_from, p.valid_to from unit_parent p
        where exists (select from unit_parent c where c.parent_id = p.unit_id)
      ),
      walk (start, node, day, depth) as (
        select e.unit_id, e.parent_id, d.day, 1 from inner_edge e join days d on d.day >= e.valid_from and d.day < e.valid_to
        union all
        select w.start, e.parent_id, w.day, w.depth + 1 from walk w
        join inner_edge e on e.unit_id = w.node and w.day >= e.valid_from and w.day < e.valid_to
        where w.node <> w.start and w.depth < 64
      ),
      fault (why, unit_id, day) as (
        select 'overlap', a.unit_id, b.valid_from from unit_parent a
        join unit_parent b on b.unit_id = a.unit_id and b.valid_from > a.valid_from and b.valid_from < a.valid_to
        union all
        select 'overlap', a.unit_id, b.valid_from from unit_version a
        join unit_version b on b.unit_id = a.unit_id and b.valid_from > a.valid_from and b.valid_from < a.valid_to
        union all
        select distinct 'cycle', start, day from walk where node = start
        union all
        select 'no-version', p.unit_id, p.valid_from from unit_parent p
        where not exists (
          select from unit_version v where v.unit_id = p.unit_id and v.valid_from <= p.valid_from and v.valid_to > p.valid_from)
        union all
        select 'other-line', p.unit_id, p.valid_from from unit_parent p
        join unit c on c.id = p.unit_id join unit a on a.id = p.parent_id where a.line <> c.line
        union all
        select 'parent-ended', p.unit_id, p.valid_from from unit_parent p
        where coalesce((select max(v.valid_to) from unit_version v where v.unit_id = p.parent_id), p.valid_from) < p.valid_to
      )
      select why, unit_id, day, count(*) over () as faults from fault order by unit_id, day limit 10`.execute(tx);
    return {
      units: counted.rows[0]?.units ?? 0,
      edges: counted.rows[0]?.edges ?? 0,
      faults: rows[0]?.faults ?? 0,
      examples: rows.map(({ why, unit_id, day }) => ({ why, unitId: unit_id, day })),
    };
  });
}
