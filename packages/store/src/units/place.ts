import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

/** What a unit is on a day; null when it does not exist then. */
export async function readUnitPlace(
  db: Reader,
  unitId: number,
  day: Day,
): Promise<{ kind: string; name: string; line: string; code: string | null } | null> {
  const { rows } = await sql<{ kind: string; name: string; line: string; code: string | null }>`
    select v.kind, v.name, u.line, v.code from unit u
    join unit_version v on v.unit_id = u.id and v.valid_from <= ${day} and v.valid_to > ${day}
    where u.id = ${unitId}`.execute(db);
  return rows[0] ?? null;
}

/** Units right below a unit on a day, by name; only what a table of figures needs. Of one kind when `kind` is given. */
export async function readChildrenBriefly(
  db: Reader,
  unitId: number,
  day: Day,
  limit: number,
  kind?: string,
  offset = 0,
): Promise<{ id: number; name: string; kind: string }[]> {
  const { rows } = await sql<{ id: number; name: string; kind: string }>`
    select p.unit_id as id, v.name, v.kind from unit_parent p
    join unit_version v on v.unit_id = p.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
    where p.parent_id = ${unitId} and p.valid_from <= ${day} and p.valid_to > ${day}
      ${kind === undefined ? sql`` : sql`and v.kind = ${kind}`}
    order by v.ordered, p.unit_id limit ${limit} offset ${offset}`.execute(db);
  return rows;
}
