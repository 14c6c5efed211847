import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

export type SheetEvent = { at: Date; actor: string; kind: string; reason: string | null };

/** What happened to a sheet, oldest first. `actor` is a person's name where there is one. */
export async function readEvents(
  db: Reader,
  unitId: number,
  programmeId: number,
  period: string,
): Promise<SheetEvent[]> {
  const { rows } = await sql<SheetEvent>`
    select e.at, coalesce(n.name, '') as actor, e.kind, e.reason
    from assessment_event e
    left join lateral (select name from person where id = case when e.actor ~ '^[0-9a-f-]{36}$' then e.actor::uuid end limit 1) n on true
    where e.unit_id = ${unitId} and e.programme_id = ${programmeId} and e.period = ${period} order by e.seq`.execute(
    db,
  );
  return rows;
}
