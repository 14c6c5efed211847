import type { Day } from '@dinh/domain/kernel';
import type { Measure, TaskKind, TaskState } from '@dinh/domain/tasks';
import { sql } from 'kysely';
import type { Tx } from '../connection/public.ts';
import type { TaskSource } from './rows.ts';

/** Everything people say of a task when they put it down. */
export type TaskContent = {
  title: string;
  description: string;
  kind: TaskKind;
  responsible: string;
  responsiblePost: string | null;
  directs: string | null;
  coOwners: readonly string[];
  supportingUnits: readonly number[];
  reason: string;
  rootCause: string;
  products: readonly string[];
  starts: Day;
  deadline: Day;
  measures: readonly Measure[];
  milestones: readonly { due: Day; product: string }[];
};

export type NewTask = TaskContent &
  TaskSource & {
    unitId: number;
    id: string;
    assignerUnit: number;
    assigner: string;
    state: TaskState;
    parentUnitId: number | null;
    parentId: string | null;
    at: Date;
    /** The day whose year it is numbered in. */
    on: Day;
  };

async function putParts(tx: Tx, unitId: number, id: string, parts: TaskContent): Promise<void> {
  if (parts.measures.length > 0)
    await sql`
      insert into task_measure (unit_id, task_id, seq, name, unit, baseline, target, cumulative)
      select ${unitId}::integer, ${id}::uuid, r.seq, r.name, r.unit, r.baseline, r.target, r.cumulative
      from jsonb_to_recordset(${JSON.stringify(parts.measures.map((each, index) => ({ ...each, seq: index + 1 })))}::jsonb)
        as r (seq integer, name text, unit text, baseline numeric, target numeric, cumulative boolean)`.execute(tx);
  if (parts.milestones.length > 0)
    await sql`
      insert into task_milestone (unit_id, task_id, seq, due, product)
      select ${unitId}::integer, ${id}::uuid, r.seq, r.due, r.product
      from jsonb_to_recordset(${JSON.stringify(parts.milestones.map((each, index) => ({ ...each, seq: index + 1 })))}::jsonb)
        as r (seq integer, due date, product text)`.execute(tx);
}

const earliest = (milestones: TaskContent['milestones']) => milestones.map(({ due }) => due).toSorted()[0] ?? null;

/** Enters a task under the next number of the unit's year. @returns the number; null when the id is taken */
export async function insertTask(tx: Tx, task: NewTask): Promise<number | null> {
  const year = Number(task.on.slice(0, 4));
  const approvedAt = task.state === 'approved' ? task.at : null;
  // Commands of one unit run one after another, so the highest number is known.
  const { rows } = await sql<{ number: number }>`
    insert into task (unit_id, id, year, number, title, description, kind, origin, meeting_id, conclusion_id, programme, period, criterion,
      assigner_unit, assigner, responsible, responsible_post, directs, co_owners, supporting_units, reason, root_cause, products,
      starts, deadline, state, next_milestone, registered_at, approved_at, changed_at, parent_unit_id, parent_id)
    select ${task.unitId}::integer, ${task.id}::uuid, ${year}::integer, coalesce(max(number), 0) + 1, ${task.title}::text, ${task.description}::text,
      ${task.kind}::text, ${task.origin}::text, ${task.meetingId}::uuid, ${task.conclusionId}::uuid, ${task.programme}::text,
      ${task.period}::text, ${task.criterion}::text, ${task.assignerUnit}::integer, ${task.assigner}::text, ${task.responsible}::uuid,
      ${task.responsiblePost}::text, ${task.directs}::uuid, ${[...task.coOwners]}::uuid[], ${[...task.supportingUnits]}::integer[],
      ${task.reason}::text, ${task.rootCause}::text, ${[...task.products]}::text[], ${task.starts}::date, ${task.deadline}::date,
      ${task.state}::text, ${earliest(task.milestones)}::date, ${task.at}::timestamptz, ${approvedAt}::timestamptz, ${task.at}::timestamptz,
      ${task.parentUnitId}::integer, ${task.parentId}::uuid
    from task where unit_id = ${task.unitId} and year = ${year}
    on conflict (unit_id, id) do nothing returning number`.execute(tx);
  const number = rows[0]?.number;
  if (number === undefined) return null;
  await putParts(tx, task.unitId, task.id, task);
  return number;
}

/** Writes a task that nobody has agreed to yet anew, with its measures and milestones. */
export async function rewriteTask(
  tx: Tx,
  task: TaskContent & { unitId: number; id: string; state: TaskState; at: Date },
): Promise<void> {
  const { unitId, id } = task;
  const approvedAt = task.state === 'approved' ? task.at : null;
  await sql`
    update task set title = ${task.title}, description = ${task.description}, kind = ${task.kind}, responsible = ${task.responsible}::uuid,
      responsible_post = ${task.responsiblePost}, directs = ${task.directs}::uuid, co_owners = ${[...task.coOwners]}::uuid[],
      supporting_units = ${[...task.supportingUnits]}::integer[], reason = ${task.reason}, root_cause = ${task.rootCause},
      products = ${[...task.products]}::text[], starts = ${task.starts}, deadline = ${task.deadline}, state = ${task.state},
      next_milestone = ${earliest(task.milestones)}::date, approved_at = ${approvedAt}::timestamptz, changed_at = ${task.at}
    where unit_id = ${unitId} and id = ${id}`.execute(tx);
  await sql`delete from task_measure where unit_id = ${unitId} and task_id = ${id}`.execute(tx);
  await sql`delete from task_milestone where unit_id = ${unitId} and task_id = ${id}`.execute(tx);
  await putParts(tx, unitId, id, task);
}

type Key = { unitId: number; id: string };

/** Moves a task to a state people decided. */
export async function setTaskState(tx: Tx, { unitId, id }: Key, state: TaskState, at: Date): Promise<void> {
  await sql`
    update task set state = ${state}::text, changed_at = ${at},
      approved_at = case when ${state}::text = 'approved' then ${at}::timestamptz else approved_at end,
      cancelled_at = case when ${state}::text = 'cancelled' then ${at}::timestamptz else cancelled_at end
    where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

export async function setTaskPeople(
  tx: Tx,
  { unitId, id }: Key,
  people: Pick<TaskContent, 'responsible' | 'responsiblePost' | 'directs' | 'coOwners'>,
  at: Date,
): Promise<void> {
  await sql`
    update task set responsible = ${people.responsible}::uuid, responsible_post = ${people.responsiblePost}, directs = ${people.directs}::uuid,
      co_owners = ${[...people.coOwners]}::uuid[], changed_at = ${at}
    where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

export async function appendTaskEvent(
  tx: Tx,
  { unitId, id }: Key,
  event: { kind: string; reason?: string; actor: string; at: Date },
): Promise<void> {
  await sql`
    insert into task_event (unit_id, task_id, seq, kind, reason, actor, at)
    select ${unitId}::integer, ${id}::uuid, coalesce(max(seq), 0) + 1, ${event.kind}::text, ${event.reason ?? ''}::text, ${event.actor}::text,
      ${event.at}::timestamptz
    from task_event where unit_id = ${unitId} and task_id = ${id}`.execute(tx);
}
