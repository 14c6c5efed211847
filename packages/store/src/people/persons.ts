import type { Day } from '@dinh/domain/kernel';
import { foldText } from '@dinh/domain/kernel';
import type { NewPerson } from '@dinh/domain/people';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type PersonRow = {
  id: string;
  unitId: number;
  name: string;
  phone: string | null;
  email: string | null;
  born: Day | null;
  erased: boolean;
  from: Day;
  to: Day;
};

/** Fields of a person to write; a field that is absent stays as it is, null empties it. */
export type PersonChange = { name?: string; phone?: string | null; email?: string | null; born?: Day | null };

/** Adds people to a unit in one statement. */
export async function insertPersons(
  tx: Tx,
  unitId: number,
  people: readonly (NewPerson & { id: string; from: Day })[],
): Promise<void> {
  const rows = people.map((each) => ({
    id: each.id,
    name: each.name,
    phone: each.phone ?? null,
    email: each.email ?? null,
    born: each.born ?? null,
    search: foldText(each.name),
    valid_from: each.from,
  }));
  await sql`
    insert into person (unit_id, id, name, phone, email, born, search, valid_from)
    select ${unitId}::integer, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id uuid, name text, phone text, email text, born date, search text, valid_from date)`.execute(tx);
}

/** The person where they belong on a day; the latest row when they belong nowhere that day. Null when nobody has the id. */
export async function readPerson(db: Reader, personId: string, day: Day): Promise<PersonRow | null> {
  const { rows } = await sql<PersonRow>`
    select id, unit_id as "unitId", name, phone, email, born, erased_at is not null as erased, valid_from as "from", valid_to as "to"
    from person where id = ${personId}
    order by (valid_from <= ${day} and valid_to > ${day}) desc, valid_from desc limit 1`.execute(db);
  return rows[0] ?? null;
}

export async function updatePerson(tx: Tx, unitId: number, personId: string, change: PersonChange): Promise<void> {
  const has = (field: keyof PersonChange) => change[field] !== undefined;
  await sql`
    update person set
      name = case when ${has('name')} then ${change.name ?? ''} else name end,
      search = case when ${has('name')} then ${foldText(change.name ?? '')} else search end,
      phone = case when ${has('phone')} then ${change.phone ?? null}::text else phone end,
      email = case when ${has('email')} then ${change.email ?? null}::text else email end,
      born = case when ${has('born')} then ${change.born ?? null}::date else born end
    where unit_id = ${unitId} and id = ${personId}`.execute(tx);
}

/**
 * Ends a person's row in one unit and begins one in another. The old unit keeps the name for its own records; what helps to reach the
 * person goes along.
 */
export async function movePerson(tx: Tx, personId: string, fromUnit: number, toUnit: number, day: Day): Promise<void> {
  await sql`
    with old as (
      select name, search, phone, email, born from person where unit_id = ${fromUnit} and id = ${personId}
    ), begun as (
      insert into person (unit_id, id, name, search, phone, email, born, valid_from)
      select ${toUnit}::integer, ${personId}::uuid, name, search, phone, email, born, ${day}::date from old
      on conflict (unit_id, id) do update set name = excluded.name, search = excluded.search, phone = excluded.phone,
        email = excluded.email, born = excluded.born, valid_from = excluded.valid_from, valid_to = '9999-12-31'
    ), account as (
      update sign_in_account set unit_id = ${toUnit} where id = ${personId}
    ), reached as (
      update reminder_choice set unit_id = ${toUnit} where person_id = ${personId}
    ), devices as (
      update reminder_device set unit_id = ${toUnit} where person_id = ${personId}
    )
    update person set valid_to = ${day}, phone = null, email = null, born = null
    where unit_id = ${fromUnit} and id = ${personId}`.execute(tx);
}

/** Takes everything that names the person out of every unit; the ids in the journal no longer lead to anybody. */
export async function erasePerson(tx: Tx, personId: string, at: Date, day: Day): Promise<void> {
  await sql`
    with emptied as (
      update person set name = '', search = '', phone = null, email = null, born = null, erased_at = ${at},
        valid_to = least(valid_to, greatest(${day}::date, valid_from + 1))
      where id = ${personId}
    ), unsalted as (
      update command_answer a set salt = '', answer = null
      from person_trace t
      where t.person_id = ${personId} and a.unit_id = t.unit_id and a.command_id = t.command_id
    ), untraced as (
      delete from person_trace where person_id = ${personId}
    ), tokens as (
      delete from api_token where person_id = ${personId}
    ), invitations as (
      delete from invitation where person_id = ${personId}
    ), challenges as (
      delete from passkey_challenge where person_id = ${personId}
    ), aside as (
      delete from sign_in_aside where person_id = ${personId}
    ), reached as (
      delete from reminder_choice where person_id = ${personId}
    ), devices as (
      delete from reminder_device where person_id = ${personId}
    ), reminders as (
      delete from reminder where person_id = ${personId}
    )
    delete from sign_in_account where id = ${personId}`.execute(tx);
}

/** Takes an erased person out of every day and every list. Who was noted elsewhere in between stays somebody whose data was erased. */
export async function forgetPerson(tx: Tx, personId: string): Promise<void> {
  await sql`
    with posts as (delete from post where person_id = ${personId})
    update person set valid_from = '0001-01-01', valid_to = '0001-01-02' where id = ${personId}`.execute(tx);
}

/** Remembers that a command's input told something of these people. */
export async function traceCommand(
  tx: Tx,
  unitId: number,
  commandId: string,
  personIds: readonly string[],
): Promise<void> {
  await sql`
    insert into person_trace (unit_id, person_id, command_id)
    select ${unitId}, id, ${commandId}::uuid from unnest(${[...personIds]}::uuid[]) as id
    on conflict do nothing`.execute(tx);
}

/** People of the unit on a day with one of these names (folded), for finding a line that was entered twice. */
export async function peopleNamed(
  db: Reader,
  unitId: number,
  names: readonly string[],
): Promise<{ id: string; search: string; born: Day | null; phone: string | null }[]> {
  const { rows } = await sql<{ id: string; search: string; born: Day | null; phone: string | null }>`
    select id, search, born, phone from person
    where unit_id = ${unitId} and search = any(${[...names]}::text[]) and erased_at is null and valid_to = '9999-12-31'`.execute(
    db,
  );
  return rows;
}
