import type { Day } from '@dinh/domain/kernel';
import { foldText, orderText } from '@dinh/domain/kernel';
import type { Forest, Kinds, Line, ParentSpan, Timeline, Version } from '@dinh/domain/units';
import { joined } from '@dinh/domain/units';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** Every kind of unit by key. */
export async function readKinds(db: Reader): Promise<Kinds> {
  const { rows } = await sql<{ key: string; line: Line; rank: number }>`select key, line, rank from unit_kind`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** The units and everything that ever stood above them, over all days; unknown ids are absent. One statement. */
export async function loadForest(db: Reader, unitIds: readonly number[]): Promise<Forest> {
  const { rows } = await sql<{ id: number; line: Line; versions: Version[]; parents: ParentSpan[] }>`
    with recursive reach (id) as (
      select unnest(${unitIds}::integer[])
      union
      select p.parent_id from reach r join unit_parent p on p.unit_id = r.id
    )
    select u.id, u.line,
      coalesce((select json_agg(json_build_object('from', v.valid_from, 'to', v.valid_to, 'kind', v.kind, 'code', v.code, 'name', v.name)
         order by v.valid_from) from unit_version v where v.unit_id = u.id), '[]') as versions,
      coalesce((select json_agg(json_build_object('from', p.valid_from, 'to', p.valid_to, 'parentId', p.parent_id)
         order by p.valid_from) from unit_parent p where p.unit_id = u.id), '[]') as parents
    from reach r join unit u on u.id = r.id`.execute(db);
  return new Map(rows.map((row) => [row.id, { ...row, versions: joined(row.versions), parents: joined(row.parents) }]));
}

/** Ids of the units that stand under one of the parents on `day` or later, in order. */
export async function childrenFrom(db: Reader, parentIds: readonly number[], day: Day): Promise<number[]> {
  const { rows } = await sql<{ unit_id: number }>`
    select distinct unit_id from unit_parent where parent_id = any(${parentIds}::integer[]) and valid_to > ${day} order by unit_id`.execute(
    db,
  );
  return rows.map((row) => row.unit_id);
}

async function insertSpans(tx: Tx, units: readonly Timeline[]): Promise<void> {
  const versions = units.flatMap((unit) => unit.versions.map((version) => ({ id: unit.id, ...version })));
  const parents = units.flatMap((unit) => unit.parents.map((span) => ({ id: unit.id, ...span })));
  await sql`
    insert into unit_version (unit_id, valid_from, valid_to, kind, code, name, search, ordered)
    select * from unnest(
      ${versions.map((v) => v.id)}::integer[], ${versions.map((v) => v.from)}::date[], ${versions.map((v) => v.to)}::date[],
      ${versions.map((v) => v.kind)}::text[], ${versions.map((v) => v.code)}::text[], ${versions.map((v) => v.name)}::text[],
      ${versions.map((v) => foldText(v.name))}::text[], ${versions.map((v) => orderText(foldText(v.name)))}::text[])`.execute(
    tx,
  );
  await sql`
    insert into unit_parent (unit_id, valid_from, valid_to, parent_id)
    select * from unnest(
      ${parents.map((p) => p.id)}::integer[], ${parents.map((p) => p.from)}::date[], ${parents.map((p) => p.to)}::date[],
      ${parents.map((p) => p.parentId)}::integer[])`.execute(tx);
}

/** Writes the units' days anew, as decided under the tree lock. */
export async function saveTimelines(tx: Tx, units: readonly Timeline[]): Promise<void> {
  const ids = units.map((unit) => unit.id);
  await sql`delete from unit_version where unit_id = any(${ids}::integer[])`.execute(tx);
  await sql`delete from unit_parent where unit_id = any(${ids}::integer[])`.execute(tx);
  await insertSpans(tx, units);
}

/** A new id for each line given, in order; the units have no days until `saveTimelines`. */
export async function newUnits(tx: Tx, lines: readonly Line[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    insert into unit (line) select line from unnest(${lines}::text[]) with ordinality as l (line, nth) order by nth returning id`.execute(
    tx,
  );
  return rows.map((row) => row.id).sort((a, b) => a - b);
}

/** A unit of the line, other than `exceptUnit`, that bears the code on a day of [from, to); null when none does. */
export async function findBearer(
  db: Reader,
  line: Line,
  code: string,
  from: Day,
  to: Day,
  exceptUnit: number | null,
): Promise<{ unitId: number; name: string } | null> {
  const { rows } = await sql<{ unitId: number; name: string }>`
    select v.unit_id as "unitId", v.name from unit_version v join unit u on u.id = v.unit_id
    where v.code = ${code} and u.line = ${line} and v.valid_from < ${to} and v.valid_to > ${from}
      and v.unit_id is distinct from ${exceptUnit}::integer
    limit 1`.execute(db);
  return rows[0] ?? null;
}

/** The last period, ending on `day` or later, for which one of the units has an assessment; null when there is none. */
export async function findLaterAssessment(
  db: Reader,
  unitIds: readonly number[],
  day: Day,
): Promise<{ unitId: number; period: string } | null> {
  const { rows } = await sql<{ unitId: number; period: string }>`
    select unit_id as "unitId", period from assessment
    where unit_id = any(${unitIds}::integer[]) and period_end >= ${day}
    order by period_end desc, unit_id limit 1`.execute(db);
  return rows[0] ?? null;
}
