import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type Language = 'vi' | 'en' | 'ar';

/** How a person lets Đình reach them. */
export type Reach = {
  unitId: number;
  language: Language;
  quietFrom: string;
  quietUntil: string;
  mail: { address: string; askedAt: Date; confirmedAt: Date | null; secret: string | null; stop: string } | null;
};

export type Device = { id: string; endpoint: string; p256dh: string; auth: string; label: string; addedAt: Date };

const reachColumns = sql`
  unit_id as "unitId", language, to_char(quiet_from, 'HH24:MI') as "quietFrom", to_char(quiet_until, 'HH24:MI') as "quietUntil",
  mail_address as address, mail_asked_at as "askedAt", mail_confirmed_at as "confirmedAt", mail_secret as secret, mail_stop as stop`;

type Row = Omit<Reach, 'mail'> & {
  address: string | null;
  askedAt: Date;
  confirmedAt: Date | null;
  secret: string | null;
  stop: string;
};

export async function readReach(db: Reader, personId: string): Promise<Reach | null> {
  const { rows } = await sql<Row>`
    select ${reachColumns} from reminder_choice where person_id = ${personId}`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const { address, askedAt, confirmedAt, secret, stop, ...rest } = row;
  return { ...rest, mail: address === null ? null : { address, askedAt, confirmedAt, secret, stop } };
}

export async function readDevices(db: Reader, personId: string): Promise<Device[]> {
  const { rows } = await sql<Device>`
    select id, endpoint, p256dh, auth, label, added_at as "addedAt" from reminder_device
    where person_id = ${personId} order by added_at, id`.execute(db);
  return rows;
}

/** Language and quiet hours; what is left out stays as it is, or is `usual` for somebody who never chose. */
export async function saveChoice(
  tx: Tx,
  who: { unitId: number; personId: string },
  choice: { language: Language; quiet?: { from: string; until: string } | undefined },
  usual: { from: string; until: string },
  at: Date,
): Promise<void> {
  const { from, until } = choice.quiet ?? usual;
  await sql`
    insert into reminder_choice (unit_id, person_id, language, quiet_from, quiet_until, changed_at)
    values (${who.unitId}, ${who.personId}, ${choice.language}, ${from}::time, ${until}::time, ${at})
    on conflict (unit_id, person_id) do update set language = excluded.language, changed_at = excluded.changed_at,
      quiet_from = case when ${choice.quiet !== undefined} then excluded.quiet_from else reminder_choice.quiet_from end,
      quiet_until = case when ${choice.quiet !== undefined} then excluded.quiet_until else reminder_choice.quiet_until end`.execute(
    tx,
  );
}

/** Puts an address that nobody has confirmed yet in the place of whatever was there. */
export async function askMail(
  tx: Tx,
  who: { unitId: number; personId: string },
  mail: { address: string; secret: string; stop: string; at: Date },
): Promise<void> {
  await sql`
    update reminder_choice set mail_address = ${mail.address}, mail_asked_at = ${mail.at}, mail_secret = ${mail.secret},
      mail_stop = ${mail.stop}, mail_confirmed_at = null, changed_at = ${mail.at}
    where unit_id = ${who.unitId} and person_id = ${who.personId}`.execute(tx);
}

/** Confirms the address whose link carries the secret and was made after `since`. @returns whether there was one */
export async function confirmMail(tx: Tx, secret: string, at: Date, since: Date): Promise<boolean> {
  const { rows } = await sql`
    update reminder_choice set mail_confirmed_at = ${at}, mail_secret = null, changed_at = ${at}
    where mail_secret = ${secret} and mail_asked_at > ${since} returning person_id`.execute(tx);
  return rows.length > 0;
}

const withoutMail = sql`mail_address = null, mail_asked_at = null, mail_secret = null, mail_confirmed_at = null, mail_stop = null`;

/** Ends mail for whom a link was made; they may belong to another unit by now. @returns whether there was somebody */
export async function stopMail(tx: Tx, stop: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update reminder_choice set ${withoutMail}, changed_at = ${at}
    where mail_stop = ${stop} returning person_id`.execute(tx);
  return rows.length > 0;
}

/** Whether a link still does something: one that confirms (made after `since`), or one that ends. */
export async function linkHolds(
  db: Reader,
  link: { secret: string; since: Date } | { stop: string },
): Promise<boolean> {
  const holds =
    'stop' in link
      ? sql`mail_stop = ${link.stop}`
      : sql`mail_secret = ${link.secret} and mail_asked_at > ${link.since}`;
  const { rows } = await sql`select from reminder_choice where ${holds}`.execute(db);
  return rows.length > 0;
}

export async function removeMail(tx: Tx, personId: string, at: Date): Promise<void> {
  await sql`update reminder_choice set ${withoutMail}, changed_at = ${at} where person_id = ${personId}`.execute(tx);
}

/** Adds a device. It is one person's at a time: whoever had it on before, signed in on the same browser, no longer has. */
export async function addDevice(
  tx: Tx,
  who: { unitId: number; personId: string },
  device: Device,
): Promise<{ id: string }> {
  await sql`
    delete from reminder_device where md5(endpoint) = md5(${device.endpoint}) and endpoint = ${device.endpoint}`.execute(
    tx,
  );
  await sql`
    insert into reminder_device (unit_id, person_id, id, endpoint, p256dh, auth, label, added_at)
    values (${who.unitId}, ${who.personId}, ${device.id}, ${device.endpoint}, ${device.p256dh}, ${device.auth}, ${device.label},
      ${device.addedAt})`.execute(tx);
  return { id: device.id };
}

/** Removes one device of a person, or all (`deviceId` null). @returns how many */
export async function removeDevices(tx: Tx, personId: string, deviceId: string | null): Promise<number> {
  const { rows } = await sql`
    delete from reminder_device where person_id = ${personId} and (${deviceId}::uuid is null or id = ${deviceId}::uuid)
    returning id`.execute(tx);
  return rows.length;
}

/** How many confirmation mails a person asked for since a moment. */
export async function countAsked(db: Reader, personId: string, since: Date): Promise<number> {
  const { rows } = await sql<{ asked: number }>`
    select count(distinct about)::integer as asked from reminder
    where person_id = ${personId} and kind = 'mail-confirm' and due_at > ${since}`.execute(db);
  return rows[0]!.asked;
}

/** The last message of each channel that was given up, where nothing has arrived since. */
export async function readTroubles(
  db: Reader,
  personId: string,
): Promise<{ channel: string; code: string; at: Date }[]> {
  const { rows } = await sql<{ channel: string; code: string; at: Date; state: string }>`
    select distinct on (channel) channel, code, ended_at as at, state from reminder
    where person_id = ${personId} and state in ('sent', 'failed') order by channel, ended_at desc`.execute(db);
  return rows.filter(({ state }) => state === 'failed').map(({ channel, code, at }) => ({ channel, code, at }));
}
