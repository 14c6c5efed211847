import type { Day } from '@dinh/domain/kernel';
import type { Dated, TaskKind } from '@dinh/domain/tasks';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

type Key = { unitId: number; id: string };

/** A part of a task in a lower unit, in the order of the tree: each after the one it is a part of. */
export type Part = Dated & {
  unitId: number;
  id: string;
  /** 1 for a part of the task asked about, 2 for a part of that, and so on. */
  depth: number;
  unit: string;
  title: string;
  kind: TaskKind;
  responsibleName: string;
  parts: number;
};

export type Parts = {
  lines: Part[];
  /** Parts that have none below them: how many there are that were not called off, and how many of those are done. */
  of: number;
  done: number;
  /** Figures of these parts added up, by name and unit. */
  measures: { name: string; unit: string; target: string; reached: string | null }[];
};

const MOST_PARTS = 2000;

/**
 * Everything a task was spread to, however deep, with what adds up, in one statement. Rows stand with their own units; this reads upward
 * along what each says it is a part of.
 */
export async function readParts(db: Reader, { unitId, id }: Key, day: Day): Promise<Parts> {
  const { rows } = await sql<Parts>`
    with recursive part as (
      select t.unit_id, t.id, t.parent_unit_id, t.parent_id, 1 as depth, array[lpad(t.unit_id::text, 10, '0')] as path
      from task t where t.parent_unit_id = ${unitId} and t.parent_id = ${id}
      union all
      select t.unit_id, t.id, t.parent_unit_id, t.parent_id, p.depth + 1, p.path || lpad(t.unit_id::text, 10, '0')
      from part p join task t on t.parent_unit_id = p.unit_id and t.parent_id = p.id where p.depth < 16
    ), found as (
      select part.*, t.title, t.kind, t.state, t.deadline, t.next_milestone, t.reported_on, t.claimed_on, t.finished_on, t.responsible,
        (select count(*)::integer from part below where below.parent_unit_id = part.unit_id and below.parent_id = part.id) as parts
      from part join task t on t.unit_id = part.unit_id and t.id = part.id
      order by part.path limit ${MOST_PARTS}
    ), leaf as (
      select * from found where parts = 0 and state <> 'cancelled'
    )
    select
      coalesce((select json_agg(json_build_object('unitId', f.unit_id, 'id', f.id, 'depth', f.depth, 'unit', coalesce(v.name, ''), 'title', f.title,
        'kind', f.kind, 'state', f.state, 'deadline', f.deadline, 'nextMilestone', f.next_milestone, 'reportedOn', f.reported_on,
        'claimedOn', f.claimed_on, 'finishedOn', f.finished_on, 'responsibleName', coalesce(n.name, ''), 'parts', f.parts) order by f.path)
        from found f
        left join unit_version v on v.unit_id = f.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
        left join person n on n.unit_id = f.unit_id and n.id = f.responsible), '[]') as lines,
      (select count(*)::integer from leaf) as of,
      (select count(*)::integer from leaf where state in ('done', 'done-exceeded')) as done,
      coalesce((select json_agg(json_build_object('name', s.name, 'unit', s.unit, 'target', trim_scale(s.target)::text,
        'reached', trim_scale(s.reached)::text) order by s.name, s.unit)
        from (select m.name, m.unit, sum(m.target) as target, sum(m.reached) as reached from leaf l
          join task_measure m on m.unit_id = l.unit_id and m.task_id = l.id group by m.name, m.unit) s), '[]') as measures`.execute(
    db,
  );
  return rows[0]!;
}

/** What a part says of the task it belongs to: its title and its unit. */
export async function readPartOf(
  db: Reader,
  { unitId, id }: Key,
  day: Day,
): Promise<{ unitId: number; id: string; unit: string; title: string } | null> {
  const { rows } = await sql<{ unitId: number; id: string; unit: string; title: string }>`
    select t.unit_id as "unitId", t.id, coalesce(v.name, '') as unit, t.title from task t
    left join unit_version v on v.unit_id = t.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
    where t.unit_id = ${unitId} and t.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** True when the unit has a part of the task already that was not called off. */
export async function hasPart(
  tx: Tx,
  part: { unitId: number; parentUnitId: number; parentId: string },
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from task where parent_unit_id = ${part.parentUnitId} and parent_id = ${part.parentId}
      and unit_id = ${part.unitId} and state <> 'cancelled') as found`.execute(tx);
  return rows[0]!.found;
}
