import type { Day } from '@dinh/domain/kernel';
import type { TaskState } from '@dinh/domain/tasks';
import { doneStates, openStates } from '@dinh/domain/tasks';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import { lineColumns, lineJoins } from './columns.ts';
import type { TaskLine } from './rows.ts';

const states = (list: readonly string[]) => sql.raw(list.map((state) => `'${state}'`).join(', '));
const open = sql`t.state in (${states(openStates)})`;
const done = sql`t.state in (${states(doneStates)})`;

/** The first tasks of every state with how many there are; those in work by deadline, those done latest first. */
export async function readBoard(db: Reader, unitId: number, each: number): Promise<(TaskLine & { total: number })[]> {
  const { rows } = await sql<TaskLine & { total: number }>`
    select ${lineColumns}, t.total from (
      select t.*, count(*) over (partition by t.state)::integer as total,
        row_number() over (partition by t.state order by
          case when ${done} or t.state = 'cancelled' then null else t.deadline end, t.deadline desc, t.id) as nth
      from task t where t.unit_id = ${unitId}
    ) t ${lineJoins} where t.nth <= ${each} order by t.state, t.nth`.execute(db);
  return rows;
}

/** What falls on a day: a task's deadline, or one of its milestones. */
export type Dates = TaskLine & { day: Day; milestone: string | null; milestoneReached: Day | null };

/** Deadlines and milestones of a unit's agreed tasks between two days, in order. */
export async function readCalendar(db: Reader, unitId: number, from: Day, to: Day): Promise<Dates[]> {
  const { rows } = await sql<Dates>`
    select ${lineColumns}, t.day, t.milestone, t.reached as "milestoneReached" from (
      select t.*, t.deadline as day, null::text as milestone, null::date as reached from task t
      where t.unit_id = ${unitId} and (${open} or ${done}) and t.deadline between ${from} and ${to}
      union all
      select t.*, s.due, s.product, s.reached_on from task_milestone s join task t on t.unit_id = s.unit_id and t.id = s.task_id
      where s.unit_id = ${unitId} and s.due between ${from} and ${to} and (${open} or ${done})
    ) t ${lineJoins} order by t.day, t.id, t.milestone limit 1000`.execute(db);
  return rows;
}

export type PersonTasks = {
  id: string;
  name: string;
  open: number;
  overdue: number;
  done: number;
  exceeded: number;
  late: number;
  /** Tasks they lead in person. */
  directs: number;
};

/** People who answer for tasks of a unit, or lead them, that are due in or after a day: how their tasks stand. */
export async function readByPerson(db: Reader, unitId: number, today: Day, since: Day): Promise<PersonTasks[]> {
  const { rows } = await sql<PersonTasks>`
    select w.id, coalesce(p.name, '') as name,
      count(*) filter (where w.answers and ${open})::integer as open,
      count(*) filter (where w.answers and ${open} and t.claimed_on is null and t.deadline < ${today})::integer as overdue,
      count(*) filter (where w.answers and ${done})::integer as done,
      count(*) filter (where w.answers and t.state = 'done-exceeded')::integer as exceeded,
      count(*) filter (where w.answers and ${done} and t.finished_on > t.deadline)::integer as late,
      count(*) filter (where t.directs = w.id and (${open} or ${done}))::integer as directs
    from task t
    cross join lateral (
      select t.responsible as id, true as answers
      union all select t.directs, false where t.directs is not null and t.directs <> t.responsible
    ) w
    left join person p on p.unit_id = t.unit_id and p.id = w.id
    where t.unit_id = ${unitId} and t.state not in ('draft', 'returned', 'cancelled') and (t.deadline >= ${since} or ${open})
    group by w.id, p.name, p.ordered order by overdue desc, open desc, p.ordered, w.id limit 500`.execute(db);
  return rows;
}

export type UnitTasks = {
  unitId: number;
  name: string;
  open: number;
  overdue: number;
  done: number;
  /** Registered tasks that only a level above can agree to. */
  toApprove: number;
};

