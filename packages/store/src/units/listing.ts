import type { Day } from '@dinh/domain/kernel';
import type { Line } from '@dinh/domain/units';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import type { NamedUnit } from './reading.ts';

/** Place in a list ordered by name (figures by their value) and id; the page begins after it. */
export type Place = { ordered: string; id: number };
export type ListedUnit = NamedUnit & { code: string | null; ordered: string };

const none = sql``;

/** Units right below a unit on a day, by name; `limit` at most, after `after`. */
export async function listChildren(
  db: Reader,
  parentId: number,
  day: Day,
  { kind, after, limit }: { kind?: string | undefined; after?: Place | undefined; limit: number },
): Promise<(ListedUnit & { hasChildren: boolean })[]> {
  const { rows } = await sql<ListedUnit & { hasChildren: boolean }>`
    select c.*, exists (
      select 1 from unit_parent b where b.parent_id = c.id and b.valid_from <= ${day} and b.valid_to > ${day}
    ) as "hasChildren"
    from (
      select p.unit_id as id, v.name, v.kind, v.code, v.ordered from unit_parent p
      join unit_version v on v.unit_id = p.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
      where p.parent_id = ${parentId} and p.valid_from <= ${day} and p.valid_to > ${day}
        ${kind === undefined ? none : sql`and v.kind = ${kind}`}
        ${after === undefined ? none : sql`and (v.ordered, p.unit_id) > (${after.ordered}, ${after.id})`}
      order by v.ordered, p.unit_id limit ${limit}
    ) c order by c.ordered, c.id`.execute(db);
  return rows;
}

/** Units with nothing above them on a day, by line and name. They are few: one per line and installation. */
export async function listRoots(db: Reader, day: Day): Promise<(NamedUnit & { code: string | null; line: Line })[]> {
  const { rows } = await sql<NamedUnit & { code: string | null; line: Line }>`
    select u.id, v.name, v.kind, v.code, u.line from unit u
    join unit_version v on v.unit_id = u.id and v.valid_from <= ${day} and v.valid_to > ${day}
    where not exists (select 1 from unit_parent p where p.unit_id = u.id and p.valid_from <= ${day} and p.valid_to > ${day})
    order by u.line desc, v.ordered, u.id limit 200`.execute(db);
  return rows;
}
