import type { WorkKind } from '@dinh/domain/works';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** Every kind of work with what is counted of it, in the order they were added. */
export async function readWorkKinds(db: Reader): Promise<WorkKind[]> {
  const { rows } = await sql<WorkKind>`
    select key, names, measures, retired from work_kind order by place, key limit 500`.execute(db);
  return rows;
}

/** Adds a kind, or changes one. */
export async function saveWorkKind(tx: Tx, kind: WorkKind): Promise<void> {
  await sql`
    insert into work_kind (key, place, names, measures, retired)
    select ${kind.key}::text, coalesce(max(place), 0) + 1, ${JSON.stringify(kind.names)}::jsonb, ${JSON.stringify(kind.measures)}::jsonb,
      ${kind.retired}::boolean
    from work_kind
    on conflict (key) do update set names = excluded.names, measures = excluded.measures, retired = excluded.retired`.execute(
    tx,
  );
}
