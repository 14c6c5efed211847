import type { Day } from '@dinh/domain/kernel';
import type { PublicLanguage } from '@dinh/domain/publications';
import { sql } from 'kysely';

/** Units right below one that have public pages. */
export type PublicBelow = {
  /** How many there are in all; the list ends earlier where they are many. */
  total: number;
  units: {
    name: string;
    code: string;
    /** By what the level above verified last, as far as the programme shows it to everyone. */
    programmes: { key: string; title: string; level: string | null; met: number; of: number }[];
  }[];
  changedOn: Day | null;
};

/**
 * Units below `unitId` with pages of their own, in the order of their names, as JSON within another statement. A pack is unfolded once for all
 * of them.
 */
export const publicBelowJson = (wanted: { unitId: number; language: PublicLanguage; day: Day; most: number }) => {
  const { unitId, language, day, most } = wanted;
  const words = (key: ReturnType<typeof sql>) => sql`
    coalesce(k.strings -> ${language}::text ->> (${key}), k.strings -> 'vi' ->> (${key}), k.strings -> 'en' ->> (${key}))`;
  return sql`(
    with child as materialized (
      select t.unit_id, v.name, v.ordered, q.code, q.created_on, count(*) over () as total
      from unit_parent t
      join public_place q on q.unit_id = t.unit_id and q.kind = 'unit' and q.retired_on is null
      join unit_version v on v.unit_id = t.unit_id and v.valid_from <= ${day}::date and v.valid_to > ${day}::date
      where t.parent_id = ${unitId} and t.valid_from <= ${day}::date and t.valid_to > ${day}::date
      order by v.ordered, t.unit_id limit ${most}
    ), found as materialized (
      select c.unit_id, a.programme_id, a.period, a.pack_version, a.verified_level, a.state, a.decided_at
      from child c
      join adoption d on d.unit_id = c.unit_id and d.valid_from <= ${day}::date and d.valid_to > ${day}::date
      cross join lateral (
        select * from assessment a where a.unit_id = d.unit_id and a.programme_id = d.programme_id and a.state in ('accepted', 'locked')
        order by a.period_end desc limit 1
      ) a
    ), shown as materialized (
      select k.programme_id, k.version, k.strings, k.content -> 'criteria' as criteria, k.content -> 'publication' -> 'shows' ? 'level' as has_level,
        k.content -> 'publication' ->> 'from' = 'locked' as only_locked
      from pack k where k.content -> 'publication' -> 'shows' ?| array['level', 'criteria']
        and exists (select from found f where f.programme_id = k.programme_id and f.pack_version = k.version)
    ), counted as materialized (
      select k.programme_id, k.version, r.id from shown k
      cross join lateral jsonb_array_elements(k.criteria) e (item)
      join criterion r on r.programme_id = k.programme_id and r.key = e.item ->> 'id'
      where coalesce(e.item ->> 'dataClass', 'public') not in ('personal', 'sensitive')
    ), sheet as (
      select f.unit_id, o.key, f.decided_at, coalesce(${words(sql`'title'`)}, o.key) as title,
        case when k.has_level then ${words(sql`'levels.' || f.verified_level || '.title'`)} end as level, n.met, n.of
      from found f
      join shown k on k.programme_id = f.programme_id and k.version = f.pack_version and (not k.only_locked or f.state = 'locked')
      join programme o on o.id = f.programme_id
      cross join lateral (
        select count(*) filter (where v.verified_met) as met, count(*) as of
        from counted c join assessment_value v on v.unit_id = f.unit_id and v.programme_id = f.programme_id and v.period = f.period
          and v.criterion_id = c.id
        where c.programme_id = f.programme_id and c.version = f.pack_version and v.verified_met is not null
      ) n
    )
    select json_build_object('total', coalesce(max(c.total), 0),
      'changedOn', greatest(max(c.created_on), (select max(decided_at)::date from sheet)),
      'units', coalesce(json_agg(json_build_object('name', c.name, 'code', c.code, 'programmes', coalesce((
        select json_agg(json_build_object('key', s.key, 'title', s.title, 'level', s.level, 'met', s.met, 'of', s.of) order by s.key)
        from sheet s where s.unit_id = c.unit_id), '[]')) order by c.ordered, c.unit_id), '[]'))
    from child c)`;
};
