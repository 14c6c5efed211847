import type { HeldPost } from '@dinh/domain/access';
import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import { often } from '../connection/public.ts';

/** The unit id that stands for the installation as a whole. */
const INSTALLATION = 0;

export type RightsRow = { held: HeldPost[]; ancestors: number[]; unitExists: boolean; roots: number[] };

/**
 * Everything the rights check needs, in one statement: the posts a person holds on a day in the unit and the units above it (nearest
 * first); of unit 0, the installation as a whole, the posts in units without a parent, whose administrators look after it (`roots`).
 */
export async function readRights(db: Reader, personId: string, unitId: number, day: Day): Promise<RightsRow> {
  // Two statements rather than one with both conditions: the plan of either can be kept.
  const near =
    unitId === INSTALLATION
      ? sql`not exists (
            select 1 from unit_parent p where p.unit_id = m.unit_id and p.valid_from <= ${day} and p.valid_to > ${day})`
      : sql`(unit_id = ${unitId} or unit_id in (select unit_id from above))`;
  const { rows } = await sql<{ held: HeldPost[]; ancestors: number[]; unit_exists: boolean; roots: number[] }>`${often}
    with recursive above (unit_id, depth) as (
      select parent_id, 1 from unit_parent where unit_id = ${unitId} and valid_from <= ${day} and valid_to > ${day}
      union all
      select p.parent_id, a.depth + 1 from above a
      join unit_parent p on p.unit_id = a.unit_id and p.valid_from <= ${day} and p.valid_to > ${day}
      where a.depth < 64
    ), mine as (
      select unit_id, post from post m
      where person_id = ${personId} and valid_from <= ${day} and valid_to > ${day}
        and ${near}
    )
    select
      coalesce((select json_agg(json_build_object('unitId', unit_id, 'post', post)) from mine), '[]') as held,
      coalesce((select array_agg(unit_id order by depth) from above), '{}') as ancestors,
      exists (select 1 from unit where id = ${unitId}) as unit_exists,
      coalesce((select array_agg(distinct unit_id) from mine where ${unitId === INSTALLATION}), '{}') as roots`.execute(
    db,
  );
  const row = rows[0]!;
  return { held: row.held, ancestors: row.ancestors, unitExists: row.unit_exists, roots: row.roots };
}

/**
 * Of a unit that is no more: the posts a person holds on a day in what it became or above that, and in what it last belonged to or above
 * that. Empty for a unit that stands: only those above it have a say.
 */
export async function readRightsOver(
  db: Reader,
  personId: string,
  endedUnit: number,
  day: Day,
): Promise<Pick<RightsRow, 'held' | 'ancestors'>> {
  const stands = sql`exists (select 1 from unit_version v where v.unit_id = w.unit_id and v.valid_from <= ${day} and v.valid_to > ${day})`;
  const { rows } = await sql<{ held: HeldPost[]; ancestors: number[] }>`
    with recursive over (unit_id) as (
      select w.unit_id from (select ${endedUnit}::integer as unit_id) w where not ${stands}
      union
      select n.unit_id from over w cross join lateral (
        (select p.parent_id as unit_id from unit_parent p where p.unit_id = w.unit_id and p.valid_from <= ${day}
          order by p.valid_to desc limit 1)
        union
        select l.to_unit from unit_lineage l
        where l.from_unit = w.unit_id and l.to_unit is not null and l.effective <= ${day} and not ${stands}
      ) n
    )
    select
      coalesce((select json_agg(json_build_object('unitId', unit_id, 'post', post)) from post
        where person_id = ${personId} and valid_from <= ${day} and valid_to > ${day}
          and unit_id in (select unit_id from over)), '[]') as held,
      coalesce((select array_agg(unit_id) from over where unit_id <> ${endedUnit}), '{}') as ancestors`.execute(db);
  return rows[0]!;
}
