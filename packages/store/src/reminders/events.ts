import type { Post } from '@dinh/domain/access';
import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** Something people are to be told of; `actor` did it and is not told. */
export type ReminderEvent = {
  unitId: number;
  kind: string;
  matterId: string;
  id: string;
  actor: string | null;
  at: Date;
  dueAt: Date;
};

/** Notes what happened, in the transaction in which it happened. The same again before anybody was told takes its place. */
export async function putEvent(tx: Tx, event: ReminderEvent): Promise<void> {
  await sql`
    insert into reminder_event (unit_id, kind, matter_id, id, actor, at, due_at)
    values (${event.unitId}, ${event.kind}, ${event.matterId}, ${event.id}, ${event.actor}, ${event.at}, ${event.dueAt})
    on conflict (unit_id, kind, matter_id) do update set id = excluded.id, actor = excluded.actor, at = excluded.at,
      due_at = excluded.due_at`.execute(tx);
}

/** Takes events whose time has come out of the list; nobody else gets the same ones. */
export async function takeEvents(tx: Tx, now: Date, atOnce: number): Promise<ReminderEvent[]> {
  const { rows } = await sql<ReminderEvent>`
    delete from reminder_event e using (
      select unit_id, kind, matter_id from reminder_event where due_at <= ${now} order by due_at limit ${atOnce} for update skip locked
    ) t where e.unit_id = t.unit_id and e.kind = t.kind and e.matter_id = t.matter_id
    returning e.unit_id as "unitId", e.kind, e.matter_id as "matterId", e.id, e.actor, e.at, e.due_at as "dueAt"`.execute(
    tx,
  );
  return rows;
}

/** One way to reach one person, and their quiet hours. */
export type Way = { personId: string; channel: string; quietFrom: string; quietUntil: string };

/** Ways of reaching that people chose: the confirmed address, and each device. */
const ways = sql`
  select c.person_id, 'mail' as channel, c.quiet_from, c.quiet_until from reminder_choice c where c.mail_confirmed_at is not null
  union all
  select d.person_id, d.id::text, c.quiet_from, c.quiet_until from reminder_device d join reminder_choice c on c.person_id = d.person_id`;

const wayColumns = sql`
  w.person_id as "personId", w.channel, to_char(w.quiet_from, 'HH24:MI') as "quietFrom", to_char(w.quiet_until, 'HH24:MI') as "quietUntil"`;

/** Ways to those who hold one of the posts in a unit on a day. */
export async function waysToHolders(db: Reader, unitId: number, posts: readonly Post[], day: Day): Promise<Way[]> {
  const { rows } = await sql<Way>`
    select ${wayColumns} from (${ways}) w
    where w.person_id in (select p.person_id from post p where p.unit_id = ${unitId} and p.post = any(${[...posts]}::text[])
      and p.valid_from <= ${day} and p.valid_to > ${day})`.execute(db);
  return rows;
}

export async function waysTo(db: Reader, personIds: readonly string[]): Promise<Way[]> {
  if (personIds.length === 0) return [];
  const { rows } = await sql<Way>`
    select ${wayColumns} from (${ways}) w where w.person_id = any(${[...personIds]}::uuid[])`.execute(db);
  return rows;
}

export type DueMeeting = Way & { unitId: number; matterId: string; startsAt: Date };

/**
 * Ways to everybody called to a meeting that begins within (from, until], of those that were called more than `lead` before their
 * beginning: to others the invitation itself comes in the last hours.
 */
export async function waysToMeetings(
  db: Reader,
  span: { from: Date; until: Date; leadMs: number },
  called: { kinds: readonly string[]; posts: readonly Post[] },
): Promise<DueMeeting[]> {
  const { rows } = await sql<DueMeeting>`
    select m.unit_id as "unitId", m.id as "matterId", m.starts_at as "startsAt", ${wayColumns}
    from meeting m
    join (select distinct unit_id, person_id, valid_from, valid_to from post where post = any(${[...called.posts]}::text[])) p
      on p.unit_id = m.unit_id and p.valid_from <= m.on_day and p.valid_to > m.on_day
    join (${ways}) w on w.person_id = p.person_id
    where m.state = 'planned' and m.called_at is not null and m.kind = any(${[...called.kinds]}::text[])
      and m.starts_at > ${span.from} and m.starts_at <= ${span.until}
      and m.called_at <= m.starts_at - ${span.leadMs} * interval '1 millisecond'`.execute(db);
  return rows;
}

export type DueTask = Way & { unitId: number; matterId: string; deadline: Day };

/** Ways to everybody who does a task that is open on one of these days of deadline; finished work that waits for a judgement is not. */
export async function waysToTasks(db: Reader, from: Day, until: Day): Promise<DueTask[]> {
  const { rows } = await sql<DueTask>`
    select t.unit_id as "unitId", t.id as "matterId", t.deadline, ${wayColumns}
    from task t
    join (${ways}) w on w.person_id = t.responsible or w.person_id = t.directs or w.person_id = any(t.co_owners)
    where t.state in ('approved', 'in-progress') and t.claimed_on is null and t.deadline >= ${from} and t.deadline <= ${until}`.execute(
    db,
  );
  return rows;
}

export type Watch = { meetingsUntil: Date; tasksDay: Day };

/** Holds the installation's watch for the length of the transaction; null while another process has it. */
export async function takeWatch(tx: Tx, begin: Watch): Promise<Watch | null> {
  await sql`
    insert into reminder_watch (unit_id, meetings_until, tasks_day) values (0, ${begin.meetingsUntil}, ${begin.tasksDay})
    on conflict do nothing`.execute(tx);
  const { rows } = await sql<Watch>`
    select meetings_until as "meetingsUntil", tasks_day as "tasksDay" from reminder_watch where unit_id = 0 for update skip locked`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export async function saveWatch(tx: Tx, watch: Watch): Promise<void> {
  await sql`
    update reminder_watch set meetings_until = ${watch.meetingsUntil}, tasks_day = ${watch.tasksDay} where unit_id = 0`.execute(
    tx,
  );
}
