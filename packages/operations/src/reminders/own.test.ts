import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { execute } from '../kernel/public.ts';
import { transfer } from '../people/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import { addDevice, askMail, readOwn, removeDevice, setHours, stopAll, stopMail } from './public.ts';
import { another, at, furnishVillage, VILLAGE } from './test-reached.ts';

const village = await furnishVillage();
const { on, database } = village;
const now = on(at('2026-11-10 09:00'));
const mine = (personId: string) => execute(now, readOwn, {}, as(personId));
const phone = (path = '1') => ({
  endpoint: `https://push.example.org/${path}`,
  p256dh: Buffer.concat([Buffer.of(4), randomBytes(64)]).toString('base64url'),
  auth: randomBytes(16).toString('base64url'),
});
const told = (more: object = {}) => ({
  unitId: VILLAGE,
  device: phone(),
  label: 'Chrome',
  language: 'vi' as const,
  ...more,
});

beforeEach(async () => {
  await database.query('truncate reminder, reminder_event, reminder_choice, reminder_device');
});

test('nobody is reached who has not chosen to be', async () => {
  expect(await mine(who.member)).toEqual({
    mailSetUp: true,
    language: null,
    quiet: { from: '21:30', until: '06:30' },
    mail: null,
    mailTrouble: null,
    devices: [],
  });
});

test('one may be reached by several devices; the same one twice is one; somebody else on it has it alone', async () => {
  const device = phone();
  const first = await execute(now, addDevice, told({ device }), as(who.member));
  const again = await execute(now, addDevice, told({ device }), as(who.member));
  await execute(now, addDevice, told({ device: phone('2') }), as(who.member));
  expect(again.id).toBe(first.id);
  expect((await mine(who.member)).devices).toHaveLength(2);
  await execute(now, addDevice, told({ device }), as(another));
  expect((await mine(who.member)).devices).toHaveLength(1);
  expect((await mine(another)).devices).toHaveLength(1);
});

test('one’s own only: another’s device, another’s unit, nobody signed in', async () => {
  const { id } = await execute(now, addDevice, told(), as(another));
  const remove = { unitId: VILLAGE, deviceId: id };
  expect(await refusalOf(execute(now, removeDevice, remove, as(who.member)))).toBe('reminders.device-unknown');
  expect(await refusalOf(execute(now, addDevice, told({ unitId: 4 }), as(who.member)))).toBe('access.denied');
  expect(await refusalOf(execute(now, stopAll, { unitId: VILLAGE }, { actor: { kind: 'anonymous' } }))).toBe(
    'access.sign-in',
  );
  expect(await refusalOf(execute(now, readOwn, {}, { actor: { kind: 'anonymous' } }))).toBe('access.sign-in');
  expect((await mine(another)).devices).toHaveLength(1);
});

test.each([
  ['no address', { ...phone(), endpoint: '' }],
  ['an address without TLS', { ...phone(), endpoint: 'http://push.example.org/1' }],
  ['an address of endless length', { ...phone(), endpoint: `https://push.example.org/${'a'.repeat(2000)}` }],
  ['no key', { ...phone(), p256dh: '' }],
  ['a key of another length', { ...phone(), auth: 'abc' }],
])('a device with %s is refused', async (_what, device) => {
  expect(await refusalOf(execute(now, addDevice, told({ device }), as(who.member)))).toBe('input.invalid');
});

test('more devices than a person has are refused', async () => {
  for (let count = 1; count <= 10; count += 1)
    await execute(now, addDevice, told({ device: phone(String(count)) }), as(who.member));
  expect(await refusalOf(execute(now, addDevice, told({ device: phone('11') }), as(who.member)))).toBe(
    'reminders.too-many-devices',
  );
});

test('nobody can have strangers written to again and again', async () => {
  const ask = (count: number, personId = who.member as string, when = now) =>
    refusalOf(
      execute(when, askMail, { unitId: VILLAGE, address: `s${count}@example.org`, language: 'en' }, as(personId)),
    );
  const at9 = (minute: number) => on(at(`2026-11-10 09:0${minute}`));
  for (let count = 1; count <= 5; count += 1) expect(await ask(count, who.member, at9(count))).toBe('accepted');
  expect(await ask(6, who.member, at9(6))).toBe('reminders.too-often');
  expect(await ask(6, another)).toBe('accepted');
  expect(await ask(6, who.member, on(at('2026-11-11 10:00')))).toBe('accepted');
});

test.each(['', 'a', 'a@b', 'a@example.org\nBcc: b@example.org', 'a@example.org b@example.org'])(
  '%j is refused as an address',
  async (address) => {
    const input = { unitId: VILLAGE, address, language: 'en' as const };
    expect(await refusalOf(execute(now, askMail, input, as(who.member)))).toBe('input.invalid');
  },
);

test('hours are hours', async () => {
  const set = (from: string, until: string) =>
    refusalOf(execute(now, setHours, { unitId: VILLAGE, language: 'ar', from, until }, as(who.member)));
  expect(await set('24:00', '06:00')).toBe('input.invalid');
  expect(await set('9 pm', '06:00')).toBe('input.invalid');
  expect(await set('20:00', '07:15')).toBe('accepted');
  expect(await mine(who.member)).toMatchObject({ language: 'ar', quiet: { from: '20:00', until: '07:15' } });
  // A new device leaves the hours as they are.
  await execute(now, addDevice, told(), as(who.member));
  expect(await mine(who.member)).toMatchObject({ language: 'vi', quiet: { from: '20:00', until: '07:15' } });
});

test('what one chose goes along to another unit, and links out of old mail go on working', async () => {
  await village.address(another);
  await execute(now, addDevice, told(), as(another));
  const [before] = await database.query<{ stop: string }>('select mail_stop as stop from reminder_choice');
  const system = { actor: { kind: 'system', label: 'cli' } } as const;
  await execute(now, transfer, { unitId: VILLAGE, personId: another, toUnitId: 4 }, system);
  expect(await mine(another)).toMatchObject({ mail: { confirmed: true }, devices: [{ label: 'Chrome' }] });
  const link = { unitId: VILLAGE, secret: before?.stop ?? '' };
  expect(await refusalOf(execute(now, stopMail, link, { actor: { kind: 'anonymous' } }))).toBe('accepted');
  expect(await mine(another)).toMatchObject({ mail: null });
});
