import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import { lineColumns, lineJoins } from './columns.ts';
import type { Task } from './rows.ts';

const nameOf = (actor: string) =>
  sql`coalesce((select name from person where id = case when ${sql.raw(actor)} ~ '^[0-9a-f-]{36}$' then ${sql.raw(actor)}::uuid end limit 1), '')`;
const placeName = (unit: string, day: Day) =>
  sql`coalesce((select name from unit_version v where v.unit_id = ${sql.raw(unit)} and v.valid_from <= ${day} order by v.valid_from desc limit 1), '')`;

/** What became of the conclusion it was made of. Its words are the meeting's to show: not everybody who reads a task reads those. */
const conclusion = sql`(select case when c.removed_at is not null then 'withdrawn'
    when c.at > t.registered_at and c.text <> t.title and c.text <> t.description then 'changed' else 'stands' end
  from meeting_conclusion c where c.unit_id = t.unit_id and c.meeting_id = t.meeting_id and c.id = t.conclusion_id)`;

/** One task with its whole history, in one statement; held until the commit when `lock`. */
export async function findTask(
  db: Reader,
  { unitId, id }: { unitId: number; id: string },
  day: Day,
  lock: boolean,
): Promise<Task | null> {
  const { rows } = await sql<Task>`
    select ${lineColumns}, t.description, t.origin, t.meeting_id as "meetingId", t.conclusion_id as "conclusionId",
      ${conclusion} as conclusion, t.programme, t.period,
      t.criterion, t.assigner_unit as "assignerUnit", ${placeName('t.assigner_unit', day)} as "assignerUnitName", t.assigner,
      ${nameOf('t.assigner')} as "assignerName", t.responsible_post as "responsiblePost",
      coalesce((select name from person where id = t.directs limit 1), '') as "directsName",
      coalesce((select json_agg(json_build_object('id', o.id, 'name', coalesce(n.name, '')) order by o.nth)
        from unnest(t.co_owners) with ordinality as o (id, nth)
        left join lateral (select name from person where id = o.id limit 1) n on true), '[]') as "coOwners",
      coalesce((select json_agg(json_build_object('id', s.id, 'name', ${placeName('s.id', day)}) order by s.nth)
        from unnest(t.supporting_units) with ordinality as s (id, nth)), '[]') as "supportingUnits",
      t.reason, t.root_cause as "rootCause", t.products, t.parent_unit_id as "parentUnitId", t.parent_id as "parentId",
      coalesce((select json_agg(json_build_object('seq', seq, 'due', due, 'product', product, 'reachedOn', reached_on) order by due, seq)
        from task_milestone where unit_id = t.unit_id and task_id = t.id), '[]') as milestones,
      coalesce((select json_agg(json_build_object('seq', seq, 'day', day, 'by', ${nameOf('actor')}, 'words', words, 'difficulty', difficulty,
        'request', request, 'figures', figures) order by seq desc)
        from task_report where unit_id = t.unit_id and task_id = t.id), '[]') as reports,
      coalesce((select json_agg(json_build_object('id', id, 'report', report, 'kind', kind, 'digest', file_digest, 'url', url, 'title', title)
        order by report, added_at, id) from task_evidence where unit_id = t.unit_id and task_id = t.id), '[]') as evidence,
      coalesce((select json_agg(json_build_object('seq', seq, 'fromDay', from_day, 'until', until, 'reason', reason,
        'askedBy', ${nameOf('asked_by')}, 'granted', granted, 'answer', answer) order by seq)
        from task_extension where unit_id = t.unit_id and task_id = t.id), '[]') as extensions,
      coalesce((select json_agg(json_build_object('side', side, 'outcome', outcome, 'rating', rating, 'reason', reason,
        'finishedOn', finished_on, 'by', ${nameOf('actor')}) order by seq)
        from task_evaluation where unit_id = t.unit_id and task_id = t.id), '[]') as evaluations,
      coalesce((select json_agg(json_build_object('kind', kind, 'reason', reason, 'by', ${nameOf('actor')}, 'at', at) order by seq)
        from task_event where unit_id = t.unit_id and task_id = t.id), '[]') as events
    from task t ${lineJoins}
    where t.unit_id = ${unitId} and t.id = ${id} ${lock ? sql`for update of t` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** A file shown with a report: bytes are only given out along the unit's own rights. */
export async function findTaskFile(
  db: Reader,
  unitId: number,
  digest: string,
): Promise<{ mediaType: string; title: string } | null> {
  const { rows } = await sql<{ mediaType: string; title: string }>`
    select f.media_type as "mediaType", e.title from task_evidence e join file f on f.digest = e.file_digest
    where e.unit_id = ${unitId} and e.file_digest = ${digest} limit 1`.execute(db);
  return rows[0] ?? null;
}
