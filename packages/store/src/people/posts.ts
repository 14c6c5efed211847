import type { HeldPost } from '@dinh/domain/access';
import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import { often } from '../connection/public.ts';

export type RightsRow = { held: HeldPost[]; ancestors: number[]; unitExists: boolean; roots: number[] };

/**
 * Everything the rights check needs, in one statement: the posts a person holds on a day, the units above the target on that day
 * (nearest first), and which of the post units are roots (their administrators look after the whole installation).
 */
export async function readRights(db: Reader, personId: string, unitId: number, day: Day): Promise<RightsRow> {
  const { rows } = await sql<{ held: HeldPost[]; ancestors: number[]; unit_exists: boolean; roots: number[] }>`${often}
    with recursive above (unit_id, depth) as (
      select parent_id, 1 from unit_parent where unit_id = ${unitId} and valid_from <= ${day} and valid_to > ${day}
      union all
      select p.parent_id, a.depth + 1 from above a
      join unit_parent p on p.unit_id = a.unit_id and p.valid_from <= ${day} and p.valid_to > ${day}
      where a.depth < 64
    ), mine as (
      select unit_id, post from post where person_id = ${personId} and valid_from <= ${day} and valid_to > ${day}
    )
    select
      coalesce((select json_agg(json_build_object('unitId', unit_id, 'post', post)) from mine), '[]') as held,
      coalesce((select array_agg(unit_id order by depth) from above), '{}') as ancestors,
      exists (select 1 from unit where id = ${unitId}) as unit_exists,
      coalesce((
        select array_agg(distinct m.unit_id) from mine m where not exists (
          select 1 from unit_parent p where p.unit_id = m.unit_id and p.valid_from <= ${day} and p.valid_to > ${day})
      ), '{}') as roots`.execute(db);
  const row = rows[0]!;
  return { held: row.held, ancestors: row.ancestors, unitExists: row.unit_exists, roots: row.roots };
}
