import type { Post } from '@dinh/domain/access';
import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

/** Where a unit below stands in a month. `late`: planned, its day has passed and it was not held. */
export const belowStates = ['not-planned', 'late', 'planned', 'held'] as const;
export type BelowState = (typeof belowStates)[number];

export type BelowLine = {
  unitId: number;
  unit: string;
  /** The unit right above it. */
  parent: string;
  state: BelowState;
  /** The day it was held, or is planned. */
  onDay: Day | null;
  /** A thematic meeting was held in the quarter of the month. */
  thematic: boolean;
};

/**
 * Units below a unit that have members on a day, by the tree of that day, with their regular meeting of a month: how many in each state,
 * and a page of them, those without a plan first. One statement.
 */
export async function readMeetingsBelow(
  db: Reader,
  wanted: {
    aboveId: number;
    /** Of the tree and the posts. */
    day: Day;
    /** Meetings planned before this day have been missed. */
    passed: Day;
    month: { from: Day; to: Day };
    quarter: { from: Day; to: Day };
    posts: readonly Post[];
    state?: BelowState | undefined;
    limit: number;
    offset: number;
  },
): Promise<{ counts: Partial<Record<BelowState, number>>; thematic: number; lines: BelowLine[] }> {
  const { day, month, quarter } = wanted;
  const { rows } = await sql<{
    counts: Partial<Record<BelowState, number>> | null;
    thematic: number;
    lines: BelowLine[];
  }>`
    with recursive below (unit_id, parent_id, depth) as (
      select unit_id, parent_id, 1 from unit_parent where parent_id = ${wanted.aboveId} and valid_from <= ${day} and valid_to > ${day}
      union all
      select c.unit_id, c.parent_id, b.depth + 1 from below b
      join unit_parent c on c.parent_id = b.unit_id and c.valid_from <= ${day} and c.valid_to > ${day}
      where b.depth < 64
    ), standing as (
      select b.unit_id, b.parent_id, m.on_day,
        case when m.state in ('open', 'closed', 'signed') then 'held'
             when m.state is null then 'not-planned'
             when m.on_day < ${wanted.passed} then 'late' else 'planned' end as state,
        exists (select 1 from meeting t where t.unit_id = b.unit_id and t.on_day >= ${quarter.from} and t.on_day < ${quarter.to}
          and t.kind = 'thematic' and t.state in ('closed', 'signed')) as thematic
      from below b
      left join lateral (
        select m.state, m.on_day from meeting m
        where m.unit_id = b.unit_id and m.on_day >= ${month.from} and m.on_day < ${month.to} and m.kind = 'regular' and m.state <> 'cancelled'
        order by m.state in ('open', 'closed', 'signed') desc, m.on_day desc limit 1
      ) m on true
      where exists (select 1 from post p where p.unit_id = b.unit_id and p.post = any(${[...wanted.posts]}::text[])
        and p.valid_from <= ${day} and p.valid_to > ${day})
    )
    select
      (select json_object_agg(state, n) from (select state, count(*) as n from standing group by state) c) as counts,
      (select count(*) from standing where thematic) as thematic,
      coalesce((
        select json_agg(json_build_object('unitId', l.unit_id, 'unit', l.name, 'parent', l.parent, 'state', l.state, 'onDay', l.on_day,
          'thematic', l.thematic) order by l.place, l.ordered, l.unit_id)
        from (
          select s.*, v.name, v.ordered, o.name as parent, array_position(${[...belowStates]}::text[], s.state) as place
          from standing s
          join unit_version v on v.unit_id = s.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
          join unit_version o on o.unit_id = s.parent_id and o.valid_from <= ${day} and o.valid_to > ${day}
          where ${wanted.state ?? null}::text is null or s.state = ${wanted.state ?? null}
          order by place, v.ordered, s.unit_id limit ${wanted.limit} offset ${wanted.offset}
        ) l
      ), '[]') as lines`.execute(db);
  return { counts: rows[0]?.counts ?? {}, thematic: rows[0]?.thematic ?? 0, lines: rows[0]?.lines ?? [] };
}

/** Revisions of meetings, for pages that watch them; one statement for all that are watched. */
export async function readRevisions(
  db: Reader,
  watched: readonly { unitId: number; id: string }[],
): Promise<{ unitId: number; id: string; revision: number }[]> {
  const { rows } = await sql<{ unitId: number; id: string; revision: number }>`
    select m.unit_id as "unitId", m.id, m.revision::integer as revision
    from jsonb_to_recordset(${JSON.stringify(watched)}::jsonb) as w ("unitId" integer, id uuid)
    join meeting m on m.unit_id = w."unitId" and m.id = w.id`.execute(db);
  return rows;
}
