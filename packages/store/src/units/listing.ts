import type { Day } from '@dinh/domain/kernel';
import { foldText } from '@dinh/domain/kernel';
import type { Line } from '@dinh/domain/units';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import type { NamedUnit } from './reading.ts';

/** Place in a list ordered by folded name and id; the page begins after it. */
export type Place = { search: string; id: number };
export type ListedUnit = NamedUnit & { code: string | null; search: string };

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
      select p.unit_id as id, v.name, v.kind, v.code, v.search from unit_parent p
      join unit_version v on v.unit_id = p.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
      where p.parent_id = ${parentId} and p.valid_from <= ${day} and p.valid_to > ${day}
        ${kind === undefined ? none : sql`and v.kind = ${kind}`}
        ${after === undefined ? none : sql`and (v.search, p.unit_id) > (${after.search}, ${after.id})`}
      order by v.search, p.unit_id limit ${limit}
    ) c order by c.search, c.id`.execute(db);
  return rows;
}

/** Units with nothing above them on a day, by line and name. They are few: one per line and installation. */
export async function listRoots(db: Reader, day: Day): Promise<(NamedUnit & { code: string | null; line: Line })[]> {
  const { rows } = await sql<NamedUnit & { code: string | null; line: Line }>`
    select u.id, v.name, v.kind, v.code, u.line from unit u
    join unit_version v on v.unit_id = u.id and v.valid_from <= ${day} and v.valid_to > ${day}
    where not exists (select 1 from unit_parent p where p.unit_id = u.id and p.valid_from <= ${day} and p.valid_to > ${day})
    order by u.line desc, v.search, u.id limit 200`.execute(db);
  return rows;
}

export type Found = NamedUnit & { code: string | null; rank: 0 | 1 | 2; search: string; path: NamedUnit[] };
export type FoundPlace = Place & { rank: number };

/** Up to this many units a subtree is listed first and matches picked from it; a larger one is asked of each match by climbing. */
const SMALL_SUBTREE = 20_000;

function queryWords(words: string): string {
  return foldText(words)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 12)
    .map((word) => `'${word}':*`)
    .join(' & ');
}

async function subtree(db: Reader, rootId: number, day: Day): Promise<number[] | null> {
  const { rows } = await sql<{ ids: number[] }>`
    with recursive below (id) as (
      select ${rootId}::integer
      union all
      select p.unit_id from below b join unit_parent p on p.parent_id = b.id and p.valid_from <= ${day} and p.valid_to > ${day}
    )
    select array_agg(id) as ids from (select id from below limit ${SMALL_SUBTREE + 1}) b`.execute(db);
  const ids = rows[0]?.ids ?? [];
  return ids.length > SMALL_SUBTREE ? null : ids;
}

/**
 * Units whose name on a day has words that begin with the words given, whatever the accents; exact names first, then names that begin
 * like this, then the rest, each by name. Also finds an exact code. Each comes with the units above it, the root first.
 */
export async function searchUnits(
  db: Reader,
  words: string,
  day: Day,
  options: {
    within?: number | undefined;
    kind?: string | undefined;
    line?: Line | undefined;
    after?: FoundPlace | undefined;
    limit: number;
  },
): Promise<Found[]> {
  const folded = foldText(words);
  if (folded === '') return [];
  const { within, kind, line, after, limit } = options;
  const small = within === undefined ? null : await subtree(db, within, day);
  const place =
    within === undefined
      ? none
      : small
        ? sql`and v.unit_id = any(${small}::integer[])`
        : sql`and exists (
            with recursive up (id) as (
              select v.unit_id union all
              select p.parent_id from up join unit_parent p on p.unit_id = up.id and p.valid_from <= ${day} and p.valid_to > ${day}
            ) select 1 from up where id = ${within})`;
  const filter = sql`
    v.valid_from <= ${day} and v.valid_to > ${day}
    ${kind === undefined ? none : sql`and v.kind = ${kind}`}
    ${line === undefined ? none : sql`and v.kind in (select key from unit_kind where unit_kind.line = ${line})`} ${place}`;
  const page = (rank: number) => sql`
    ${after === undefined ? none : sql`and (${rank}::integer, v.search, v.unit_id) > (${after.rank}, ${after.search}, ${after.id})`}
    order by v.search, v.unit_id limit ${limit}`;
  // Three ranks, each walked in the order of names by an index and stopped at the page's length.
  const { rows } = await sql<Found>`
    with exact as (
      select v.*, 0 as rank from unit_version v where (v.search = ${folded} or v.code = ${words.trim()}) and ${filter} ${page(0)}
    ), beginning as (
      select v.*, 1 as rank from unit_version v
      where v.search > ${folded} and v.search < ${`${folded}\u{10ffff}`} and v.code is distinct from ${words.trim()} and ${filter} ${page(1)}
    ), containing as (
      select v.*, 2 as rank from unit_version v
      where to_tsvector('simple', v.search) @@ to_tsquery('simple', ${queryWords(words)})
        and not (v.search >= ${folded} and v.search < ${`${folded}\u{10ffff}`}) and v.code is distinct from ${words.trim()}
        and ${filter} ${page(2)}
    ), hit as (
      select * from (select * from exact union all select * from beginning union all select * from containing) h
      order by rank, search, unit_id limit ${limit}
    )
    select h.unit_id as id, h.name, h.kind, h.code, h.rank, h.search, coalesce((
      with recursive up (id, height) as (
        select p.parent_id, 1 from unit_parent p where p.unit_id = h.unit_id and p.valid_from <= ${day} and p.valid_to > ${day}
        union all
        select p.parent_id, up.height + 1 from up
        join unit_parent p on p.unit_id = up.id and p.valid_from <= ${day} and p.valid_to > ${day} where up.height < 64
      )
      select json_agg(json_build_object('id', up.id, 'name', n.name, 'kind', n.kind) order by up.height desc)
      from up join unit_version n on n.unit_id = up.id and n.valid_from <= ${day} and n.valid_to > ${day}
    ), '[]') as path
    from hit h order by h.rank, h.search, h.unit_id`.execute(db);
  return rows;
}
