import type { Day } from '@dinh/domain/kernel';
import type { ProductFormat } from '@dinh/domain/products';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type ThematicBasis = { number: string; date: Day | null; issuer: string; verified: boolean };
export type ContentGroup = { id: string; title: string };

export type ThematicProgramme = {
  /** The unit that launched it. */
  ownerId: number;
  owner: string;
  id: string;
  title: string;
  basis: ThematicBasis[];
  validFrom: Day;
  /** First day on which it no longer runs. */
  validTo: Day;
  groups: ContentGroup[];
  steps: string[];
  formats: ProductFormat[];
  productsLeast: number;
  productsMost: number;
  meetingsPerQuarter: number;
  observed: boolean;
  endedOn: Day | null;
};

export type NewThematicProgramme = Omit<ThematicProgramme, 'owner' | 'endedOn'>;
export type ThematicTopic = { id: string; group: string; title: string; reading: string; held: number };

const columns = sql`
  p.unit_id as "ownerId", coalesce(v.name, '') as owner, p.id, p.title, p.basis, p.valid_from as "validFrom", p.valid_to as "validTo",
  p.content_groups as groups, p.steps, p.formats, p.products_least as "productsLeast", p.products_most as "productsMost",
  p.meetings_per_quarter as "meetingsPerQuarter", p.observed, p.ended_on as "endedOn"`;

/** @returns false when the id is taken */
export async function insertProgramme(
  tx: Tx,
  programme: NewThematicProgramme,
  by: { actor: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into thematic_programme (unit_id, id, title, basis, valid_from, valid_to, content_groups, steps, formats, products_least,
      products_most, meetings_per_quarter, observed, launched_by, launched_at)
    values (${programme.ownerId}, ${programme.id}, ${programme.title}, ${JSON.stringify(programme.basis)}::jsonb, ${programme.validFrom},
      ${programme.validTo}, ${JSON.stringify(programme.groups)}::jsonb, ${JSON.stringify(programme.steps)}::jsonb,
      ${[...programme.formats]}::text[], ${programme.productsLeast}, ${programme.productsMost}, ${programme.meetingsPerQuarter},
      ${programme.observed}, ${by.actor}, ${by.at})
    on conflict (unit_id, id) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** Programmes launched by any of the units, the newest first. */
export async function listProgrammes(db: Reader, ownerIds: readonly number[], day: Day): Promise<ThematicProgramme[]> {
  const { rows } = await sql<ThematicProgramme>`
    select ${columns} from thematic_programme p
    left join unit_version v on v.unit_id = p.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
    where p.unit_id = any(${[...ownerIds]}::integer[])
    order by p.valid_from desc, p.id limit 200`.execute(db);
  return rows;
}

export async function findProgramme(
  db: Reader,
  ownerId: number,
  id: string,
  day: Day,
): Promise<ThematicProgramme | null> {
  const { rows } = await sql<ThematicProgramme>`
    select ${columns} from thematic_programme p
    left join unit_version v on v.unit_id = p.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
    where p.unit_id = ${ownerId} and p.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

export async function endProgramme(tx: Tx, ownerId: number, id: string, on: Day): Promise<void> {
  await sql`update thematic_programme set ended_on = ${on} where unit_id = ${ownerId} and id = ${id}`.execute(tx);
}

/** @returns false when the id is taken */
export async function insertTopic(
  tx: Tx,
  key: { ownerId: number; programmeId: string },
  topic: { id: string; group: string; title: string; reading: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into thematic_topic (unit_id, programme_id, id, content_group, title, reading, added_at)
    values (${key.ownerId}, ${key.programmeId}, ${topic.id}, ${topic.group}, ${topic.title}, ${topic.reading}, ${topic.at})
    on conflict (unit_id, programme_id, id) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** Topics of a programme in the order they were added, with how many meetings were held on each. */
export async function readTopics(db: Reader, key: { ownerId: number; programmeId: string }): Promise<ThematicTopic[]> {
  const { rows } = await sql<ThematicTopic>`
    select t.id, t.content_group as "group", t.title, t.reading, coalesce(h.held, 0)::integer as held
    from thematic_topic t
    left join (
      select x.topic_id, count(*) as held from thematic_meeting x
      join meeting m on m.unit_id = x.unit_id and m.id = x.meeting_id and m.state in ('closed', 'signed')
      where x.programme_id = ${key.programmeId} group by 1
    ) h on h.topic_id = t.id
    where t.unit_id = ${key.ownerId} and t.programme_id = ${key.programmeId} order by t.added_at, t.id`.execute(db);
  return rows;
}
