import type { Line } from '@dinh/domain/units';
import { sql } from 'kysely';
import type { Tx } from '../connection/public.ts';

export type KindRow = { key: string; line: Line; rank: number; names: Record<string, string> };

/** Adds or replaces a kind. */
export async function saveKind(tx: Tx, kind: KindRow): Promise<void> {
  await sql`
    insert into unit_kind (key, line, rank, names)
    values (${kind.key}, ${kind.line}, ${kind.rank}, ${JSON.stringify(kind.names)}::jsonb)
    on conflict (key) do update set line = excluded.line, rank = excluded.rank, names = excluded.names`.execute(tx);
}

/** True when, on some day, a unit of the kind stands under or above one of a kind that would then be of no other rank. */
export async function rankWouldBreak(tx: Tx, key: string, rank: number): Promise<boolean> {
  const { rows } = await sql<{ broken: boolean }>`
    select exists (
      select 1 from unit_parent p
      join unit_version c on c.unit_id = p.unit_id and c.valid_from < p.valid_to and c.valid_to > p.valid_from
      join unit_version a on a.unit_id = p.parent_id and a.valid_from < p.valid_to and a.valid_to > p.valid_from
        and a.valid_from < c.valid_to and a.valid_to > c.valid_from
      join unit_kind ck on ck.key = c.kind
      join unit_kind ak on ak.key = a.kind
      where (c.kind = ${key}) <> (a.kind = ${key})
        and case when c.kind = ${key} then ${rank}::integer else ck.rank end <= case when a.kind = ${key} then ${rank}::integer else ak.rank end
    ) as broken`.execute(tx);
  return rows[0]?.broken === true;
}

/** True when a unit is or ever was of the kind. */
export async function kindInUse(tx: Tx, key: string): Promise<boolean> {
  const { rows } = await sql<{
    used: boolean;
  }>`select exists (select 1 from unit_version where kind = ${key}) as used`.execute(tx);
  return rows[0]?.used === true;
}
