import { type Day, ordinaryCalendar, type WorkCalendar } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type FreeDay = { day: Day; name: string };

const MOST_STEPS = 20;

/**
 * By which calendar each of these units works: its own, that of the nearest unit above on `day` that keeps one, else the ordinary one.
 * Only free days after `day` are read, for deadlines that begin there. One statement, however many units.
 */
export async function readCalendars(
  db: Reader,
  unitIds: readonly number[],
  day: Day,
): Promise<ReadonlyMap<number, WorkCalendar>> {
  const { rows } = await sql<WorkCalendar & { units: number[] }>`
    with recursive way (asked, unit_id, step) as (
      select u, u, 0 from unnest(${[...unitIds]}::integer[]) u
      union all
      select w.asked, p.parent_id, w.step + 1 from way w
      join unit_parent p on p.unit_id = w.unit_id and p.valid_from <= ${day} and p.valid_to > ${day}
      where w.step < ${MOST_STEPS} and not exists (select from work_calendar c where c.unit_id = w.unit_id)
    ), followed as (
      select c.unit_id, c.weekend, array_agg(w.asked) as units from way w
      join work_calendar c on c.unit_id = w.unit_id group by c.unit_id
    )
    select weekend, units,
      array(select f.day::text from free_day f where f.unit_id = followed.unit_id and f.day > ${day}) as holidays
    from followed`.execute(db);
  const found = new Map<number, WorkCalendar>(unitIds.map((unit) => [unit, ordinaryCalendar]));
  for (const { units, weekend, holidays } of rows) for (const unit of units) found.set(unit, { weekend, holidays });
  return found;
}

/** By which calendar one unit works; see `readCalendars`. */
export async function readCalendar(db: Reader, unitId: number, day: Day): Promise<WorkCalendar> {
  return (await readCalendars(db, [unitId], day)).get(unitId) ?? ordinaryCalendar;
}

/** The unit itself and those above it on a day that keep a calendar, the nearest first. */
export async function readCalendarKeepers(
  db: Reader,
  unitId: number,
  day: Day,
): Promise<{ id: number; name: string; weekend: number[] }[]> {
  const { rows } = await sql<{ id: number; name: string; weekend: number[] }>`
    with recursive way (unit_id, step) as (
      select ${unitId}::integer, 0
      union all
      select p.parent_id, w.step + 1 from way w
      join unit_parent p on p.unit_id = w.unit_id and p.valid_from <= ${day} and p.valid_to > ${day}
      where w.step < ${MOST_STEPS}
    )
    select c.unit_id as id, v.name, c.weekend from way w join work_calendar c on c.unit_id = w.unit_id
    join unit_version v on v.unit_id = w.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
    order by w.step`.execute(db);
  return rows;
}

/** Free days that a unit keeps itself, in their order. */
export async function readFreeDays(db: Reader, unitId: number): Promise<FreeDay[]> {
  const { rows } = await sql<FreeDay>`
    select day::text as day, name from free_day where unit_id = ${unitId} order by free_day.day`.execute(db);
  return rows;
}

/** Keeps a calendar for a unit, or changes the days of the week of the one it keeps. */
export async function saveCalendar(tx: Tx, unitId: number, weekend: readonly number[]): Promise<void> {
  await sql`
    insert into work_calendar (unit_id, weekend) values (${unitId}, ${[...weekend]}::integer[])
    on conflict (unit_id) do update set weekend = excluded.weekend`.execute(tx);
}

/** Takes away the calendar a unit keeps. @returns false when it keeps none */
export async function deleteCalendar(tx: Tx, unitId: number): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from work_calendar where unit_id = ${unitId}`.execute(tx);
  return numAffectedRows === 1n;
}

export async function keepsCalendar(db: Reader, unitId: number): Promise<boolean> {
  const { rows } = await sql`select from work_calendar where unit_id = ${unitId}`.execute(db);
  return rows.length > 0;
}

/** Adds free days to the calendar a unit keeps; the days must not be there yet. */
export async function insertFreeDays(tx: Tx, unitId: number, days: readonly FreeDay[]): Promise<void> {
  await sql`
    insert into free_day (unit_id, day, name)
    select ${unitId}, d, n from unnest(${days.map(({ day }) => day)}::date[], ${days.map(({ name }) => name)}::text[]) g (d, n)`.execute(
    tx,
  );
}

/** Takes free days away, from a day to a day. @returns how many there were */
export async function deleteFreeDays(tx: Tx, unitId: number, from: Day, to: Day): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from free_day where unit_id = ${unitId} and day between ${from} and ${to}`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}
