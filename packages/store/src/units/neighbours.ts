import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import type { NamedUnit } from './reading.ts';

/**
 * Units that a unit works with, on a day: those linked to it, those right below it, those beside it under the same unit, and that unit.
 * Linked ones come first, then by name; `limit` at most.
 */
export async function listNeighbours(db: Reader, unitId: number, day: Day, limit: number): Promise<NamedUnit[]> {
  const holds = (alias: string) =>
    sql`${sql.ref(`${alias}.valid_from`)} <= ${day} and ${sql.ref(`${alias}.valid_to`)} > ${day}`;
  const { rows } = await sql<NamedUnit>`
    with mine as (select parent_id from unit_parent p where p.unit_id = ${unitId} and ${holds('p')}),
    near (id, place) as (
      select other_id, 1 from unit_link l where l.unit_id = ${unitId} and ${holds('l')}
      union all select unit_id, 1 from unit_link l where l.other_id = ${unitId} and ${holds('l')}
      union all select unit_id, 2 from unit_parent p where p.parent_id = ${unitId} and ${holds('p')}
      union all select parent_id, 3 from mine
      union all select p.unit_id, 3 from unit_parent p join mine on p.parent_id = mine.parent_id and ${holds('p')}
    ), ranked as (select id, min(place) as place from near where id <> ${unitId} group by id)
    select r.id, v.name, v.kind from ranked r
    join unit_version v on v.unit_id = r.id and ${holds('v')}
    order by r.place, v.ordered, r.id limit ${limit}`.execute(db);
  return rows;
}

/** Those of the units that are there on a day. */
export async function unitsThere(db: Reader, unitIds: readonly number[], day: Day): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select unit_id as id from unit_version
    where unit_id = any(${[...unitIds]}::integer[]) and valid_from <= ${day} and valid_to > ${day}`.execute(db);
  return rows.map(({ id }) => id);
}