/** How the tasks of each unit right below a unit stand, together with everything below it. Units without any are left out. */
export async function readBelow(db: Reader, unitId: number, today: Day): Promise<UnitTasks[]> {
  const { rows } = await sql<UnitTasks>`
    with recursive child as (
      select unit_id from unit_parent where parent_id = ${unitId} and valid_from <= ${today} and valid_to > ${today}
    ), below (child, unit_id, depth) as (
      select unit_id, unit_id, 1 from child
      union all
      select b.child, p.unit_id, b.depth + 1 from below b
      join unit_parent p on p.parent_id = b.unit_id and p.valid_from <= ${today} and p.valid_to > ${today} where b.depth < 64
    )
    select b.child as "unitId", v.name,
      count(*) filter (where ${open})::integer as open,
      count(*) filter (where ${open} and t.claimed_on is null and t.deadline < ${today})::integer as overdue,
      count(*) filter (where ${done})::integer as done,
      count(*) filter (where t.state = 'registered' and t.kind in ('hard', 'breakthrough'))::integer as "toApprove"
    from below b join task t on t.unit_id = b.unit_id
    join unit_version v on v.unit_id = b.child and v.valid_from <= ${today} and v.valid_to > ${today}
    group by b.child, v.name, v.ordered order by "toApprove" desc, overdue desc, v.ordered limit 500`.execute(db);
  return rows;
}

/** Registered hard and breakthrough tasks of the units below, the longest waiting first. */
export async function readToApprove(db: Reader, unitId: number, today: Day): Promise<(TaskLine & { unit: string })[]> {
  const { rows } = await sql<TaskLine & { unit: string }>`
    with recursive below (unit_id, depth) as (
      select unit_id, 1 from unit_parent where parent_id = ${unitId} and valid_from <= ${today} and valid_to > ${today}
      union all
      select p.unit_id, b.depth + 1 from below b
      join unit_parent p on p.parent_id = b.unit_id and p.valid_from <= ${today} and p.valid_to > ${today} where b.depth < 64
    )
    select ${lineColumns}, v.name as unit from (
      select t.* from below b join task t on t.unit_id = b.unit_id
      where t.state = 'registered' and t.kind in ('hard', 'breakthrough') order by t.registered_at, t.id limit 50
    ) t ${lineJoins}
    join unit_version v on v.unit_id = t.unit_id and v.valid_from <= ${today} and v.valid_to > ${today}
    order by t.registered_at, t.id`.execute(db);
  return rows;
}

export type Since = TaskLine & {
  /** Agreed to, finished, or fallen due since the day. */
  isNew: boolean;
  isDone: boolean;
  fellDue: boolean;
  /** The latest difficulty and request reported since the day. */
  difficulty: string;
  request: string;
};

/** What became of a unit's tasks since a day: what the next meeting opens with. */
export async function readSince(db: Reader, unitId: number, since: Day, today: Day): Promise<Since[]> {
  const { rows } = await sql<Since & { state: TaskState }>`
    select ${lineColumns}, t."isNew", t."isDone", t."fellDue", coalesce(r.difficulty, '') as difficulty, coalesce(r.request, '') as request from (
      select t.*, (t.approved_at >= ${since}::date) as "isNew", (${done} and t.decided_at >= ${since}::date) as "isDone",
        (${open} and t.claimed_on is null and t.deadline >= ${since} and t.deadline < ${today}) as "fellDue"
      from task t
      where t.unit_id = ${unitId} and t.changed_at >= ${since}::date and (${open} or ${done})
        or t.unit_id = ${unitId} and ${open} and t.deadline >= ${since} and t.deadline < ${today}
    ) t ${lineJoins}
    left join lateral (
      select difficulty, request from task_report where unit_id = t.unit_id and task_id = t.id and day >= ${since}
        and (difficulty <> '' or request <> '') order by seq desc limit 1
    ) r on true
    where coalesce(t."isNew", false) or coalesce(t."isDone", false) or t."fellDue" or r.difficulty is not null
    order by t.deadline, t.id limit 300`.execute(db);
  return rows;
}
