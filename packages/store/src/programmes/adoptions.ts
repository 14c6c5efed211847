import type { Day } from '@dinh/domain/kernel';
import { FOREVER } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type Adoption = {
  unitId: number;
  programmeId: number;
  key: string;
  validFrom: Day;
  validTo: Day;
  /** The pack engine's adoption: own words, stricter targets. */
  adopted: unknown;
  /** Person in charge of each criterion. */
  inCharge: Record<string, string>;
  decision: string;
};

type Row = {
  unit_id: number;
  programme_id: number;
  key: string;
  valid_from: Day;
  valid_to: Day;
  adopted: unknown;
  in_charge: Record<string, string>;
  decision: string;
};
const toAdoption = (row: Row): Adoption => ({
  unitId: row.unit_id,
  programmeId: row.programme_id,
  key: row.key,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  adopted: row.adopted,
  inCharge: row.in_charge,
  decision: row.decision,
});

/** Programmes a unit runs on a day (all of them ever, when no day is given). */
export async function readAdoptions(db: Reader, unitId: number, day?: Day): Promise<Adoption[]> {
  const onDay = day ? sql`and a.valid_from <= ${day} and a.valid_to > ${day}` : sql``;
  const { rows } = await sql<Row>`
    select a.*, p.key from adoption a join programme p on p.id = a.programme_id
    where a.unit_id = ${unitId} ${onDay} order by p.key, a.valid_from`.execute(db);
  return rows.map(toAdoption);
}

export async function insertAdoption(
  tx: Tx,
  adoption: {
    unitId: number;
    programmeId: number;
    from: Day;
    adopted: unknown;
    inCharge: Record<string, string>;
    decision: string;
  },
): Promise<void> {
  await sql`
    insert into adoption (unit_id, programme_id, valid_from, valid_to, adopted, in_charge, decision)
    values (${adoption.unitId}, ${adoption.programmeId}, ${adoption.from}, ${FOREVER},
            ${JSON.stringify(adoption.adopted)}::jsonb, ${JSON.stringify(adoption.inCharge)}::jsonb, ${adoption.decision})`.execute(
    tx,
  );
}

/** Goes on with an adoption in other words from a day on: the days before keep what they had. */
export async function rewriteAdoption(
  tx: Tx,
  { unitId, programmeId, validFrom, validTo, decision }: Adoption,
  change: { from: Day; adopted: unknown; inCharge: Record<string, string> },
): Promise<void> {
  const adopted = JSON.stringify(change.adopted);
  const inCharge = JSON.stringify(change.inCharge);
  if (validFrom >= change.from) {
    await sql`
      update adoption set adopted = ${adopted}::jsonb, in_charge = ${inCharge}::jsonb
      where unit_id = ${unitId} and programme_id = ${programmeId} and valid_from = ${validFrom}`.execute(tx);
    return;
  }
  await sql`
    update adoption set valid_to = ${change.from}
    where unit_id = ${unitId} and programme_id = ${programmeId} and valid_from = ${validFrom}`.execute(tx);
  await sql`
    insert into adoption (unit_id, programme_id, valid_from, valid_to, adopted, in_charge, decision)
    values (${unitId}, ${programmeId}, ${change.from}, ${validTo}, ${adopted}::jsonb, ${inCharge}::jsonb, ${decision})`.execute(
    tx,
  );
}

/** Units below a unit that run a programme on a day and have no sheet of the period yet. */
export async function unitsWithoutSheet(
  db: Reader,
  aboveId: number,
  programmeId: number,
  period: string,
  day: Day,
): Promise<number[]> {
  const { rows } = await sql<{ unit_id: number }>`
    with recursive below (unit_id) as (
      select ${aboveId}::integer
      union all
      select p.unit_id from below b join unit_parent p on p.parent_id = b.unit_id and p.valid_from <= ${day} and p.valid_to > ${day}
    )
    select d.unit_id from below b
    join adoption d on d.unit_id = b.unit_id and d.programme_id = ${programmeId} and d.valid_from <= ${day} and d.valid_to > ${day}
    where not exists (
      select 1 from assessment a where a.unit_id = d.unit_id and a.programme_id = ${programmeId} and a.period = ${period})
    order by d.unit_id`.execute(db);
  return rows.map((row) => row.unit_id);
}
