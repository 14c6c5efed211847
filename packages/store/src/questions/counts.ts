import { createHmac, randomBytes } from 'node:crypto';
import type { Day } from '@dinh/domain/kernel';
import type { QuestionKind } from '@dinh/domain/questions';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';
import { standing } from './standing.ts';

/** The key of a day, made when it is first needed; keys and counts of other days are thrown away with it. */
async function keyOf(tx: Tx, day: Day): Promise<Buffer> {
  const read = () => sql<{ key: Buffer }>`select key from question_key where unit_id = 0 and day = ${day}`.execute(tx);
  const found = (await read()).rows[0];
  if (found) return found.key;
  await sql`insert into question_key (unit_id, day, key) values (0, ${day}, ${randomBytes(32)}) on conflict do nothing`.execute(
    tx,
  );
  await sql`delete from question_key where unit_id = 0 and day <> ${day}`.execute(tx);
  await sql`delete from question_from where day <> ${day}`.execute(tx);
  return (await read()).rows[0]!.key;
}

/**
 * Counts one more question of an address on a day, under a hash nobody can turn back once the day is over.
 * @returns how many the address and all addresses have asked the unit that day, this one included
 */
export async function countFrom(
  tx: Tx,
  unitId: number,
  day: Day,
  address: string,
): Promise<{ address: number; all: number }> {
  const hash = createHmac('sha256', await keyOf(tx, day))
    .update(`${unitId} ${address}`)
    .digest();
  const { rows } = await sql<{ address: number; all: number }>`
    with counted as (
      insert into question_from (unit_id, day, address, asked) values (${unitId}, ${day}, ${hash}, 1)
      on conflict (unit_id, day, address) do update set asked = question_from.asked + 1 returning asked
    )
    select counted.asked as address, counted.asked + coalesce((select sum(asked) from question_from
      where unit_id = ${unitId} and day = ${day} and address <> ${hash}), 0)::integer as all from counted`.execute(tx);
  return rows[0]!;
}

/** Working days promised for a kind on a day: by the unit, else by the nearest unit above; null where nobody promised. */
export async function readWorkingDays(
  db: Reader,
  unitId: number,
  kind: QuestionKind,
  day: Day,
): Promise<number | null> {
  const { rows } = await sql<{ days: number }>`
    with recursive way (unit_id, step) as (
      select ${unitId}::integer, 0
      union all
      select p.parent_id, w.step + 1 from way w join unit_parent p on p.unit_id = w.unit_id
        and p.valid_from <= ${day} and p.valid_to > ${day} where p.parent_id is not null and w.step < 20
    )
    select r.working_days as days from way w
    join lateral (select working_days from question_rule r where r.unit_id = w.unit_id and r.kind = ${kind} and r.from_day <= ${day}
      order by r.from_day desc limit 1) r on true
    order by w.step limit 1`.execute(db);
  return rows[0]?.days ?? null;
}

export async function setWorkingDays(
  tx: Tx,
  unitId: number,
  kind: QuestionKind,
  from: Day,
  days: number,
): Promise<void> {
  await sql`
    insert into question_rule (unit_id, kind, from_day, working_days) values (${unitId}, ${kind}, ${from}, ${days})
    on conflict (unit_id, kind, from_day) do update set working_days = excluded.working_days`.execute(tx);
}

export type QuestionCount = { kind: QuestionKind; state: 'open' | 'late' | 'in-time' | 'after-time'; count: number };

/** How many were asked between two days, and how they stand on a day. */
export async function countQuestions(
  db: Reader,
  unitId: number,
  from: Day,
  to: Day,
  day: Day,
): Promise<QuestionCount[]> {
  const { rows } = await sql<QuestionCount>`
    select kind, ${standing(day)} as state, count(*) as count
    from question where unit_id = ${unitId} and asked_on between ${from} and ${to} group by 1, 2`.execute(db);
  return rows;
}
