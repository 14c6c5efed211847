import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type AssetKind = { key: string; names: Record<string, string> };

/** An asset as it stands: with its last check. */
export type Asset = {
  id: string;
  kind: string;
  name: string;
  place: string;
  ownerPerson: string | null;
  /** Name of the person or the organisation that answers for it. */
  owner: string;
  registeredOn: Day;
  retiredOn: Day | null;
  retiredReason: string | null;
  state: 'working' | 'broken';
  checkedOn: Day;
  nextCheck: Day;
  note: string;
};

export type AssetCheck = {
  checkedOn: Day;
  at: Date;
  by: string;
  state: 'working' | 'broken';
  note: string;
  nextCheck: Day;
};

/** Every kind of asset with its names by language, in the order of keys. */
export async function readAssetKinds(db: Reader): Promise<AssetKind[]> {
  const { rows } = await sql<AssetKind>`select key, names from asset_kind order by key`.execute(db);
  return rows;
}

/** Adds a kind, or renames it. */
export async function saveAssetKind(tx: Tx, kind: AssetKind): Promise<void> {
  await sql`
    insert into asset_kind (key, names) values (${kind.key}, ${JSON.stringify(kind.names)}::jsonb)
    on conflict (key) do update set names = excluded.names`.execute(tx);
}

const lastCheck = sql`
  join lateral (
    select k.* from asset_check k where k.unit_id = a.unit_id and k.asset_id = a.id order by k.seq desc limit 1
  ) c on true`;
const columns = sql`
  a.id, a.kind, a.name, a.place, a.owner_person as "ownerPerson", coalesce(p.name, a.owner_organisation, '') as owner,
  a.registered_on as "registeredOn", a.retired_on as "retiredOn", a.retired_reason as "retiredReason",
  c.state, c.checked_on as "checkedOn", c.next_check as "nextCheck", c.note
  from asset a ${lastCheck} left join person p on p.unit_id = a.unit_id and p.id = a.owner_person`;

/** Assets of a unit: those in use first, overdue and broken ones before the others; retired ones last. */
export async function listAssets(db: Reader, unitId: number, today: Day): Promise<Asset[]> {
  const { rows } = await sql<Asset>`
    select ${columns} where a.unit_id = ${unitId}
    order by a.retired_on is not null, (c.next_check < ${today}) desc, (c.state = 'broken') desc, c.next_check, a.kind, a.name, a.id
    limit 2000`.execute(db);
  return rows;
}

/** One asset, held until the commit when `lock`. */
export async function findAsset(db: Reader, unitId: number, id: string, lock: boolean): Promise<Asset | null> {
  const { rows } = await sql<Asset>`
    select ${columns} where a.unit_id = ${unitId} and a.id = ${id} ${lock ? sql`for update of a` : sql``}`.execute(db);
  return rows[0] ?? null;
}

export type NewAsset = {
  unitId: number;
  id: string;
  kind: string;
  name: string;
  place: string;
  ownerPerson: string | null;
  ownerOrganisation: string | null;
  on: Day;
};

/** @returns false when the id is taken */
export async function insertAsset(tx: Tx, asset: NewAsset): Promise<boolean> {
  const { rows } = await sql`
    insert into asset (unit_id, id, kind, name, place, owner_person, owner_organisation, registered_on)
    values (${asset.unitId}, ${asset.id}, ${asset.kind}, ${asset.name}, ${asset.place}, ${asset.ownerPerson}::uuid,
            ${asset.ownerOrganisation}, ${asset.on})
    on conflict (unit_id, id) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

export async function appendCheck(
  tx: Tx,
  check: {
    unitId: number;
    assetId: string;
    on: Day;
    at: Date;
    actor: string;
    state: 'working' | 'broken';
    note: string;
    nextCheck: Day;
  },
): Promise<void> {
  await sql`
    insert into asset_check (unit_id, asset_id, seq, checked_on, at, actor, state, note, next_check)
    select ${check.unitId}, ${check.assetId}, coalesce(max(seq), 0) + 1, ${check.on}::date, ${check.at}::timestamptz, ${check.actor}::text,
      ${check.state}::text, ${check.note}::text, ${check.nextCheck}::date
    from asset_check where unit_id = ${check.unitId} and asset_id = ${check.assetId}`.execute(tx);
}

export async function correctAsset(
  tx: Tx,
  asset: {
    unitId: number;
    id: string;
    name: string;
    place: string;
    ownerPerson: string | null;
    ownerOrganisation: string | null;
  },
): Promise<void> {
  await sql`
    update asset set name = ${asset.name}, place = ${asset.place}, owner_person = ${asset.ownerPerson}::uuid,
      owner_organisation = ${asset.ownerOrganisation}
    where unit_id = ${asset.unitId} and id = ${asset.id}`.execute(tx);
}

export async function retireAsset(
  tx: Tx,
  retired: { unitId: number; id: string; on: Day; at: Date; reason: string },
): Promise<void> {
  await sql`
    update asset set retired_on = ${retired.on}, retired_at = ${retired.at}, retired_reason = ${retired.reason}
    where unit_id = ${retired.unitId} and id = ${retired.id}`.execute(tx);
}

/** Every look at one asset, the latest first. `by` is a person's name, or empty. */
export async function readChecks(db: Reader, unitId: number, assetId: string): Promise<AssetCheck[]> {
  const { rows } = await sql<AssetCheck>`
    select k.checked_on as "checkedOn", k.at, coalesce(n.name, '') as by, k.state, k.note, k.next_check as "nextCheck"
    from asset_check k
    left join lateral (select name from person where id = case when k.actor ~ '^[0-9a-f-]{36}$' then k.actor::uuid end limit 1) n on true
    where k.unit_id = ${unitId} and k.asset_id = ${assetId} order by k.seq desc limit 500`.execute(db);
  return rows;
}
