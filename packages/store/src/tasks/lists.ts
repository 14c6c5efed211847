import type { Day } from '@dinh/domain/kernel';
import { addDays } from '@dinh/domain/kernel';
import type { TaskKind } from '@dinh/domain/tasks';
import { doneStates, openStates, RISK_DAYS, waitingStates } from '@dinh/domain/tasks';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import { lineColumns, lineJoins } from './columns.ts';
import type { TaskLine } from './rows.ts';

/** Which tasks a list shows: by what people decided, or by how they stand today. */
export const taskShows = [
  'open',
  'overdue',
  'at-risk',
  'to-evaluate',
  'waiting',
  'extension',
  'done',
  'done-on-time',
  'done-late',
  'exceeded',
  'cancelled',
  'agreed',
  'all',
] as const;
export type TaskShow = (typeof taskShows)[number];

const states = (list: readonly string[]) => sql.raw(list.map((state) => `'${state}'`).join(', '));
const open = sql`t.state in (${states(openStates)})`;
const done = sql`t.state in (${states(doneStates)})`;
const notLate = (today: Day) => sql`${open} and t.claimed_on is null and t.deadline >= ${today}`;
/** The rule of `standingOf`, for the database. */
const atRisk = (today: Day) => sql`${notLate(today)} and (t.next_milestone < ${today}
  or (t.reported_on is null and t.deadline <= ${addDays(today, RISK_DAYS)}))`;

const conditions: Record<TaskShow, (today: Day) => RawBuilder<unknown>> = {
  open: () => open,
  overdue: (today) => sql`${open} and t.claimed_on is null and t.deadline < ${today}`,
  'at-risk': atRisk,
  'to-evaluate': () => sql`${open} and t.claimed_on is not null`,
  waiting: () => sql`t.state in (${states(waitingStates)})`,
  extension: () =>
    sql`exists (select from task_extension e where e.unit_id = t.unit_id and e.task_id = t.id and e.granted is null)`,
  done: () => done,
  'done-on-time': () => sql`${done} and t.finished_on <= t.deadline`,
  'done-late': () => sql`${done} and t.finished_on > t.deadline`,
  exceeded: () => sql`t.state = 'done-exceeded'`,
  cancelled: () => sql`t.state = 'cancelled'`,
  agreed: () => sql`(${open} or ${done})`,
  all: () => sql`true`,
};

/** Those listed latest first: what lies behind is looked for from today backwards. */
const backwards: ReadonlySet<TaskShow> = new Set(['done', 'done-on-time', 'done-late', 'exceeded', 'cancelled', 'all']);

export type TaskFilter = {
  unitId: number;
  today: Day;
  show: TaskShow;
  kind?: TaskKind | undefined;
  /** Answers for it, leads it or shares it. */
  person?: string | undefined;
  dueFrom?: Day | undefined;
  dueTo?: Day | undefined;
  after?: { deadline: Day; id: string } | undefined;
  limit: number;
};

const ofPerson = (person: string) =>
  sql`(t.responsible = ${person}::uuid or t.directs = ${person}::uuid or t.co_owners @> array[${person}::uuid])`;

/** A page of a unit's tasks by deadline; the next one begins after the last line's `{deadline, id}`. */
export async function listTasks(db: Reader, filter: TaskFilter): Promise<TaskLine[]> {
  const { unitId, today, show, kind, person, dueFrom, dueTo, after, limit } = filter;
  const back = backwards.has(show);
  const order = sql.raw(back ? 't.deadline desc, t.id desc' : 't.deadline, t.id');
  const { rows } = await sql<TaskLine>`
    select ${lineColumns} from (
      select * from task t where t.unit_id = ${unitId} and ${conditions[show](today)}
        ${kind ? sql`and t.kind = ${kind}` : sql``}
        ${person ? sql`and ${ofPerson(person)}` : sql``}
        ${dueFrom ? sql`and t.deadline >= ${dueFrom}` : sql``}
        ${dueTo ? sql`and t.deadline <= ${dueTo}` : sql``}
        ${after ? sql`and (t.deadline, t.id) ${sql.raw(back ? '<' : '>')} (${after.deadline}::date, ${after.id}::uuid)` : sql``}
      order by ${order} limit ${limit}
    ) t ${lineJoins} order by ${order}`.execute(db);
  return rows;
}

export type TaskCounts = Record<
  'open' | 'overdue' | 'at-risk' | 'to-evaluate' | 'waiting' | 'done' | 'cancelled',
  number
>;

/** How many tasks of a unit stand how today. */
export async function countTasks(db: Reader, unitId: number, today: Day): Promise<TaskCounts> {
  const count = (show: TaskShow) => sql`count(*) filter (where ${conditions[show](today)})::integer`;
  const { rows } = await sql<TaskCounts>`
    select ${count('open')} as open, ${count('overdue')} as overdue, ${count('at-risk')} as "at-risk", ${count('to-evaluate')} as "to-evaluate",
      ${count('waiting')} as waiting, ${count('done')} as done, ${count('cancelled')} as cancelled
    from task t where t.unit_id = ${unitId}`.execute(db);
  return rows[0]!;
}

export type Owed = {
  tasks: TaskLine[];
  total: number;
  /** Tasks of the unit that wait for an approval, a judgement, or more time. */
  waiting: { registered: number; claimed: number; extensions: number };
  /** Hard and breakthrough tasks of units below that wait for a level above. */
  below: number;
};

/** What a person owes in a unit, the most pressing first, and what waits for those who decide there. */
export async function readOwedTasks(
  db: Reader,
  asked: { unitId: number; person: string; limit: number; day: Day },
): Promise<Owed> {
  const { unitId, person, limit, day } = asked;
  const { rows: tasks } = await sql<TaskLine & { total: number }>`
    select ${lineColumns}, t.total from (
      select *, count(*) over ()::integer as total from task t
      where t.unit_id = ${unitId} and ${open} and t.claimed_on is null and ${ofPerson(person)} order by t.deadline, t.id limit ${limit}
    ) t ${lineJoins} order by t.deadline, t.id`.execute(db);
  // Upward from the few units whose tasks wait, not downward through every unit there is.
  const { rows } = await sql<Owed['waiting'] & { below: number }>`
    with recursive registered as (
      select unit_id, count(*) filter (where kind in ('hard', 'breakthrough'))::integer as great from task where state = 'registered' group by unit_id
    ), above (start, unit_id, depth) as (
      select r.unit_id, p.parent_id, 1 from registered r
      join unit_parent p on p.unit_id = r.unit_id and p.valid_from <= ${day} and p.valid_to > ${day} where r.great > 0
      union all
      select a.start, p.parent_id, a.depth + 1 from above a
      join unit_parent p on p.unit_id = a.unit_id and p.valid_from <= ${day} and p.valid_to > ${day} where a.depth < 64
    )
    select
      (select count(*)::integer from task where unit_id = ${unitId} and state = 'registered') as registered,
      (select count(*)::integer from task t where t.unit_id = ${unitId} and ${open} and t.claimed_on is not null) as claimed,
      (select count(*)::integer from task_extension where unit_id = ${unitId} and granted is null) as extensions,
      (select coalesce(sum(r.great), 0)::integer from above a join registered r on r.unit_id = a.start where a.unit_id = ${unitId}) as below`.execute(
    db,
  );
  const { below, ...waiting } = rows[0]!;
  return {
    tasks: tasks.map(({ total: _total, ...line }) => line),
    total: tasks[0]?.total ?? 0,
    waiting,
    below,
  };
}
