import type { Day } from '@dinh/domain/kernel';
import type { MeetingKind, MeetingState } from '@dinh/domain/meetings';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

const unitName = (unit: string, day: Day) =>
  sql`coalesce((select name from unit_version v where v.unit_id = ${sql.raw(unit)} and v.valid_from <= ${day} and v.valid_to > ${day}), '')`;

type Key = { unitId: number; matterId: string; personId: string };

/** What a message says of a meeting. Nothing of what is on its agenda. */
export type ToldMeeting = {
  unitName: string;
  kind: MeetingKind;
  title: string;
  onDay: Day;
  startsAt: Date;
  place: string;
  state: MeetingState;
  /** Posts the person holds in the unit on the meeting's day. */
  posts: string[];
};

export async function readToldMeeting(db: Reader, key: Key, day: Day): Promise<ToldMeeting | null> {
  const { rows } = await sql<ToldMeeting>`
    select ${unitName('m.unit_id', day)} as "unitName", m.kind, m.title, m.on_day as "onDay", m.starts_at as "startsAt", m.place, m.state,
      coalesce((select json_agg(p.post) from post p where p.unit_id = m.unit_id and p.person_id = ${key.personId}
        and p.valid_from <= m.on_day and p.valid_to > m.on_day), '[]') as posts
    from meeting m where m.unit_id = ${key.unitId} and m.id = ${key.matterId}`.execute(db);
  return rows[0] ?? null;
}

/** What a message says of a task, to one of those who do it. */
export type ToldTask = { unitName: string; title: string; deadline: Day; isOpen: boolean };

export async function readToldTask(db: Reader, key: Key, day: Day): Promise<ToldTask | null> {
  const { rows } = await sql<ToldTask>`
    select ${unitName('t.unit_id', day)} as "unitName", t.title, t.deadline,
      t.state in ('approved', 'in-progress') and t.claimed_on is null as "isOpen"
    from task t where t.unit_id = ${key.unitId} and t.id = ${key.matterId}
      and (t.responsible = ${key.personId} or t.directs = ${key.personId} or ${key.personId}::uuid = any(t.co_owners))`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Those who do a task that is open. */
export async function readDoers(db: Reader, unitId: number, taskId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct w.id from task t, unnest(t.co_owners || t.responsible || t.directs) as w (id)
    where t.unit_id = ${unitId} and t.id = ${taskId} and t.state in ('approved', 'in-progress') and w.id is not null`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** An approved document, and those of its two signers who have not signed. */
export type ToldDocument = {
  unitName: string;
  type: 'minutes' | 'addendum' | 'resolution';
  kind: MeetingKind;
  title: string;
  onDay: Day;
  chair: string | null;
  recorder: string | null;
  signed: string[];
};

export async function readToldDocument(
  db: Reader,
  key: { unitId: number; matterId: string },
  day: Day,
): Promise<ToldDocument | null> {
  const { rows } = await sql<ToldDocument>`
    select ${unitName('d.unit_id', day)} as "unitName", d.type, m.kind, m.title, m.on_day as "onDay", m.chair, m.recorder,
      coalesce((select json_agg(s.person_id) from document_signature s where s.unit_id = d.unit_id and s.document_id = d.id), '[]') as signed
    from document d join meeting m on m.unit_id = d.unit_id and m.id = d.meeting_id
    where d.unit_id = ${key.unitId} and d.id = ${key.matterId} and d.state = 'approved'`.execute(db);
  return rows[0] ?? null;
}
