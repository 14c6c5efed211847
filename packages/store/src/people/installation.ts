import type { Day } from '@dinh/domain/kernel';
import { foldText, orderText } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** True when this installation was marked as a demo at its first start. */
export async function isDemo(db: Reader): Promise<boolean> {
  const { rows } = await sql<{ demo: boolean }>`select demo from installation where id = 1`.execute(db);
  return rows[0]?.demo ?? false;
}

/** Marks a fresh installation as a demo; false when it already is in real use. */
export async function markDemo(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ demo: boolean }>`
    insert into installation (id, demo) values (1, true)
    on conflict (id) do update set demo = installation.demo or installation.set_up_at is null
    returning demo`.execute(tx);
  return rows[0]!.demo;
}

/** Takes the installation's one set-up; false when somebody has done it. Two first visits at once: one wins. */
export async function takeSetUp(tx: Tx, at: Date): Promise<boolean> {
  const { rows } = await sql<{ id: number }>`
    insert into installation (id, set_up_at) values (1, ${at})
    on conflict (id) do update set set_up_at = excluded.set_up_at where installation.set_up_at is null
    returning id`.execute(tx);
  return rows.length > 0;
}

/** Units with no unit above them on the day, the first ones. */
export async function readRootUnits(db: Reader, day: string): Promise<{ id: number; name: string }[]> {
  const { rows } = await sql<{ id: number; name: string }>`
    select v.unit_id as id, v.name from unit_version v
    where v.valid_from <= ${day} and v.valid_to > ${day} and not exists (
      select 1 from unit_parent p where p.unit_id = v.unit_id and p.valid_from <= ${day} and p.valid_to > ${day})
    order by v.unit_id limit 20`.execute(db);
  return rows;
}

/**
 * Makes the first unit of an installation without a tree, of the highest kind there is.
 * @param from first day of the unit
 */
export async function createRootUnit(tx: Tx, name: string, from: Day): Promise<number> {
  await sql`
    insert into unit_kind (key, line, rank, names)
    select 'organisation', 'organisational', 0, '{"vi": "tổ chức", "en": "organisation", "ar": "منظمة"}'
    where not exists (select 1 from unit_kind)`.execute(tx);
  const { rows } = await sql<{ id: number }>`
    with kind as (select key, line from unit_kind order by rank, key limit 1),
      made as (insert into unit (line) select line from kind returning id),
      version as (
        insert into unit_version (unit_id, valid_from, valid_to, kind, name, search, ordered)
        select made.id, ${from}, '9999-12-31', kind.key, ${name}, ${foldText(name)}, ${orderText(foldText(name))} from made, kind
      )
    select id from made`.execute(tx);
  return rows[0]!.id;
}
