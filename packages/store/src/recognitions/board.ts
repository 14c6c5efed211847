import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import { fallenSince } from './recognitions.ts';

/** Where units below stand on the way, best to look at first. */
export const boardStates = [
  'recheck-due',
  'remediation',
  'at-risk',
  'revoked',
  'recognised',
  'on-the-way',
  'registered',
] as const;
export type BoardState = (typeof boardStates)[number];

export type BoardLine = {
  unitId: number;
  unit: string;
  kind: string;
  /** The unit right above it. */
  parent: string;
  /** Whether it is still there today; the board may be of a day long ago. */
  stands: boolean;
  state: BoardState;
  /** Day of the decision, or of what happened last. */
  since: Day | null;
  nextDay: Day | null;
  /** Criteria that fell back since the recognition. */
  fallen: number;
};

/** Units below a unit on a day, however deep. */
const below = (aboveId: number, day: Day) => sql`
  below (unit_id, parent_id, depth) as (
    select unit_id, parent_id, 1 from unit_parent where parent_id = ${aboveId} and valid_from <= ${day} and valid_to > ${day}
    union all
    select c.unit_id, c.parent_id, b.depth + 1 from below b
    join unit_parent c on c.parent_id = b.unit_id and c.valid_from <= ${day} and c.valid_to > ${day}
    where b.depth < 64
  )`;

/** How many units below a unit run each of some programmes on a day; those that nobody runs are left out. */
export async function countRunning(
  db: Reader,
  wanted: { aboveId: number; programmeIds: readonly number[]; day: Day },
): Promise<Map<number, number>> {
  const { day } = wanted;
  const { rows } = await sql<{ id: number; units: number }>`
    with recursive ${below(wanted.aboveId, day)}
    select d.programme_id as id, count(*)::integer as units from below b
    join adoption d on d.unit_id = b.unit_id and d.valid_from <= ${day} and d.valid_to > ${day}
    where d.programme_id = any(${[...wanted.programmeIds]}::integer[]) group by 1`.execute(db);
  return new Map(rows.map(({ id, units }) => [id, units]));
}

/**
 * Units below a unit that run a programme, by the tree of a day, with where they stood that day: how many in each state, and a page
 * of them. One statement.
 * @param state only these; the counts stay whole
 */
export async function readBoard(
  db: Reader,
  wanted: {
    aboveId: number;
    programmeId: number;
    day: Day;
    today: Day;
    state?: BoardState | undefined;
    limit: number;
    offset: number;
  },
): Promise<{ counts: Partial<Record<BoardState, number>>; lines: BoardLine[] }> {
  const { day, today, programmeId } = wanted;
  const { rows } = await sql<{ counts: Partial<Record<BoardState, number>> | null; lines: BoardLine[] }>`
    with recursive ${below(wanted.aboveId, day)}, standing as (
      select b.unit_id, b.parent_id, e.on_day as since, case when e.kind <> 'revoked' then e.next_day end as next_day,
        coalesce(cardinality(f.fallen), 0) as fallen,
        case
          when e.kind is null then case when exists (
            select 1 from assessment a where a.unit_id = b.unit_id and a.programme_id = ${programmeId}
              and a.state in ('submitted', 'accepted', 'locked') and a.period_end <= ${day}) then 'on-the-way' else 'registered' end
          when e.kind in ('revoked', 'remediation') then e.kind
          when e.next_day <= ${day} then 'recheck-due'
          when cardinality(f.fallen) > 0 then 'at-risk'
          else 'recognised'
        end as state
      from below b
      join adoption d on d.unit_id = b.unit_id and d.programme_id = ${programmeId} and d.valid_from <= ${day} and d.valid_to > ${day}
      left join lateral (
        select * from recognition r where r.unit_id = b.unit_id and r.programme_id = ${programmeId} and r.decided_on <= ${day}
        order by r.seq desc limit 1
      ) r on true
      left join lateral (
        select e.kind, e.on_day, e.next_day from recognition_event e
        where e.unit_id = r.unit_id and e.programme_id = r.programme_id and e.seq = r.seq and e.on_day <= ${day}
        order by e.nth desc limit 1
      ) e on true
      left join lateral (${fallenSince(sql`${day}::date`)}) f on e.kind in ('recognised', 'maintained')
    )
    select
      (select json_object_agg(state, n) from (select state, count(*) as n from standing group by state) c) as counts,
      coalesce((
        select json_agg(json_build_object('unitId', l.unit_id, 'unit', l.name, 'kind', l.kind, 'parent', l.parent, 'stands', l.stands, 'state', l.state,
          'since', l.since, 'nextDay', l.next_day, 'fallen', l.fallen) order by l.place, l.search, l.unit_id)
        from (
          select s.*, v.name, v.kind, v.search, o.name as parent, exists (select from unit_version w
              where w.unit_id = s.unit_id and w.valid_from <= ${today} and w.valid_to > ${today}) as stands,
            array_position(${[...boardStates]}::text[], s.state) as place
          from standing s
          join unit_version v on v.unit_id = s.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
          join unit_version o on o.unit_id = s.parent_id and o.valid_from <= ${day} and o.valid_to > ${day}
          where ${wanted.state ?? null}::text is null or s.state = ${wanted.state ?? null}
          order by place, v.search, s.unit_id limit ${wanted.limit} offset ${wanted.offset}
        ) l
      ), '[]') as lines`.execute(db);
  return { counts: rows[0]?.counts ?? {}, lines: rows[0]?.lines ?? [] };
}
