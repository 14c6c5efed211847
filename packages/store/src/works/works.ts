import type { Day } from '@dinh/domain/kernel';
import type { CostSource, PhotoPhase, Spot, WorkState } from '@dinh/domain/works';
import { type RawBuilder, sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** What was planned and what is done, as exact decimals. */
export type Quantity = { measure: string; planned: string | null; done: string };
export type Money = { source: CostSource; currency: string; amount: string };

export type Work = {
  unitId: number;
  id: string;
  kind: string;
  title: string;
  place: string;
  spot: Spot | null;
  driveId: string | null;
  driveTitle: string | null;
  taskId: string | null;
  taskTitle: string | null;
  responsible: string | null;
  responsibleName: string;
  starts: Day;
  due: Day;
  state: WorkState;
  stateOn: Day;
  reason: string;
  createdAt: Date;
  changedAt: Date;
  revision: number;
  /** The day it was first planned on: nothing of it is earlier. */
  begun: Day;
  quantities: Quantity[];
  /** Summed by source and currency, without what was withdrawn; amounts in the currency's smallest unit. */
  money: Money[];
};

const columns = sql`
  w.unit_id as "unitId", w.id, w.kind, w.title, w.place, w.spot, w.drive_id as "driveId", d.title as "driveTitle",
  w.task_id as "taskId", t.title as "taskTitle", w.responsible,
  coalesce((select name from person where person.id = w.responsible limit 1), '') as "responsibleName",
  w.starts, w.due, w.state, w.state_on as "stateOn", w.reason, w.created_at as "createdAt", w.changed_at as "changedAt", w.revision,
  (select min(on_day) from work_step s where s.unit_id = w.unit_id and s.work_id = w.id) as begun,
  coalesce((select json_agg(json_build_object('measure', q.measure, 'planned', trim_scale(q.planned)::text, 'done', trim_scale(q.done)::text)
    order by q.measure) from work_quantity q where q.unit_id = w.unit_id and q.work_id = w.id), '[]') as quantities,
  coalesce((select json_agg(json_build_object('source', c.source, 'currency', c.currency, 'amount', c.amount::text)
    order by c.currency, array_position('{people,budget,sponsor,loan,other}'::text[], c.source))
    from (select source, currency, sum(amount) as amount from work_cost k
      where k.unit_id = w.unit_id and k.work_id = w.id and k.withdrawn_at is null group by 1, 2) c), '[]') as money
  from work w
  left join contribution_drive d on d.unit_id = w.unit_id and d.id = w.drive_id
  left join task t on t.unit_id = w.unit_id and t.id = w.task_id`;

const open = sql`array_position('{under-way,planned,stopped,done,handed-over}'::text[], w.state)`;

/** Works of a unit: those under way first, then by the day they are due; some at a time. */
export async function listWorks(
  db: Reader,
  unitId: number,
  wanted: { states: readonly WorkState[]; kind: string | null; driveId: string | null; limit: number; offset: number },
): Promise<Work[]> {
  const only: RawBuilder<unknown>[] = [sql`w.unit_id = ${unitId}`, sql`w.state = any(${[...wanted.states]}::text[])`];
  if (wanted.kind !== null) only.push(sql`w.kind = ${wanted.kind}`);
  if (wanted.driveId !== null) only.push(sql`w.drive_id = ${wanted.driveId}::uuid`);
  const { rows } = await sql<Work>`
    select ${columns} where ${sql.join(only, sql` and `)}
    order by ${open}, case when w.state in ('done', 'handed-over') then w.state_on end desc, w.due, w.id
    limit ${wanted.limit} offset ${wanted.offset}`.execute(db);
  return rows;
}

/** How many works of a unit stand in each state. */
export async function countWorks(db: Reader, unitId: number): Promise<{ state: WorkState; count: number }[]> {
  const { rows } = await sql<{ state: WorkState; count: number }>`
    select state, count(*)::integer as count from work where unit_id = ${unitId} group by state`.execute(db);
  return rows;
}

/** One work, held until the commit when `lock`. */
export async function findWork(db: Reader, unitId: number, id: string, lock = false): Promise<Work | null> {
  const { rows } = await sql<Work>`
    select ${columns} where w.unit_id = ${unitId} and w.id = ${id} ${lock ? sql`for update of w` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** What people may change of a work at any time. */
export type WorkContent = Pick<
  Work,
  'title' | 'place' | 'spot' | 'driveId' | 'taskId' | 'responsible' | 'starts' | 'due'
>;
export type NewWork = WorkContent & {
  unitId: number;
  id: string;
  kind: string;
  on: Day;
  actor: string;
  at: Date;
};

/** @returns false when the id is taken */
export async function insertWork(tx: Tx, work: NewWork): Promise<boolean> {
  const { rows } = await sql`
    insert into work (unit_id, id, kind, title, place, spot, drive_id, task_id, responsible, starts, due, state, state_on, created_by,
      created_at, changed_at)
    values (${work.unitId}, ${work.id}, ${work.kind}, ${work.title}, ${work.place}, ${work.spot && JSON.stringify(work.spot)}::jsonb,
      ${work.driveId}::uuid, ${work.taskId}::uuid, ${work.responsible}::uuid, ${work.starts}, ${work.due}, 'planned', ${work.on},
      ${work.actor}, ${work.at}, ${work.at})
    on conflict (unit_id, id) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

type Key = { unitId: number; id: string };

export async function rewriteWork(tx: Tx, { unitId, id }: Key, work: WorkContent, at: Date): Promise<void> {
  await sql`
    update work set title = ${work.title}, place = ${work.place}, spot = ${work.spot && JSON.stringify(work.spot)}::jsonb,
      drive_id = ${work.driveId}::uuid, task_id = ${work.taskId}::uuid, responsible = ${work.responsible}::uuid, starts = ${work.starts},
      due = ${work.due}, changed_at = ${at}, revision = revision + 1
    where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

/** Writes what is planned of each measure; what was done stays. A measure nothing was planned of is there with nothing. */
export async function putPlanned(
  tx: Tx,
  { unitId, id }: Key,
  planned: readonly { measure: string; planned: string | null }[],
): Promise<void> {
  await sql`
    insert into work_quantity (unit_id, work_id, measure, planned)
    select ${unitId}::integer, ${id}::uuid, q.measure, q.planned
    from jsonb_to_recordset(${JSON.stringify(planned)}::jsonb) as q (measure text, planned numeric)
    on conflict (unit_id, work_id, measure) do update set planned = excluded.planned`.execute(tx);
}

/** Adds to what was done of each measure, and keeps the report. Nothing may be zero. */
export async function appendReport(
  tx: Tx,
  { unitId, id }: Key,
  report: { on: Day; note: string; actor: string; at: Date; added: readonly { measure: string; added: string }[] },
): Promise<void> {
  await sql`
    with added as (
      select q.measure, q.added from jsonb_to_recordset(${JSON.stringify(report.added)}::jsonb) as q (measure text, added numeric)
    ), summed as (
      update work_quantity w set done = w.done + a.added from added a
      where w.unit_id = ${unitId} and w.work_id = ${id} and w.measure = a.measure
    ), touched as (
      update work set changed_at = ${report.at}, revision = revision + 1 where unit_id = ${unitId} and id = ${id}
    )
    insert into work_report (unit_id, work_id, seq, measure, on_day, added, note, actor, at)
    select ${unitId}::integer, ${id}::uuid,
      (select coalesce(max(seq), 0) + 1 from work_report where unit_id = ${unitId} and work_id = ${id}),
      a.measure, ${report.on}::date, a.added, ${report.note}::text, ${report.actor}::text, ${report.at}::timestamptz from added a`.execute(
    tx,
  );
}

/** Brings a work into a state and keeps the step. */
export async function putState(
  tx: Tx,
  { unitId, id }: Key,
  step: { state: WorkState; on: Day; reason: string; actor: string; at: Date },
): Promise<void> {
  await sql`
    with moved as (
      update work set state = ${step.state}, state_on = ${step.on}, reason = ${step.reason}, changed_at = ${step.at}, revision = revision + 1
      where unit_id = ${unitId} and id = ${id}
    )
    insert into work_step (unit_id, work_id, seq, state, on_day, reason, actor, at)
    select ${unitId}::integer, ${id}::uuid, coalesce(max(seq), 0) + 1, ${step.state}::text, ${step.on}::date, ${step.reason}::text,
      ${step.actor}::text, ${step.at}::timestamptz
    from work_step where unit_id = ${unitId} and work_id = ${id}`.execute(tx);
}

export type Photo = { id: string; workId: string; phase: PhotoPhase; digest: string; caption: string; addedAt: Date };

/** Photos of works, those of before first. */
export async function listPhotos(db: Reader, unitId: number, workIds: readonly string[]): Promise<Photo[]> {
  const { rows } = await sql<Photo>`
    select id, work_id as "workId", phase, file_digest as digest, caption, added_at as "addedAt" from work_photo
    where unit_id = ${unitId} and work_id = any(${[...workIds]}::uuid[])
    order by array_position('{before,during,after}'::text[], phase), added_at, id`.execute(db);
  return rows;
}
