import type { Day } from '@dinh/domain/kernel';
import type { LinkKind } from '@dinh/domain/units';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type Link = { unitId: number; otherId: number; kind: LinkKind };

/** True when the link holds on a day of [from, to). */
export async function hasLink(db: Reader, { unitId, otherId, kind }: Link, from: Day, to: Day): Promise<boolean> {
  const { rows } = await sql`
    select 1 from unit_link where unit_id = ${unitId} and other_id = ${otherId} and kind = ${kind}
      and valid_from < ${to} and valid_to > ${from}`.execute(db);
  return rows.length > 0;
}

export async function insertLink(tx: Tx, { unitId, otherId, kind }: Link, from: Day, to: Day): Promise<void> {
  await sql`
    insert into unit_link (unit_id, other_id, kind, valid_from, valid_to)
    values (${unitId}, ${otherId}, ${kind}, ${from}, ${to})`.execute(tx);
}

/** Ends the link that holds on a day; one that would have had no day is taken away. Says whether there was one. */
export async function endLink(tx: Tx, { unitId, otherId, kind }: Link, day: Day): Promise<boolean> {
  const same = sql`unit_id = ${unitId} and other_id = ${otherId} and kind = ${kind} and valid_to > ${day}`;
  const removed = await sql`delete from unit_link where ${same} and valid_from = ${day}`.execute(tx);
  const ended = await sql`update unit_link set valid_to = ${day} where ${same} and valid_from < ${day}`.execute(tx);
  return Number(removed.numAffectedRows ?? 0) + Number(ended.numAffectedRows ?? 0) > 0;
}

/** Ends every link of units that dissolve. */
export async function endLinksOf(tx: Tx, unitIds: readonly number[], day: Day): Promise<void> {
  const theirs = sql`(unit_id = any(${unitIds}::integer[]) or other_id = any(${unitIds}::integer[])) and valid_to > ${day}`;
  await sql`delete from unit_link where ${theirs} and valid_from >= ${day}`.execute(tx);
  await sql`update unit_link set valid_to = ${day} where ${theirs}`.execute(tx);
}
