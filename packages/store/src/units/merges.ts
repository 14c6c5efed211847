import type { Day } from '@dinh/domain/kernel';
import type { Timeline } from '@dinh/domain/units';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** A merger as it was entered. Timelines are of the sources and of what stood below them. */
export type Merger = {
  unitId: number;
  id: string;
  madeAt: Date;
  effective: Day;
  founded: boolean;
  sources: number[];
  before: Timeline[];
  after: Timeline[];
};

const linksOf = (units: readonly number[]) => sql`(
  select coalesce(jsonb_agg(to_jsonb(l)), '[]') from unit_link l
  where l.unit_id = any(${[...units]}::integer[]) or l.other_id = any(${[...units]}::integer[]))`;

/** Keeps a merger, with the links of its sources as they are now: call it before they end. */
export async function keepMerger(tx: Tx, merger: Merger): Promise<void> {
  const { unitId, id, madeAt, effective, founded, sources, before, after } = merger;
  await sql`
    insert into unit_merge (unit_id, id, made_at, effective, founded, sources, before, after, links)
    values (${unitId}, ${id}, ${madeAt}, ${effective}, ${founded}, ${sources}::integer[], ${JSON.stringify(before)}::jsonb,
      ${JSON.stringify(after)}::jsonb, ${linksOf(sources)})`.execute(tx);
}

/** The last merger into a unit; null when there was none, or it was taken back. */
export async function readMerger(db: Reader, unitId: number): Promise<Merger | null> {
  const { rows } = await sql<Merger>`
    select unit_id as "unitId", id, made_at as "madeAt", effective, founded, sources, before, after
    from unit_merge where unit_id = ${unitId} order by made_at desc, id desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** True when something was done in the unit: a command, a sheet, a person, a unit below other than these. */
export async function unitInUse(db: Reader, unitId: number, besides: readonly number[]): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select 1 from journal where unit_id = ${unitId})
      or exists (select 1 from assessment where unit_id = ${unitId})
      or exists (select 1 from person where unit_id = ${unitId})
      or exists (select 1 from unit_link where unit_id = ${unitId} or other_id = ${unitId})
      or exists (select 1 from unit_parent where parent_id = ${unitId} and unit_id <> all(${[...besides]}::integer[])) as used`.execute(
    db,
  );
  return rows[0]!.used;
}

/** Puts back the links of a merger's sources, and takes away what was noted of it. */
export async function forgetMerger(tx: Tx, { unitId, id, sources, effective }: Merger): Promise<void> {
  const theirs = sql`(unit_id = any(${sources}::integer[]) or other_id = any(${sources}::integer[]))`;
  await sql`delete from unit_link where ${theirs}`.execute(tx);
  await sql`
    insert into unit_link select l.* from unit_merge m, jsonb_populate_recordset(null::unit_link, m.links) l
    where m.unit_id = ${unitId} and m.id = ${id}`.execute(tx);
  await sql`
    delete from unit_lineage where kind = 'merge' and from_unit = any(${sources}::integer[]) and to_unit = ${unitId}
      and effective = ${effective}`.execute(tx);
  await sql`delete from unit_merge where unit_id = ${unitId} and id = ${id}`.execute(tx);
}
