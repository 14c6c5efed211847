import type { Day } from '@dinh/domain/kernel';
import type { Line, LinkKind } from '@dinh/domain/units';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

export type NamedUnit = { id: number; name: string; kind: string };
export type LineageNote = { kind: 'merge' | 'split'; effective: Day; note: string; unit: NamedUnit };
export type UnitPage = {
  id: number;
  line: Line;
  /** What it is on the day; before its founding the first, after its end the last thing it was. */
  kind: string;
  name: string;
  code: string | null;
  state: 'standing' | 'not-yet-founded' | 'dissolved';
  founded: Day;
  /** First day it is no more; `FOREVER` while that is not known. */
  ends: Day;
  /** Units above, the root first, on the day or on the nearest day the unit stood. */
  ancestors: NamedUnit[];
  /** Number of units right below, by kind. */
  children: { kind: string; count: number }[];
  links: { kind: LinkKind; since: Day; direction: 'from' | 'to'; unit: NamedUnit }[];
  /** What it came from and what came of it. */
  before: LineageNote[];
  after: LineageNote[];
};

/** The name a unit had nearest before a day (the first one when it is younger). */
const called = (unit: ReturnType<typeof sql>, day: ReturnType<typeof sql>) => sql`
  (select json_build_object('id', n.unit_id, 'name', n.name, 'kind', n.kind) from unit_version n
    where n.unit_id = ${unit} order by n.valid_from > ${day}, case when n.valid_from > ${day} then n.valid_from end, n.valid_from desc
    limit 1)`;

const lineage = (mine: 'from_unit' | 'to_unit', other: 'from_unit' | 'to_unit', shift: 0 | 1) => sql`
  coalesce((
    select json_agg(json_build_object('kind', l.kind, 'effective', l.effective, 'note', l.note,
      'unit', ${called(sql.ref(`l.${other}`), sql`(l.effective - ${shift}::integer)`)}) order by l.effective, l.id)
    from unit_lineage l, u where l.${sql.ref(mine)} = u.id and l.kind in ('merge', 'split') and l.${sql.ref(other)} is not null
  ), '[]')`;

/** Everything the page of a unit says of it on a day, in one statement; null for an unknown unit. */
export async function readUnitPage(db: Reader, unitId: number, day: Day): Promise<UnitPage | null> {
  const { rows } = await sql<UnitPage>`
    with recursive life as (
      select min(valid_from) as founded, max(valid_to) as ends from unit_version where unit_id = ${unitId}
    ), u as (
      select id, line, founded, ends, greatest(founded, least(${day}::date, ends - 1)) as at,
        case when ${day}::date < founded then 'not-yet-founded' when ${day}::date >= ends then 'dissolved' else 'standing' end as state
      from unit cross join life where id = ${unitId} and founded is not null
    ), above (id, height) as (
      select p.parent_id, 1 from u join unit_parent p on p.unit_id = u.id and p.valid_from <= u.at and p.valid_to > u.at
      union all
      select p.parent_id, a.height + 1 from above a cross join u
      join unit_parent p on p.unit_id = a.id and p.valid_from <= u.at and p.valid_to > u.at
      where a.height < 64
    )
    select u.id, u.line, v.kind, v.name, v.code, u.state, u.founded, u.ends,
      coalesce((select json_agg(${called(sql`a.id`, sql`u.at`)} order by a.height desc) from above a), '[]') as ancestors,
      coalesce((
        select json_agg(json_build_object('kind', k.kind, 'count', k.count) order by k.count desc, k.kind) from (
          select c.kind, count(*) from unit_parent p
          join unit_version c on c.unit_id = p.unit_id and c.valid_from <= ${day} and c.valid_to > ${day}
          where p.parent_id = u.id and p.valid_from <= ${day} and p.valid_to > ${day} group by c.kind
        ) k
      ), '[]') as children,
      coalesce((
        select json_agg(json_build_object('kind', l.kind, 'since', l.valid_from,
          'direction', case when l.unit_id = u.id then 'from' else 'to' end,
          'unit', ${called(sql`case when l.unit_id = u.id then l.other_id else l.unit_id end`, sql`u.at`)}) order by l.kind, l.valid_from)
        from unit_link l
        where (l.unit_id = u.id or l.other_id = u.id) and l.valid_from <= u.at and l.valid_to > u.at
      ), '[]') as links,
      ${lineage('to_unit', 'from_unit', 1)} as before,
      ${lineage('from_unit', 'to_unit', 0)} as after
    from u join unit_version v on v.unit_id = u.id and v.valid_from <= u.at and v.valid_to > u.at`.execute(db);
  return rows[0] ?? null;
}

export type UnitHistory = {
  versions: { from: Day; to: Day; kind: string; code: string | null; name: string }[];
  parents: { from: Day; to: Day; parent: NamedUnit }[];
  links: { from: Day; to: Day; kind: LinkKind; direction: 'from' | 'to'; unit: NamedUnit }[];
  notes: { kind: string; effective: Day; note: string; from: NamedUnit; to: NamedUnit | null }[];
};

/** All that was ever noted of a unit, in order of days; null for an unknown unit. */
export async function readUnitHistory(db: Reader, unitId: number): Promise<UnitHistory | null> {
  const { rows } = await sql<UnitHistory>`
    select
      (select json_agg(json_build_object('from', v.valid_from, 'to', v.valid_to, 'kind', v.kind, 'code', v.code, 'name', v.name)
        order by v.valid_from) from unit_version v where v.unit_id = u.id) as versions,
      coalesce((select json_agg(json_build_object('from', p.valid_from, 'to', p.valid_to,
        'parent', ${called(sql`p.parent_id`, sql`p.valid_from`)}) order by p.valid_from)
        from unit_parent p where p.unit_id = u.id), '[]') as parents,
      coalesce((select json_agg(json_build_object('from', l.valid_from, 'to', l.valid_to, 'kind', l.kind,
        'direction', case when l.unit_id = u.id then 'from' else 'to' end,
        'unit', ${called(sql`case when l.unit_id = u.id then l.other_id else l.unit_id end`, sql`l.valid_from`)}) order by l.valid_from)
        from unit_link l where l.unit_id = u.id or l.other_id = u.id), '[]') as links,
      coalesce((select json_agg(json_build_object('kind', l.kind, 'effective', l.effective, 'note', l.note,
        'from', ${called(sql`l.from_unit`, sql`(l.effective - 1)`)}, 'to', ${called(sql`l.to_unit`, sql`l.effective`)})
        order by l.effective, l.id) from unit_lineage l where l.from_unit = u.id or l.to_unit = u.id), '[]') as notes
    from unit u where u.id = ${unitId} and exists (select 1 from unit_version v where v.unit_id = u.id)`.execute(db);
  return rows[0] ?? null;
}
