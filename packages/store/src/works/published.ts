import type { Day } from '@dinh/domain/kernel';
import type { CostSource, Named, PhotoPhase, WorkState } from '@dinh/domain/works';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

/** A work as everyone may see it: nobody's name is in it. */
export type PublishedWork = {
  id: string;
  title: string;
  kind: { key: string; names: Named };
  state: WorkState;
  stateOn: Day;
  /** Why it stopped. */
  reason: string;
  place: string;
  starts: Day;
  due: Day;
  driveId: string | null;
  /** Exact decimals, in the kind's own order. */
  quantities: { key: string; names: Named; units: Named; planned: string | null; done: string }[];
  /** Before and after. */
  photos: { phase: PhotoPhase; digest: string; caption: string }[];
  /** By source and currency; amounts in its smallest unit. */
  sources: { source: CostSource; currency: string; amount: string }[];
  /** ISO 8601. */
  changedAt: string;
};

/** Published works of a unit as a JSON array, those under way first: part of a larger statement. */
export const publishedWorksJson = (unitId: number, most: number): RawBuilder<PublishedWork[]> => sql<PublishedWork[]>`
  coalesce((
    select json_agg(json_build_object(
      'id', w.id, 'title', w.title, 'kind', json_build_object('key', k.key, 'names', k.names), 'state', w.state, 'stateOn', w.state_on,
      'reason', w.reason, 'place', w.place, 'starts', w.starts, 'due', w.due, 'driveId', w.drive_id, 'changedAt', w.changed_at,
      'quantities', coalesce((
        select json_agg(json_build_object('key', q.measure, 'names', m.item -> 'names', 'units', m.item -> 'units',
          'planned', trim_scale(q.planned)::text, 'done', trim_scale(q.done)::text) order by m.place)
        from jsonb_array_elements(k.measures) with ordinality m (item, place)
        join work_quantity q on q.unit_id = w.unit_id and q.work_id = w.id and q.measure = m.item ->> 'key'), '[]'),
      'photos', coalesce((
        select json_agg(json_build_object('phase', h.phase, 'digest', h.file_digest, 'caption', h.caption)
          order by h.phase = 'after', h.added_at, h.id)
        from work_photo h where h.unit_id = w.unit_id and h.work_id = w.id and h.phase in ('before', 'after')), '[]'),
      'sources', coalesce((
        select json_agg(json_build_object('source', c.source, 'currency', c.currency, 'amount', c.amount::text)
          order by c.currency, array_position('{people,budget,sponsor,loan,other}'::text[], c.source))
        from (select source, currency, sum(amount) as amount from work_cost c
          where c.unit_id = w.unit_id and c.work_id = w.id and c.withdrawn_at is null group by 1, 2) c), '[]'))
      order by w.nth)
    from (
      select w.*, row_number() over (order by array_position('{under-way,planned,stopped,done,handed-over}'::text[], w.state),
        case when w.state in ('done', 'handed-over') then w.state_on end desc, w.due, w.id) as nth
      from work w where w.unit_id = ${unitId} order by nth limit ${most}
    ) w join work_kind k on k.key = w.kind
  ), '[]')`;

/** What a unit's public page shows of its works, in one statement. */
export async function readPublishedWorks(db: Reader, unitId: number, most: number): Promise<PublishedWork[]> {
  const { rows } = await sql<{ works: PublishedWork[] }>`select ${publishedWorksJson(unitId, most)} as works`.execute(
    db,
  );
  return rows[0]?.works ?? [];
}
