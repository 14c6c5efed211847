import type { Day } from '@dinh/domain/kernel';
import type { TaskOutcome, TaskRating, TaskState } from '@dinh/domain/tasks';
import { sql } from 'kysely';
import type { Tx } from '../connection/public.ts';
import type { TaskEvidence } from './rows.ts';

type Key = { unitId: number; id: string };

export type NewReport = Key & {
  day: Day;
  at: Date;
  actor: string;
  words: string;
  difficulty: string;
  request: string;
  figures: Record<string, string>;
  /** Milestones reached, by number. */
  reached: readonly number[];
};

/** Adds a report: figures move the measures, milestones are reached, the task is in progress. @returns its number */
export async function insertReport(tx: Tx, report: NewReport): Promise<number> {
  const { unitId, id, day } = report;
  const figures = JSON.stringify(report.figures);
  const { rows } = await sql<{ seq: number }>`
    with measured as (
      update task_measure m set reached = case when m.cumulative then coalesce(m.reached, m.baseline, 0) + f.value::numeric else f.value::numeric end
      from jsonb_each_text(${figures}::jsonb) as f (key, value)
      where m.unit_id = ${unitId} and m.task_id = ${id} and m.seq = f.key::integer
    ), passed as (
      update task_milestone set reached_on = ${day}
      where unit_id = ${unitId} and task_id = ${id} and seq = any(${[...report.reached]}::integer[]) and reached_on is null
    ), moved as (
      update task set state = 'in-progress', reported_on = greatest(reported_on, ${day}::date), changed_at = ${report.at},
        next_milestone = (select min(due) from task_milestone
          where unit_id = ${unitId} and task_id = ${id} and reached_on is null and not seq = any(${[...report.reached]}::integer[]))
      where unit_id = ${unitId} and id = ${id}
    )
    insert into task_report (unit_id, task_id, seq, day, at, actor, words, difficulty, request, figures)
    select ${unitId}::integer, ${id}::uuid, coalesce(max(seq), 0) + 1, ${day}::date, ${report.at}::timestamptz, ${report.actor}::text,
      ${report.words}::text, ${report.difficulty}::text, ${report.request}::text, ${figures}::jsonb
    from task_report where unit_id = ${unitId} and task_id = ${id} returning seq`.execute(tx);
  return rows[0]!.seq;
}

export async function insertTaskEvidence(
  tx: Tx,
  { unitId, id }: Key,
  evidence: readonly (TaskEvidence & { addedBy: string; addedAt: Date })[],
): Promise<void> {
  if (evidence.length === 0) return;
  await sql`
    insert into task_evidence (unit_id, id, task_id, report, kind, file_digest, url, title, added_by, added_at)
    select ${unitId}::integer, r.id, ${id}::uuid, r.report, r.kind, r.digest, r.url, r.title, r."addedBy", r."addedAt"
    from jsonb_to_recordset(${JSON.stringify(evidence)}::jsonb)
      as r (id uuid, report integer, kind text, digest text, url text, title text, "addedBy" text, "addedAt" timestamptz)`.execute(
    tx,
  );
}

/** A request for more time. @returns false when one waits already */
export async function insertExtension(
  tx: Tx,
  { unitId, id }: Key,
  asked: { fromDay: Day; until: Day; reason: string; actor: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into task_extension (unit_id, task_id, seq, from_day, until, reason, asked_by, asked_at)
    select ${unitId}::integer, ${id}::uuid, coalesce(max(seq), 0) + 1, ${asked.fromDay}::date, ${asked.until}::date, ${asked.reason}::text,
      ${asked.actor}::text, ${asked.at}::timestamptz
    from task_extension where unit_id = ${unitId} and task_id = ${id}
    having count(*) filter (where granted is null) = 0
    returning seq`.execute(tx);
  return rows.length > 0;
}

/** Decides the request that waits; granted, it moves the deadline. @returns false when none waits */
export async function decideExtension(
  tx: Tx,
  { unitId, id }: Key,
  decided: { granted: boolean; answer: string; actor: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    with found as (
      update task_extension set granted = ${decided.granted}, answer = ${decided.answer}, decided_by = ${decided.actor}, decided_at = ${decided.at}
      where unit_id = ${unitId} and task_id = ${id} and granted is null returning until
    ), moved as (
      update task set deadline = case when ${decided.granted}::boolean then found.until else deadline end, changed_at = ${decided.at}
      from found where unit_id = ${unitId} and id = ${id}
    )
    select until from found`.execute(tx);
  return rows.length > 0;
}

export type NewEvaluation = Key & {
  side: 'self' | 'assigner';
  outcome: TaskOutcome;
  rating: TaskRating | null;
  reason: string;
  finishedOn: Day;
  actor: string;
  at: Date;
};

/** Records what somebody finds came of a task, and what that makes of it: claimed, finished, or still to be done. */
export async function insertEvaluation(tx: Tx, given: NewEvaluation, state: TaskState): Promise<void> {
  const { unitId, id, side, outcome } = given;
  const isFinished = state === 'done' || state === 'done-exceeded';
  const claimedOn = side === 'self' && outcome !== 'not-done' ? given.finishedOn : null;
  await sql`
    with moved as (
      update task set state = ${state}::text, changed_at = ${given.at}, claimed_on = ${claimedOn}::date,
        finished_on = case when ${isFinished}::boolean then ${given.finishedOn}::date end,
        decided_at = case when ${isFinished}::boolean then ${given.at}::timestamptz end
      where unit_id = ${unitId} and id = ${id}
    )
    insert into task_evaluation (unit_id, task_id, seq, side, outcome, rating, reason, finished_on, actor, at)
    select ${unitId}::integer, ${id}::uuid, coalesce(max(seq), 0) + 1, ${side}::text, ${outcome}::text, ${given.rating}::text,
      ${given.reason}::text, ${given.finishedOn}::date, ${given.actor}::text, ${given.at}::timestamptz
    from task_evaluation where unit_id = ${unitId} and task_id = ${id}`.execute(tx);
}
