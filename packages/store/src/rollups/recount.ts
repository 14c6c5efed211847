import { type RawBuilder, sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import { columns, fields, names, sumsOf, unpacked } from './measures.ts';
import { tallied } from './tallies.ts';

/**
 * The contributions of sheets counted from the sheets themselves, in SQL: the same rule as `contribution()` in
 * packages/domain/src/programmes, written a second time so that each checks the other.
 * @param sheets a condition on `assessment a`
 */
export function contributions(sheets: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select a.unit_id, a.programme_id, a.period, s.item,
      s.n as declared, 0 as declared_met, 0 as declared_sustained, s.value as declared_value, 0::numeric as declared_of,
      s.vn as verified, 0 as verified_met, 0 as verified_sustained, s.vvalue as verified_value, 0::numeric as verified_of,
      0 as differing, 0 as regressed
    from assessment a
    cross join lateral (
      select a.state in ('submitted', 'accepted', 'locked') as is_declared, a.state in ('accepted', 'locked') as is_verified
    ) f
    cross join lateral (values
      ('sheet.expected', 1, 0::numeric, 0, 0::numeric),
      ('sheet.submitted', f.is_declared::integer, 0, 0, 0),
      ('sheet.late', (f.is_declared and a.late)::integer, 0, 0, 0),
      ('sheet.returned', (a.state = 'returned')::integer, 0, 0, 0),
      ('sheet.accepted', f.is_verified::integer, 0, 0, 0),
      ('sheet.points', (f.is_declared and a.declared_points is not null)::integer,
        case when f.is_declared then coalesce(a.declared_points, 0) else 0 end,
        (f.is_verified and a.verified_points is not null)::integer,
        case when f.is_verified then coalesce(a.verified_points, 0) else 0 end),
      ('level.' || a.declared_level, f.is_declared::integer, 0, 0, 0),
      ('level.' || a.verified_level, 0, 0, f.is_verified::integer, 0)
    ) s (item, n, value, vn, vvalue)
    where s.item is not null and (s.n <> 0 or s.vn <> 0 or s.value <> 0 or s.vvalue <> 0) and ${sheets}
    union all
    select a.unit_id, a.programme_id, a.period, 'criterion.' || c.key,
      d.here, d.here * coalesce(v.declared_met, false)::integer, d.here * coalesce(v.declared_sustained, false)::integer,
      d.here * coalesce(v.declared_value, 0), d.here * coalesce(v.declared_of, 0),
      w.here, w.here * coalesce(v.verified_met, false)::integer, w.here * coalesce(v.verified_sustained, false)::integer,
      w.here * coalesce(v.verified_value, 0), w.here * coalesce(v.verified_of, 0),
      d.here * w.here * (v.declared_met is distinct from v.verified_met
        or v.declared_sustained is distinct from v.verified_sustained
        or coalesce(v.declared_value, 0) <> coalesce(v.verified_value, 0)
        or coalesce(v.declared_of, 0) <> coalesce(v.verified_of, 0))::integer,
      (coalesce(case when f.is_verified then v.verified_met when f.is_declared then v.declared_met end = false, false)
        and coalesce(case when b.state in ('accepted', 'locked') then bv.verified_met
                          when b.state = 'submitted' then bv.declared_met end, false))::integer
    from assessment a
    join assessment_value v on v.unit_id = a.unit_id and v.programme_id = a.programme_id and v.period = a.period
    join criterion c on c.id = v.criterion_id
    cross join lateral (
      select a.state in ('submitted', 'accepted', 'locked') as is_declared, a.state in ('accepted', 'locked') as is_verified
    ) f
    cross join lateral (
      select (f.is_declared and coalesce(v.declared_value::text, v.declared_text, v.declared_met::text) is not null)::integer as here
    ) d
    cross join lateral (
      select (f.is_verified and coalesce(v.verified_value::text, v.verified_text, v.verified_met::text) is not null)::integer as here
    ) w
    left join assessment b on b.unit_id = a.unit_id and b.programme_id = a.programme_id and b.period = period_before(a.period)
    left join assessment_value bv on bv.unit_id = b.unit_id and bv.programme_id = b.programme_id and bv.period = b.period
      and bv.criterion_id = v.criterion_id
    where ${sheets}`;
}

/** Everything (of one period, when one is given) counted again from the sheets and the dated tree: the truth the totals must equal. */
function recounted(period?: string): RawBuilder<unknown> {
  const chosen = period === undefined ? sql`true` : sql`a.period = ${period}`;
  return sql`
    recursive place as (select distinct a.unit_id, a.period, a.period_end from assessment a where ${chosen}),
    above (unit_id, period, period_end, node, depth) as (
      select s.unit_id, s.period, s.period_end, p.parent_id, 1 from place s
      join unit_parent p on p.unit_id = s.unit_id and p.valid_from <= s.period_end and p.valid_to > s.period_end
      union all
      select a.unit_id, a.period, a.period_end, p.parent_id, a.depth + 1 from above a
      join unit_parent p on p.unit_id = a.node and p.valid_from <= a.period_end and p.valid_to > a.period_end
      where a.depth < 64
    ),
    own as (${contributions(chosen)}),
    truth as (
      select above.node as unit_id, own.programme_id, own.period, own.item, ${sumsOf('own')}
      from own join above on above.unit_id = own.unit_id and above.period = own.period
      group by 1, 2, 3, 4
      union all
      ${tallied(period)}
    )`;
}

const anyNonZero = (alias: string) => sql.raw(columns.map((column) => `${alias}.${column} <> 0`).join(' or '));
const anyDifferent = sql.raw(
  columns.map((column) => `coalesce(k.${column}, 0) <> coalesce(t.${column}, 0)`).join(' or '),
);

export type Drift = {
  cells: number;
  drifting: number;
  examples: { unitId: number; programmeId: number; period: string; item: string }[];
};

/** Compares every total (gathered and waiting) with a recount. `drifting` must be 0. */
export async function measureDrift(db: Reader): Promise<Drift> {
  const { rows } = await sql<{
    unit_id: number;
    programme_id: number;
    period: string;
    item: string;
    cells: number;
    drifting: number;
  }>`
    with ${recounted()},
    kept as (
      select unit_id, programme_id, period, item, ${sumsOf('c')} from (
        select unit_id, programme_id, period, item, ${names} from rollup_cell
        union all
        select node, programme_id, period, item, ${names}
        from (select path, programme_id, period, ${fields} from rollup_change ch cross join lateral ${unpacked('ch')}) w cross join unnest(path) as node
      ) c group by 1, 2, 3, 4
    ),
    compared as (
      select coalesce(k.unit_id, t.unit_id) as unit_id, coalesce(k.programme_id, t.programme_id) as programme_id,
             coalesce(k.period, t.period) as period, coalesce(k.item, t.item) as item, (${anyDifferent}) as drifts
      from kept k full join truth t on t.unit_id = k.unit_id and t.programme_id = k.programme_id and t.period = k.period and t.item = k.item
    )
    select unit_id, programme_id, period, item,
      (select count(*)::integer from compared) as cells, (select count(*)::integer from compared where drifts) as drifting
    from compared order by drifts desc, unit_id, programme_id, period, item limit 10`.execute(db);
  const drifting = rows[0]?.drifting ?? 0;
  return {
    cells: rows[0]?.cells ?? 0,
    drifting,
    examples: rows
      .slice(0, drifting)
      .map((row) => ({ unitId: row.unit_id, programmeId: row.programme_id, period: row.period, item: row.item })),
  };
}

/**
 * Throws the totals away and counts them again, for bulk loads that did not go through operations, under the exclusive tree lock.
 * @param period only this period: a large installation is counted one period at a time
 */
export async function rebuildRollups(tx: Tx, period?: string): Promise<void> {
  const only = period === undefined ? sql`true` : sql`period = ${period}`;
  await sql`delete from rollup_change where ${only}`.execute(tx);
  await sql`delete from rollup_cell where ${only}`.execute(tx);
  await sql`
    insert into rollup_cell (unit_id, programme_id, period, item, ${names})
    with ${recounted(period)}
    select unit_id, programme_id, period, item, ${names} from truth where ${anyNonZero('truth')}`.execute(tx);
}
