import { transaction } from '@dinh/store/connection';
import { claimReminders } from '@dinh/store/reminders';
import { beforeEach, expect, test, vi } from 'vitest';
import { execute } from '../kernel/public.ts';
import { cancel } from '../meetings/public.ts';
import { eraseMember } from '../people/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import { askMail, confirmMail, readLink, readOwn, removeMail, stopMail } from './public.ts';
import { tell } from './tell.ts';
import { opened } from './test-post-office.ts';
import { another, at, furnishVillage, ORIGIN, titles, VILLAGE } from './test-reached.ts';
import { openSenders, remindAt, startReminders } from './worker.ts';

const village = await furnishVillage();
const { turn, on, office, database } = village;
const NAME = 'Regular meeting, November 2026';
const anybody = { actor: { kind: 'anonymous' as const } };

const rows = () =>
  database.query<{ state: string; code: string | null; tries: number }>('select state, code, tries from reminder');

beforeEach(async () => {
  await database.query(
    'truncate reminder, reminder_event, reminder_choice, reminder_device, reminder_watch, meeting, task',
  );
  office.posted.length = 0;
  office.office.busy = false;
  await turn(at('2026-11-01 08:00'));
});

test('an address is asked whether it is theirs, in words that tell nobody anything; nothing else before the answer', async () => {
  const asked = at('2026-11-10 22:00');
  await execute(on(asked), askMail, { unitId: VILLAGE, address: ' a.b@example.org ', language: 'vi' }, as(who.member));
  await village.called({}, at('2026-11-10 22:00'));
  // Also in quiet hours: somebody waits for it.
  await turn(at('2026-11-10 22:01'));
  await turn(at('2026-11-11 07:00'));
  expect(office.posted.map(({ to }) => to)).toEqual([['a.b@example.org']]);
  const letter = opened(office.posted[0] ?? { to: [], from: '', raw: '' });
  const secret = /\/mail\/3\/([\w-]+)\/confirm/.exec(letter.text)?.[1] ?? '';
  expect(letter.text).toContain(`${ORIGIN}/mail/3/${secret}/confirm`);
  expect(letter.html).toContain('<html lang="vi" dir="ltr">');
  expect(office.posted[0]?.raw).not.toMatch(/somebody|unit 3/);
  const seen = await execute(on(asked), readOwn, {}, as(who.member));
  expect(seen).toMatchObject({ mailSetUp: true, mail: { address: 'a.b@example.org', confirmed: false } });
  const link = { unitId: VILLAGE, secret };
  // Opening the link confirms nothing.
  expect(await execute(on(asked), readLink, { ...link, does: 'confirm' }, anybody)).toEqual({ holds: true });
  expect(await refusalOf(execute(on(at('2026-11-13 22:01')), confirmMail, link, anybody))).toBe('reminders.link-ended');
  expect(await refusalOf(execute(on(at('2026-11-11 08:00')), confirmMail, link, anybody))).toBe('accepted');
  expect(await refusalOf(execute(on(at('2026-11-11 08:00')), confirmMail, link, anybody))).toBe('reminders.link-ended');
  expect(await execute(on(asked), readLink, { ...link, does: 'confirm' }, anybody)).toEqual({ holds: false });
});

