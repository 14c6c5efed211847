import type { GiverKind } from '@dinh/domain/contributions';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

type Key = { unitId: number; driveId: string };
export type NewGiver = {
  id: string;
  kind: GiverKind;
  name: string;
  /** The name as it is compared; empty when anonymous. */
  key: string;
  publish: boolean;
};

/**
 * Notes givers of a drive. One who is known by kind and name keeps the id they have, and what they say last about showing the name counts.
 * @returns by `kind key`: the id, and whether something from them stands as received already
 */
export async function keepGivers(
  tx: Tx,
  { unitId, driveId }: Key,
  givers: readonly NewGiver[],
): Promise<Map<string, { id: string; gives: boolean }>> {
  const { rows } = await sql<{ id: string; kind: string; key: string; gives: boolean }>`
    with noted as (
      insert into contribution_giver (unit_id, drive_id, id, kind, name, key, publish)
      select ${unitId}::integer, ${driveId}::uuid, g.id, g.kind, g.name, g.key, g.publish
      from jsonb_to_recordset(${JSON.stringify(givers)}::jsonb) as g (id uuid, kind text, name text, key text, publish boolean)
      on conflict (unit_id, drive_id, kind, key) where key <> '' do update set publish = excluded.publish
      returning id, kind, key
    )
    select n.id, n.kind, n.key, exists (
      select from contribution_entry e where e.unit_id = ${unitId} and e.giver_id = n.id and e.kind = 'receive'
        and not exists (select from contribution_entry r where r.unit_id = e.unit_id and r.reverses = e.id)
    ) as gives
    from noted n where n.key <> ''`.execute(tx);
  return new Map(rows.map(({ kind, key, ...row }) => [`${kind} ${key}`, row]));
}

/** The giver of an entry, and how many of their gifts still stand. */
export async function findGiver(
  db: Reader,
  unitId: number,
  entryId: string,
): Promise<{ id: string; kind: GiverKind; name: string; standing: number } | null> {
  const { rows } = await sql<{ id: string; kind: GiverKind; name: string; standing: number }>`
    select g.id, g.kind, g.name, (
      select count(*)::integer from contribution_entry r where r.unit_id = e.unit_id and r.giver_id = g.id and r.kind = 'receive'
        and not exists (select from contribution_entry u where u.unit_id = r.unit_id and u.reverses = r.id)
    ) as standing
    from contribution_entry e join contribution_giver g on g.unit_id = e.unit_id and g.id = e.giver_id
    where e.unit_id = ${unitId} and e.id = ${entryId}`.execute(db);
  return rows[0] ?? null;
}

/** Forgets who a giver is: the name, what was said about them, where their land lies. Every figure stays. */
export async function forgetGiver(tx: Tx, unitId: number, giverId: string): Promise<void> {
  await sql`
    update contribution_giver set name = '', key = '', publish = false where unit_id = ${unitId} and id = ${giverId}`.execute(
    tx,
  );
  await sql`
    update contribution_entry e set parcel = '', note = case e.kind when 'reverse' then '…' else '' end
    where e.unit_id = ${unitId} and (e.parcel <> '' or e.note not in ('', '…'))
      and (e.giver_id = ${giverId} or e.reverses in (
        select o.id from contribution_entry o where o.unit_id = ${unitId} and o.giver_id = ${giverId}))`.execute(tx);
}

/** Whether the name of a giver may be shown to everyone. */
export async function showGiver(tx: Tx, unitId: number, giverId: string, publish: boolean): Promise<void> {
  await sql`update contribution_giver set publish = ${publish} where unit_id = ${unitId} and id = ${giverId}`.execute(
    tx,
  );
}
