import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** Which message: a person, a matter, a moment of it, one way. */
export type ReminderKey = {
  unitId: number;
  personId: string;
  kind: string;
  matterId: string;
  about: string;
  channel: string;
};
export type NewReminder = ReminderKey & { dueAt: Date };
export type ClaimedReminder = ReminderKey & { dueAt: Date; tries: number };

/** Adds messages; one that is there already, sent or not, is not added again. @returns how many were new */
export async function insertReminders(tx: Tx, reminders: readonly NewReminder[]): Promise<number> {
  if (reminders.length === 0) return 0;
  const { rows } = await sql<{ added: number }>`
    with added as (
      insert into reminder (unit_id, person_id, kind, matter_id, about, channel, due_at)
      select r."unitId", r."personId", r.kind, r."matterId", r.about, r.channel, r."dueAt"
      from jsonb_to_recordset(${JSON.stringify(reminders)}::jsonb) as r ("unitId" integer, "personId" uuid, kind text, "matterId" uuid,
        about text, channel text, "dueAt" timestamptz)
      on conflict do nothing returning 1
    ) select count(*)::integer as added from added`.execute(tx);
  return rows[0]!.added;
}

/** Whether anything is to be worked through or sent: one quick look. */
export async function remindersDue(db: Reader, now: Date): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select exists (select from reminder_event where due_at <= ${now}) or exists (select from reminder where state = 'waiting'
      and due_at <= ${now} and (claimed_until is null or claimed_until <= ${now})) as due`.execute(db);
  return rows[0]!.due;
}

/** Takes messages whose time has come, for a while: a process that dies lets them go when it is over. */
export async function claimReminders(tx: Tx, now: Date, until: Date, atOnce: number): Promise<ClaimedReminder[]> {
  const { rows } = await sql<ClaimedReminder>`
    update reminder r set claimed_until = ${until}, tries = r.tries + 1 from (
      select unit_id, person_id, kind, matter_id, about, channel from reminder
      where state = 'waiting' and due_at <= ${now} and (claimed_until is null or claimed_until <= ${now})
      order by due_at limit ${atOnce} for update skip locked
    ) t
    where (r.unit_id, r.person_id, r.kind, r.matter_id, r.about, r.channel)
      = (t.unit_id, t.person_id, t.kind, t.matter_id, t.about, t.channel)
    returning r.unit_id as "unitId", r.person_id as "personId", r.kind, r.matter_id as "matterId", r.about, r.channel,
      r.due_at as "dueAt", r.tries`.execute(tx);
  return rows;
}

const of = (key: ReminderKey) => sql`
  unit_id = ${key.unitId} and person_id = ${key.personId} and kind = ${key.kind} and matter_id = ${key.matterId}
  and about = ${key.about} and channel = ${key.channel} and state = 'waiting'`;

/** Ends a message: it was sent, it lost its sense, or it is given up for a reason. */
export async function endReminder(
  tx: Tx,
  key: ReminderKey,
  state: 'sent' | 'moot' | 'failed',
  code: string | null,
  at: Date,
): Promise<void> {
  await sql`
    update reminder set state = ${state}, code = ${code}, ended_at = ${at}, claimed_until = null where ${of(key)}`.execute(
    tx,
  );
}

/** Puts a message off; `code` says why. */
export async function putOff(tx: Tx, key: ReminderKey, code: string, until: Date): Promise<void> {
  await sql`update reminder set code = ${code}, due_at = ${until}, claimed_until = null where ${of(key)}`.execute(tx);
}

/** Forgets messages that ended before a moment: their moments cannot come again. */
export async function forgetEnded(tx: Tx, before: Date): Promise<void> {
  await sql`delete from reminder where ended_at < ${before}`.execute(tx);
}

export type QueueReport = {
  waiting: number;
  /** Waiting and not once tried although their time has come more than an hour ago. */
  late: number;
  failed: number;
  /** Given up, by reason. */
  reasons: { code: string; count: number }[];
};

/** How many messages wait, and how many were given up since a moment. Nothing in it leads to anybody. */
export async function measureQueue(db: Reader, now: Date, since: Date): Promise<QueueReport> {
  const hourAgo = new Date(now.getTime() - 3_600_000);
  const { rows } = await sql<QueueReport>`
    with failed as (
      select coalesce(code, '') as code, count(*)::integer as count from reminder where state = 'failed' and ended_at > ${since} group by 1
    )
    select (select count(*)::integer from reminder where state = 'waiting') as waiting,
      (select count(*)::integer from reminder where state = 'waiting' and due_at < ${hourAgo} and tries = 0) as late,
      (select coalesce(sum(count), 0)::integer from failed) as failed,
      (select coalesce(json_agg(json_build_object('code', code, 'count', count) order by count desc, code), '[]') from failed) as reasons`.execute(
    db,
  );
  return rows[0]!;
}
