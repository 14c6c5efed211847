import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

/** How a unit's assets of one kind stand, each counted once. */
export type KindState = { kind: string; working: number; broken: number; unchecked: number };

/**
 * Assets a unit had on a period's last day, by kind, as they were known at an instant: a check made later than that does not reach
 * back. `unchecked`: works as far as known, but its day to be checked passed within the period.
 */
export async function readKindStates(db: Reader, unitId: number, lastDay: Day, knownAt: Date): Promise<KindState[]> {
  const { rows } = await sql<KindState>`
    select a.kind,
      count(*) filter (where c.state = 'working' and c.next_check >= ${lastDay})::integer as working,
      count(*) filter (where c.state = 'broken')::integer as broken,
      count(*) filter (where c.state = 'working' and c.next_check < ${lastDay})::integer as unchecked
    from asset a
    join lateral (
      select k.state, k.next_check from asset_check k
      where k.unit_id = a.unit_id and k.asset_id = a.id and k.at <= ${knownAt} order by k.seq desc limit 1
    ) c on true
    where a.unit_id = ${unitId} and a.registered_on <= ${lastDay}
      and (a.retired_on is null or a.retired_on > ${lastDay} or a.retired_at > ${knownAt})
    group by a.kind`.execute(db);
  return rows;
}
