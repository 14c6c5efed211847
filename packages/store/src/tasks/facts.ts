import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

export type TaskFacts = {
  /** The unit keeps its tasks here: without any, nobody knows whether it had none or wrote them elsewhere. */
  kept: boolean;
  /** Agreed tasks whose deadline lies in the period. */
  due: number;
  /** Of these: finished, in time, late, exceeded, and not finished though the period is over. */
  done: number;
  onTime: number;
  late: number;
  exceeded: number;
  overdue: number;
  /** Members who answered for, led or shared a task in the period. */
  members: number;
};

/**
 * What a unit's tasks say of a period, as it was known at an instant: what was decided later does not reach back.
 * @param posts posts whose holders count as members; empty when nobody asks for them
 */
export async function readTaskFacts(
  db: Reader,
  asked: { unitId: number; from: Day; to: Day; knownAt: Date; posts: readonly string[] },
): Promise<TaskFacts> {
  const { unitId, from, to, knownAt } = asked;
  const { rows } = await sql<TaskFacts>`
    with known as (
      select t.responsible, t.directs, t.co_owners, t.starts, d.deadline,
        case when t.decided_at <= ${knownAt} then t.finished_on end as finished_on,
        t.state = 'done-exceeded' and t.decided_at <= ${knownAt} as exceeded
      from task t
      cross join lateral (
        -- The deadline as it stood then: what was granted later had not moved it yet.
        select coalesce((select from_day from task_extension
          where unit_id = t.unit_id and task_id = t.id and granted and decided_at > ${knownAt} order by seq limit 1), t.deadline) as deadline
      ) d
      where t.unit_id = ${unitId} and t.approved_at <= ${knownAt} and t.deadline >= ${from} and t.starts <= ${to}
        and (t.cancelled_at is null or t.cancelled_at > ${knownAt})
    ), due as (
      select * from known where deadline between ${from} and ${to}
    )
    select exists (select from task where unit_id = ${unitId} and approved_at <= ${knownAt}) as kept,
      (select count(*)::integer from due) as due,
      (select count(finished_on)::integer from due) as done,
      (select count(*)::integer from due where finished_on <= deadline) as "onTime",
      (select count(*)::integer from due where finished_on > deadline) as late,
      (select count(*)::integer from due where exceeded) as exceeded,
      (select count(*)::integer from due where finished_on is null) as overdue,
      (select count(distinct w.id)::integer from known
        cross join lateral unnest(array[responsible, directs] || co_owners) as w (id)
        where (finished_on is null or finished_on >= ${from})
          and exists (select from post where unit_id = ${unitId} and person_id = w.id and post = any(${[...asked.posts]}::text[])
            and valid_from <= ${to} and valid_to > ${to})) as members`.execute(db);
  return rows[0]!;
}
