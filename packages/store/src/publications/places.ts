import type { Day } from '@dinh/domain/kernel';
import { codeOf, type PlaceKind } from '@dinh/domain/publications';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

type Key = { unitId: number; nth: number };

/** A place with its code, as its unit keeps it. */
export type CodedPlace = {
  nth: number;
  code: string;
  kind: PlaceKind;
  driveId: string | null;
  /** What it is called on the day asked for: its own name, its unit's, or its drive's title. */
  name: string;
  about: string;
  createdOn: Day;
  retiredOn: Day | null;
  retiredReason: string | null;
  printedOn: Day | null;
  printedBase: string | null;
  assetId: string | null;
  /** Whether its page answered when that was last tried; null before. */
  answers: boolean | null;
  triedAt: Date | null;
  /** Whether the printed code was seen in its place; null before anybody looked. */
  seen: boolean | null;
  seenOn: Day | null;
};

/** The name of a place `p` on a day. */
export const placeName = (day: Day) => sql`coalesce(
  (select n.name from public_place_name n where n.unit_id = p.unit_id and n.nth = p.nth and n.from_day <= ${day}::date
    order by n.from_day desc limit 1),
  (select d.title from contribution_drive d where d.unit_id = p.unit_id and d.id = p.drive_id),
  (select v.name from unit_version v where v.unit_id = p.unit_id
    order by v.valid_from > ${day}::date, case when v.valid_from > ${day}::date then v.valid_from end, v.valid_from desc limit 1), '')`;

const columns = (day: Day) => sql`
  p.nth, p.code, p.kind, p.drive_id as "driveId", ${placeName(day)} as name, p.about, p.created_on as "createdOn",
  p.retired_on as "retiredOn", p.retired_reason as "retiredReason", p.printed_on as "printedOn", p.printed_base as "printedBase",
  p.asset_id as "assetId", p.answers, p.tried_at as "triedAt", p.seen, p.seen_on as "seenOn"
  from public_place p`;

/** Places of a unit in the order of kinds and names; those no more in use last. At most 20,000. */
export async function listPlaces(db: Reader, unitId: number, day: Day): Promise<CodedPlace[]> {
  const { rows } = await sql<CodedPlace>`
    select * from (select ${columns(day)} where p.unit_id = ${unitId}) s
    order by s."retiredOn" is not null,
      array_position('{unit,culture-house,road,family-group,house,drive}'::text[], s.kind), s.nth limit 20000`.execute(
    db,
  );
  return rows;
}

export async function findPlace(db: Reader, { unitId, nth }: Key, day: Day): Promise<CodedPlace | null> {
  const { rows } = await sql<CodedPlace>`
    select ${columns(day)} where p.unit_id = ${unitId} and p.nth = ${nth}`.execute(db);
  return rows[0] ?? null;
}

/** How many places a unit ever had: the number of the last one. */
export async function lastPlace(db: Reader, unitId: number): Promise<number> {
  const { rows } = await sql<{ nth: number }>`
    select coalesce(max(nth), 0) as nth from public_place where unit_id = ${unitId}`.execute(db);
  return rows[0]?.nth ?? 0;
}

export type NewPlace = { kind: PlaceKind; name: string; about: string; driveId: string | null };

/**
 * Adds places after the last one, each with the code of its number.
 * @returns their numbers and codes in order; null when the unit or a drive among them has its code already
 */
export async function insertPlaces(
  tx: Tx,
  unitId: number,
  places: readonly NewPlace[],
  day: Day,
): Promise<{ nth: number; code: string }[] | null> {
  const last = await lastPlace(tx, unitId);
  const rows = places.map((place, index) => {
    const nth = last + index + 1;
    return { ...place, nth, code: codeOf({ unitId, nth }) };
  });
  const added = await sql`
    insert into public_place (unit_id, nth, code, kind, drive_id, about, created_on)
    select ${unitId}::integer, r.nth, r.code, r.kind, r."driveId", r.about, ${day}::date
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (nth integer, code text, kind text, "driveId" uuid, about text)
    on conflict do nothing returning nth`.execute(tx);
  if (added.rows.length < rows.length) return null;
  const named = rows.filter(({ name }) => name !== '');
  if (named.length > 0)
    await sql`
      insert into public_place_name (unit_id, nth, from_day, name)
      select ${unitId}::integer, r.nth, ${day}::date, r.name
      from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as r (nth integer, name text)`.execute(tx);
  return rows.map(({ nth, code }) => ({ nth, code }));
}

/** Calls a place by a name from a day on, and says what there is to say of it. */
export async function savePlace(
  tx: Tx,
  { unitId, nth }: Key,
  saved: { name: string; about: string; day: Day },
): Promise<void> {
  await sql`
    with said as (update public_place set about = ${saved.about} where unit_id = ${unitId} and nth = ${nth})
    insert into public_place_name (unit_id, nth, from_day, name)
    select ${unitId}::integer, ${nth}::integer, ${saved.day}::date, ${saved.name}::text where ${saved.name}::text <> ''
    on conflict (unit_id, nth, from_day) do update set name = excluded.name`.execute(tx);
}

export async function retirePlace(tx: Tx, { unitId, nth }: Key, retired: { on: Day; reason: string }): Promise<void> {
  await sql`
    update public_place set retired_on = ${retired.on}, retired_reason = ${retired.reason}
    where unit_id = ${unitId} and nth = ${nth}`.execute(tx);
}

export async function markPrinted(
  tx: Tx,
  { unitId, nth }: Key,
  printed: { on: Day; base: string; assetId: string },
): Promise<void> {
  await sql`
    update public_place set printed_on = ${printed.on}, printed_base = ${printed.base}, asset_id = ${printed.assetId},
      answers = coalesce(answers, true), seen = true, seen_on = ${printed.on}
    where unit_id = ${unitId} and nth = ${nth}`.execute(tx);
}

/** Whether the page behind the code answered just now. */
export async function markTried(tx: Tx, { unitId, nth }: Key, tried: { answers: boolean; at: Date }): Promise<void> {
  await sql`
    update public_place set answers = ${tried.answers}, tried_at = ${tried.at} where unit_id = ${unitId} and nth = ${nth}`.execute(
    tx,
  );
}

/** Whether somebody who looked saw the printed code in its place. */
export async function markSeen(tx: Tx, { unitId, nth }: Key, looked: { seen: boolean; on: Day }): Promise<void> {
  await sql`
    update public_place set seen = ${looked.seen}, seen_on = ${looked.on} where unit_id = ${unitId} and nth = ${nth}`.execute(
    tx,
  );
}

/** Printed codes in use that were not tried since a moment, the longest first; over all units. */
export async function listUntried(
  db: Reader,
  since: Date,
  limit: number,
): Promise<{ unitId: number; nth: number; code: string; base: string }[]> {
  const { rows } = await sql<{ unitId: number; nth: number; code: string; base: string }>`
    select unit_id as "unitId", nth, code, printed_base as base from public_place
    where printed_base is not null and retired_on is null and (tried_at is null or tried_at < ${since})
    order by tried_at nulls first, unit_id, nth limit ${limit}`.execute(db);
  return rows;
}
