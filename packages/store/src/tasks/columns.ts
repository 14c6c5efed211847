import { sql } from 'kysely';

/** Columns of a `TaskLine` of `task t`, with `lineJoins`. */
export const lineColumns = sql`
  t.unit_id as "unitId", t.id, t.year, t.number, t.title, t.kind, t.state, t.starts, t.deadline, t.next_milestone as "nextMilestone",
  t.reported_on as "reportedOn", t.claimed_on as "claimedOn", t.finished_on as "finishedOn", t.responsible,
  coalesce(p.name, '') as "responsibleName", t.directs, m.list as measures`;

export const lineJoins = sql`
  left join person p on p.unit_id = t.unit_id and p.id = t.responsible
  cross join lateral (
    select coalesce(json_agg(json_build_object('seq', seq, 'name', name, 'unit', unit, 'baseline', trim_scale(baseline)::text,
      'target', trim_scale(target)::text, 'cumulative', cumulative, 'reached', trim_scale(reached)::text) order by seq), '[]') as list
    from task_measure where unit_id = t.unit_id and task_id = t.id
  ) m`;