test('a letter: its words, its id, and the link that ends all letters without signing in', async () => {
  const address = await village.address(another, 'ar');
  const key = await village.called({ title: 'A <b>new</b>\r\nBcc: x@example.org' });
  await turn(at('2026-11-10 09:01'));
  const [posted] = office.posted;
  expect(posted).toMatchObject({ to: [address], from: 'dinh@example.org' });
  const letter = opened(posted ?? { to: [], from: '', raw: '' });
  expect(letter.header('bcc')).toBeNull();
  expect(letter.header('auto-submitted')).toBe('auto-generated');
  expect(letter.header('message-id')).toMatch(/^<[\w-]{32}@example\.org>$/);
  expect(letter.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  const [, stop = ''] =
    /^<https:\/\/dinh\.example\.org\/mail\/3\/([\w-]+)\/stop>$/.exec(letter.header('list-unsubscribe') ?? '') ?? [];
  expect(letter.html).toContain('<html lang="ar" dir="rtl">');
  expect(letter.html).toContain('A &lt;b&gt;new&lt;/b&gt;');
  expect(letter.text).toContain(`${ORIGIN}/units/3/meetings/${key.meetingId}`);
  const now = on(at('2026-11-11 09:00'));
  const link = { unitId: VILLAGE, secret: stop };
  expect(await execute(now, readLink, { ...link, does: 'stop' }, anybody)).toEqual({ holds: true });
  expect(await refusalOf(execute(now, stopMail, link, anybody))).toBe('accepted');
  expect(await refusalOf(execute(now, stopMail, link, anybody))).toBe('reminders.link-ended');
  await turn(at('2026-11-19 19:31'));
  expect(office.posted).toHaveLength(1);
  expect(await database.query('select 1 from reminder_choice where mail_address is not null')).toEqual([]);
});

test('two processes at once, and one after them: one message each', async () => {
  await village.address(who.member);
  const devices = [await village.device(who.member), await village.device(another)];
  await village.called();
  const others = [village.process(), village.process()];
  await Promise.all(others.flatMap((own) => [turn(at('2026-11-10 09:01'), own), turn(at('2026-11-10 09:01'), own)]));
  await turn(at('2026-11-10 10:00'));
  await Promise.all(others.map((own) => turn(at('2026-11-19 19:31'), own)));
  expect(office.posted).toHaveLength(2);
  for (const device of devices) expect(titles(device)).toEqual([`Invitation: ${NAME}`, `Reminder: ${NAME}`]);
});

test('a process that died in the middle: another one takes over after a while, with the same id', async () => {
  const member = await village.device(who.member);
  await village.called({}, at('2026-11-10 22:00'));
  await turn(at('2026-11-10 22:01'));
  const dead = await transaction(database, {}, (tx) =>
    claimReminders(tx, at('2026-11-11 07:00'), at('2026-11-11 07:05'), 10),
  );
  expect(dead).toHaveLength(1);
  await turn(at('2026-11-11 07:04'));
  expect(member.pushed).toEqual([]);
  await turn(at('2026-11-11 07:05'));
  expect(member.pushed).toHaveLength(1);
});

test('a mail server that is busy is tried again, with pauses that grow', async () => {
  await village.address(who.member);
  await village.called();
  office.office.busy = true;
  for (const moment of ['09:01', '09:02', '09:03', '09:07', '09:08']) await turn(at(`2026-11-10 ${moment}`));
  expect((await rows()).filter(({ code }) => code)).toEqual([{ state: 'waiting', code: 'mail-unreachable', tries: 3 }]);
  office.office.busy = false;
  await turn(at('2026-11-10 09:38'));
  expect(office.posted).toHaveLength(1);
  expect((await rows()).map(({ state }) => state)).toEqual(['sent', 'sent']);
});

test('a mail server that never answers is given up at last; the page says so', async () => {
  await village.address(who.member);
  await village.called();
  office.office.busy = true;
  for (let hour = 9; hour < 23; hour += 1) await turn(at(`2026-11-10 ${String(hour).padStart(2, '0')}:59`));
  await turn(at('2026-11-11 12:00'));
  expect((await rows()).filter(({ code }) => code)).toEqual([{ state: 'failed', code: 'mail-unreachable', tries: 6 }]);
  const { mailTrouble } = await execute(on(at('2026-11-11 13:00')), readOwn, {}, as(who.member));
  expect(mailTrouble).toMatchObject({ code: 'mail-unreachable' });
});

test('an address nobody has is not tried again', async () => {
  await execute(
    on(at('2026-11-10 09:00')),
    askMail,
    { unitId: VILLAGE, address: 'nobody@example.org', language: 'en' },
    as(who.member),
  );
  await turn(at('2026-11-10 09:01'));
  await turn(at('2026-11-10 12:01'));
  expect(await rows()).toEqual([{ state: 'failed', code: 'mail-refused', tries: 1 }]);
});

test.each([404, 410])('a device whose push service answers %s is forgotten; the others are told', async (status) => {
  const [gone, here] = [await village.device(who.member), await village.device(who.member)];
  gone.answer(status);
  await village.called();
  await turn(at('2026-11-10 09:01'));
  expect(here.pushed).toHaveLength(1);
  const { devices } = await execute(on(at('2026-11-10 09:02')), readOwn, {}, as(who.member));
  expect(devices.map(({ id }) => id)).toEqual([here.id]);
  expect((await rows()).map(({ state, code }) => code ?? state).toSorted()).toEqual(['push-gone', 'sent']);
});

test('a push service that is down is tried again, and not once the meeting has begun', async () => {
  const member = await village.device(who.member);
  member.answer(503, 429);
  const key = await village.called();
  for (const moment of ['09:01', '09:02', '09:07']) await turn(at(`2026-11-10 ${moment}`));
  expect(member.pushed).toHaveLength(1);
  member.answer(503, 503, 503, 503, 503);
  for (const moment of ['17:30', '17:31', '17:36', '18:06', '20:06']) await turn(at(`2026-11-20 ${moment}`));
  await execute(on(at('2026-11-20 21:00')), cancel, { ...key, reason: 'nobody came' }, as(who.secretary));
  await turn(at('2026-11-20 21:02'));
  expect(member.pushed).toHaveLength(1);
});

test('Đình does not knock inside its own network for a member', async () => {
  const inside = await village.device(who.member);
  await village.called();
  const senders = openSenders({ mail: null, push: { contact: 'mailto:dinh@example.org' } });
  await remindAt(database, senders, at('2026-11-10 09:01'));
  expect(inside.pushed).toEqual([]);
  expect(await rows()).toEqual([{ state: 'failed', code: 'push-forbidden', tries: 1 }]);
  const { devices } = await execute(on(at('2026-11-10 09:02')), readOwn, {}, as(who.member));
  expect(devices).toEqual([]);
});

test('without a mail server nobody can ask for mail, and what waits says why', async () => {
  await village.address(who.member);
  await village.called();
  const senders = openSenders({ mail: null, push: { contact: 'mailto:dinh@example.org' } });
  await remindAt(database, senders, at('2026-11-10 09:01'));
  expect((await rows()).filter(({ code }) => code)).toEqual([{ state: 'waiting', code: 'mail-not-set-up', tries: 1 }]);
  vi.stubEnv('DINH_SMTP_URL', '');
  const now = on(at('2026-11-10 10:00'));
  const input = { unitId: VILLAGE, address: 'a@example.org', language: 'en' as const };
  expect(await refusalOf(execute(now, askMail, input, as(who.member)))).toBe('reminders.mail-not-set-up');
  expect(await execute(now, readOwn, {}, as(who.member))).toMatchObject({ mailSetUp: false });
  vi.stubEnv('DINH_SMTP_URL', village.outgoing.mail.url);
});

test('a document for signature is told to those who sign it and have not', async () => {
  const [secretary, member] = [await village.device(who.secretary), await village.device(who.member)];
  const other = await village.device(another);
  const { meetingId } = await village.called({ chair: who.member, recorder: another }, at('2026-11-20 22:00'));
  const [document] = await database.query<{ id: string }>(
    `insert into document (unit_id, id, type, meeting_id, subject, language, state, written_at, written_by, content, digest)
     values (3, gen_random_uuid(), 'minutes', $1, '', 'vi', 'approved', now(), '', '{}', repeat('a', 64)) returning id`,
    [meetingId],
  );
  const matterId = document?.id ?? '';
  await database.query(
    `insert into document_signature (unit_id, document_id, role, person_id, name, how, digest, at)
     values (3, $1, 'recorder', $2, 'another', 'typed', repeat('a', 64), now())`,
    [matterId, another],
  );
  const now = at('2026-11-21 09:00');
  const context = {
    actor: { kind: 'person' as const, personId: who.secretary },
    now,
    today: '2026-11-21',
    commandId: '',
  };
  await transaction(database, {}, (tx) =>
    tell({ ...context, tx, filesDirectory: '' }, { kind: 'document-sign', unitId: VILLAGE, matterId }),
  );
  await turn(at('2026-11-21 09:01'));
  expect(titles(member).filter((title) => title?.startsWith('For you'))).toEqual(['For you to sign: minutes']);
  expect(member.pushed.at(-1)?.content.path).toBe(`/units/3/documents/${matterId}`);
  expect(titles(other).filter((title) => title?.startsWith('For you'))).toEqual([]);
  expect(titles(secretary)).toEqual([]);
});

test('erased with the person: no address, no key, nothing that waits, and none in the journal', async () => {
  const address = await village.address(another);
  const device = await village.device(another);
  await village.called({}, at('2026-11-10 22:00'));
  await turn(at('2026-11-10 22:01'));
  await execute(on(at('2026-11-10 22:05')), removeMail, { unitId: VILLAGE }, as(who.member));
  const [dump] = await database.query<{ text: string }>(
    `select (select string_agg(a::text, ' ') from command_answer a) || (select string_agg(j::text, ' ') from journal j) as text`,
  );
  for (const own of [address, device.told.endpoint, device.told.auth]) expect(dump?.text).not.toContain(own);
  await execute(on(at('2026-11-10 22:10')), eraseMember, { unitId: VILLAGE, personId: another }, as(who.secretary));
  const [left] = await database.query(
    `select (select count(*)::int from reminder_choice where person_id = $1) as choices,
      (select count(*)::int from reminder_device where person_id = $1) as devices,
      (select count(*)::int from reminder where person_id = $1) as messages`,
    [another],
  );
  expect(left).toEqual({ choices: 0, devices: 0, messages: 0 });
  await turn(at('2026-11-11 07:00'));
  expect([device.pushed.length, office.posted.length]).toEqual([0, 0]);
});

test('in the background while the server runs', async () => {
  const member = await village.device(who.member);
  await village.called();
  const failures: unknown[] = [];
  const services = on(at('2026-11-10 09:01'));
  const running = startReminders(services, (error) => failures.push(error), village.outgoing);
  await vi.waitFor(() => expect(titles(member)).toEqual([`Invitation: ${NAME}`]), { timeout: 5000 });
  await running.stop();
  expect(failures).toEqual([]);
});
