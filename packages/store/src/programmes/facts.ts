import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

export type KnownFacts = {
  members: number;
  /** The unit's latest verified sheet of each programme asked about; programmes without one are absent. */
  results: { programme: string; level: string | null; points: string | null }[];
};

/**
 * What other records say of a unit on a period's last day, in one statement.
 * @param posts posts whose holders count as members; empty when nobody asks
 * @param programmes keys with `_` for `-`, as facts name them
 */
export async function readKnownFacts(
  db: Reader,
  wanted: { unitId: number; day: Day; posts: readonly string[]; programmes: readonly string[] },
): Promise<KnownFacts> {
  const { rows } = await sql<KnownFacts>`
    select
      (select count(distinct person_id)::integer from post
       where unit_id = ${wanted.unitId} and post = any(${[...wanted.posts]}::text[])
         and valid_from <= ${wanted.day} and valid_to > ${wanted.day}) as members,
      coalesce((
        select json_agg(json_build_object('programme', l.name, 'level', l.verified_level, 'points', l.verified_points::text))
        from unnest(${[...wanted.programmes]}::text[]) as name
        cross join lateral (
          select name, a.verified_level, a.verified_points from assessment a join programme p on p.id = a.programme_id
          where a.unit_id = ${wanted.unitId} and replace(p.key, '-', '_') = name and a.state in ('accepted', 'locked')
            and a.period_end <= ${wanted.day}
          order by a.period_end desc limit 1
        ) l
      ), '[]') as results`.execute(db);
  return rows[0]!;
}
