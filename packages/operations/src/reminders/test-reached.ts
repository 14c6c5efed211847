import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Database, openDatabase } from '@dinh/store/connection';
import { testDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, vi } from 'vitest';
import { execute, type Services } from '../kernel/public.ts';
import { call, plan } from '../meetings/public.ts';
import { register } from '../tasks/public.ts';
import { as, plant, who } from '../testing/public.ts';
import { addDevice, askMail, confirmMail, setHours } from './public.ts';
import { opened, openPostOffice } from './test-post-office.ts';
import { openPushService } from './test-push-service.ts';
import { openSenders, remindAt } from './worker.ts';

export const VILLAGE = 3;
export const ORIGIN = 'https://dinh.example.org';
export const another = '00000000-0000-7000-8000-000000000034';

/** A moment by the installation's clock (seven hours ahead of UTC, without summer time). */
export const at = (local: string): Date => new Date(`${local.replace(' ', 'T')}:00+07:00`);

/**
 * A village with a secretary and two members, a mail server and a push service on this machine, and hands on the clock: `now` is the
 * moment at which something is done or sent.
 */
export async function furnishVillage() {
  const database = await testDatabase();
  const office = await openPostOffice();
  const service = await openPushService();
  vi.stubEnv('DINH_SMTP_URL', office.url);
  vi.stubEnv('DINH_MAIL_FROM', 'Đình <dinh@example.org>');
  vi.stubEnv('DINH_ORIGIN', `${ORIGIN}/`);
  const mail = { url: office.url, from: 'Đình <dinh@example.org>', origin: ORIGIN };
  const outgoing = { mail, push: { contact: 'mailto:dinh@example.org', ownNetwork: { ca: service.ca } } };
  const senders = openSenders(outgoing);
  afterAll(async () => {
    senders.close();
    vi.unstubAllEnvs();
    await office.close();
    await service.close();
  });
  await plant(database, []);
  await database.query(`insert into person (unit_id, id, name) values (3, $1, 'another')`, [another]);
  await database.query(
    `insert into post values (3, gen_random_uuid(), $1, 'member-official', '2020-01-01', '9999-12-31')`,
    [another],
  );
  const filesDirectory = mkdtempSync(path.join(tmpdir(), 'dinh-reminders-'));
  const on = (now: Date): Services => ({ database, filesDirectory, clock: () => now });
  /** One turn of the background work at a moment, of a process of its own when a database is given. */
  const turn = (now: Date, own: Database = database) => remindAt(own, senders, now);

  /** Somebody lets a new device of theirs take messages. */
  async function device(personId: string, language: 'vi' | 'en' | 'ar' = 'en', now = at('2026-11-01 09:00')) {
    const subscribed = await service.subscribe();
    const input = { unitId: VILLAGE, device: subscribed.told, label: 'Chrome · Android', language };
    const { id } = await execute(on(now), addDevice, input, as(personId));
    return { ...subscribed, id };
  }
  /** Somebody gives an address, and follows the link that comes to it. */
  async function address(personId: string, language: 'vi' | 'en' | 'ar' = 'en', now = at('2026-11-01 09:00')) {
    const own = `p${personId.slice(-3)}@example.org`;
    await execute(on(now), askMail, { unitId: VILLAGE, address: own, language }, as(personId));
    await turn(now);
    const question = office.posted.splice(0).find(({ to }) => to.includes(own));
    const secret = question && /\/mail\/3\/([\w-]+)\/confirm/.exec(opened(question).text)?.[1];
    await execute(on(now), confirmMail, { unitId: VILLAGE, secret: secret ?? '' }, { actor: { kind: 'anonymous' } });
    return own;
  }
  const hours = (personId: string, from: string, until: string, language: 'vi' | 'en' | 'ar' = 'en') =>
    execute(on(at('2026-11-01 09:00')), setHours, { unitId: VILLAGE, language, from, until }, as(personId));

  async function meeting(more: object = {}, planned = at('2026-11-10 09:00')) {
    const meetingId = uuidv7();
    const evening = { kind: 'regular' as const, on: '2026-11-20', at: '19:30', place: 'the hall', minutes: 90 };
    const input = { unitId: VILLAGE, meetingId, ...evening, ...more };
    await execute(on(planned), plan, input, as(who.secretary));
    return { unitId: VILLAGE, meetingId };
  }
  async function called(more: object = {}, now = at('2026-11-10 09:00')) {
    const key = await meeting(more, now);
    await execute(on(now), call, key, as(who.secretary));
    return key;
  }
  async function task(more: object = {}, now = at('2026-11-10 09:00')) {
    const given = { title: 'mend the road', responsible: who.member, deadline: '2026-11-20' };
    const input = { unitId: VILLAGE, id: uuidv7(), ...given, ...more };
    await execute(on(now), register, input, as(who.secretary));
    return { unitId: VILLAGE, id: input.id };
  }
  /** A process of its own: its own connections. */
  const process = () => {
    const own = openDatabase({ url: database.url, connections: 4 });
    afterAll(() => own.close());
    return own;
  };
  return { database, office, on, turn, device, address, hours, meeting, called, task, process, outgoing };
}

/** What a device was told, in the order in which it came. */
export const titles = ({ pushed }: { pushed: { content: Record<string, string> }[] }) =>
  pushed.map(({ content }) => content.title);
