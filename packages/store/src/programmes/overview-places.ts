import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

export type NamedPlace = { id: number; name: string; kind: string };

/** Units above each of some units on a day, the root first. One statement however many units. */
export async function readTrails(db: Reader, unitIds: readonly number[], day: Day): Promise<Map<number, NamedPlace[]>> {
  const { rows } = await sql<{ start: number; trail: NamedPlace[] }>`
    with recursive above (start, id, height) as (
      select s, p.parent_id, 1 from unnest(${[...unitIds]}::integer[]) s
      join unit_parent p on p.unit_id = s and p.valid_from <= ${day} and p.valid_to > ${day}
      union all
      select a.start, p.parent_id, a.height + 1 from above a
      join unit_parent p on p.unit_id = a.id and p.valid_from <= ${day} and p.valid_to > ${day}
      where a.height < 64
    )
    select a.start, json_agg(json_build_object('id', a.id, 'name', v.name, 'kind', v.kind) order by a.height desc) as trail
    from above a join unit_version v on v.unit_id = a.id and v.valid_from <= ${day} and v.valid_to > ${day}
    group by a.start`.execute(db);
  return new Map(rows.map(({ start, trail }) => [start, trail]));
}

export type KindCount = { kind: string; names: Record<string, string>; count: number };

/** Kinds of the units right below a unit on a day, with their names in each language, the most frequent first. */
export async function readKindsBelow(db: Reader, unitId: number, day: Day): Promise<KindCount[]> {
  const { rows } = await sql<KindCount>`
    select k.key as kind, k.names, count(*) as count from unit_parent p
    join unit_version v on v.unit_id = p.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
    join unit_kind k on k.key = v.kind
    where p.parent_id = ${unitId} and p.valid_from <= ${day} and p.valid_to > ${day}
    group by k.key, k.names order by count(*) desc, k.key`.execute(db);
  return rows;
}

export type ProgrammePeriod = {
  programme: string;
  /** Of the newest version, by language. */
  titles: Record<string, string>;
  period: string;
  expected: number;
  submitted: number;
};

/** Programmes and periods of which a unit, or anything below it, has a sheet; newest period first. */
export async function readProgrammePeriods(db: Reader, unitId: number): Promise<ProgrammePeriod[]> {
  const { rows } = await sql<ProgrammePeriod>`
    with cells as (
      select c.programme_id, c.period, c.item, c.declared from rollup_cell c
      where c.unit_id = ${unitId} and c.item in ('sheet.expected', 'sheet.submitted')
      union all
      select ch.programme_id, ch.period, split_part(line, e'\\t', 1), coalesce(nullif(split_part(line, e'\\t', 2), '')::integer, 0)
      from rollup_change ch cross join string_to_table(ch.cells, e'\\n') as line
      where ${unitId} = any(ch.path) and split_part(line, e'\\t', 1) in ('sheet.expected', 'sheet.submitted')
      union all
      select a.programme_id, a.period, c.item, c.declared from assessment a
      cross join lateral (values ('sheet.expected', 1), ('sheet.submitted', (a.state not in ('open', 'returned'))::integer)) c (item, declared)
      where a.unit_id = ${unitId}
    ), summed as (
      select programme_id, period, coalesce(sum(declared) filter (where item = 'sheet.expected'), 0)::integer as expected,
        coalesce(sum(declared) filter (where item = 'sheet.submitted'), 0)::integer as submitted
      from cells group by 1, 2
    )
    select p.key as programme, t.titles, s.period, s.expected, s.submitted
    from summed s join programme p on p.id = s.programme_id
    cross join lateral (
      select coalesce(jsonb_object_agg(l.key, l.value ->> 'title') filter (where l.value ->> 'title' is not null), '{}') as titles
      from jsonb_each((select k.strings from pack k where k.programme_id = p.id order by k.valid_from desc limit 1)) l
    ) t
    where s.expected > 0 order by p.key, s.period desc`.execute(db);
  return rows;
}

/** The unit over all others on a day: of several roots the one with sheets under it; null in an empty installation. */
export async function readTopUnit(db: Reader, day: Day): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select u.id from unit u
    join unit_version v on v.unit_id = u.id and v.valid_from <= ${day} and v.valid_to > ${day}
    where not exists (select 1 from unit_parent p where p.unit_id = u.id and p.valid_from <= ${day} and p.valid_to > ${day})
    order by exists (select 1 from rollup_cell c where c.unit_id = u.id) desc, u.line desc, u.id limit 1`.execute(db);
  return rows[0]?.id ?? null;
}
