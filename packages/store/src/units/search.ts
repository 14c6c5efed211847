import type { Day } from '@dinh/domain/kernel';
import { foldText } from '@dinh/domain/kernel';
import type { Line } from '@dinh/domain/units';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import type { NamedUnit } from './reading.ts';

/** 0: that very name or code; 1: a name that begins so; 2: words that begin so. */
type Rank = 0 | 1 | 2;
export type Found = NamedUnit & { code: string | null; rank: Rank; search: string; path: NamedUnit[] };
export type FoundPlace = { search: string; id: number; rank: number };
export type SearchOptions = {
  /** Only below this unit (and itself). */
  within?: number | undefined;
  kind?: string | undefined;
  line?: Line | undefined;
  after?: FoundPlace | undefined;
  limit: number;
};

/** Up to this many units a subtree is listed and its names looked through; a larger one is asked of each match by climbing. */
const SMALL_SUBTREE = 20_000;
/** Words with more matches than this are so common that walking the names in order soon fills a page. */
const COMMON = 3000;
const none = sql``;

async function subtree(db: Reader, rootId: number, day: Day): Promise<number[] | null> {
  const { rows } = await sql<{ ids: number[] | null }>`
    with recursive below (id) as (
      select ${rootId}::integer
      union all
      select p.unit_id from below b join unit_parent p on p.parent_id = b.id and p.valid_from <= ${day} and p.valid_to > ${day}
    )
    select array_agg(id) as ids from (select id from below limit ${SMALL_SUBTREE + 1}) b`.execute(db);
  const ids = rows[0]?.ids ?? [];
  return ids.length > SMALL_SUBTREE ? null : ids;
}

async function isCommon(db: Reader, query: string, day: Day): Promise<boolean> {
  const { rows } = await sql<{ found: number }>`
    select count(*)::integer as found from unit_matches(to_tsquery('simple', ${query}), ${day}, ${COMMON + 1})`.execute(
    db,
  );
  return (rows[0]?.found ?? 0) > COMMON;
}

/** The hits as an answer: with the units above each, the root first. */
async function withPaths(db: Reader, hits: RawBuilder<unknown>, day: Day): Promise<Found[]> {
  const { rows } = await sql<Found>`
    with hit as materialized (${hits})
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

/**
 * Units whose name on a day has words that begin with the words given, whatever the accents; exact names first, then names that begin
 * like this, then the rest, each by name. Also finds an exact code.
 */
export async function searchUnits(db: Reader, words: string, day: Day, options: SearchOptions): Promise<Found[]> {
  const folded = foldText(words);
  if (folded === '') return [];
  const { within, kind, line, after, limit } = options;
  const code = words.trim();
  const each = [...new Set(folded.split(' '))].slice(0, 12);
  // Folded text is words of letters and figures with single spaces, so these patterns hold no wildcard of the reader's.
  const hasWords = sql.join(
    each.map((word) => sql`(' ' || v.search) like ${`% ${word}%`}`),
    sql` and `,
  );
  const begins = sql`(v.search >= ${folded} and v.search < ${`${folded}\u{10ffff}`})`;
  const filter = sql`
    v.valid_from <= ${day} and v.valid_to > ${day}
    ${kind === undefined ? none : sql`and v.kind = ${kind}`}
    ${line === undefined ? none : sql`and v.kind in (select key from unit_kind where unit_kind.line = ${line})`}`;
  const order = sql`order by rank, search, unit_id limit ${limit}`;
  const onPage = (rank: RawBuilder<unknown>) =>
    after === undefined
      ? none
      : sql`and (${rank}, v.search, v.unit_id) > (${after.rank}, ${after.search}, ${after.id})`;

  const small = within === undefined ? null : await subtree(db, within, day);
  if (small) {
    const rank = sql`case when v.search = ${folded} or v.code = ${code} then 0 when ${begins} then 1 else 2 end`;
    return withPaths(
      db,
      sql`select v.*, ${rank} as rank from unit_version v
          where v.unit_id = any(${small}::integer[]) and ((${hasWords}) or v.code = ${code}) and ${filter} ${onPage(rank)} ${order}`,
      day,
    );
  }
  const place =
    within === undefined
      ? none
      : sql`and exists (
          with recursive up (id) as (
            select v.unit_id union all
            select p.parent_id from up join unit_parent p on p.unit_id = up.id and p.valid_from <= ${day} and p.valid_to > ${day}
          ) select 1 from up where id = ${within})`;
  const rest = (rank: Rank) =>
    sql`and ${filter} ${place} ${onPage(sql.lit(rank))} order by v.search, v.unit_id limit ${limit}`;
  const query = each.map((word) => `'${word}':*`).join(' & ');
  const containing = (await isCommon(db, query, day))
    ? sql`unit_version v where ${hasWords}`
    : sql`unit_matches(to_tsquery('simple', ${query}), ${day}, ${COMMON + 1}) v where true`;
  return withPaths(
    db,
    sql`select * from (
      (select v.*, 0 as rank from unit_version v where (v.search = ${folded} or v.code = ${code}) ${rest(0)})
      union all
      (select v.*, 1 as rank from unit_version v where ${begins} and v.search <> ${folded} and v.code is distinct from ${code} ${rest(1)})
      union all
      (select v.*, 2 as rank from ${containing} and not ${begins} and v.code is distinct from ${code} ${rest(2)})
    ) h ${order}`,
    day,
  );
}
