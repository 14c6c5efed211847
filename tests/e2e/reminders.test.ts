import { execute } from '@dinh/operations/kernel';
import { addDevice } from '@dinh/operations/reminders';
import { testDatabase } from '@dinh/store/testing';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { phone, type Stage, setStage } from './stage.ts';
import { type Person, plantVillage } from './village.ts';

const plain: BrowserContextOptions = { ...phone, javaScriptEnabled: false };
const database = await testDatabase();
let stage: Stage;
let person: Person;

beforeAll(async () => {
  vi.stubEnv('DINH_SMTP_URL', 'smtp://127.0.0.1:25');
  vi.stubEnv('DINH_MAIL_FROM', 'dinh@example.org');
  vi.stubEnv('DINH_ORIGIN', 'https://dinh.example.org');
  stage = await setStage(database);
  person = (await plantVillage(stage.services)).cell;
  await giveAccount(stage.services, person);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await stage?.close();
});

const own = async () =>
  (
    await database.query<{ secret: string | null; stop: string | null; address: string | null }>(
      'select mail_secret as secret, mail_stop as stop, mail_address as address from reminder_choice',
    )
  )[0];
const looksRight = async (page: Page) => {
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await faults(page)).toEqual([]);
};

describe('invitations and reminders on one’s account page', () => {
  test('before JavaScript: an address is given, confirmed by its link, and ended by one tap or by the mail program', async () => {
    const page = await stage.open(person, plain);
    await page.goto(`${stage.base}/account`);
    await page.click('a[href="/account/reminders"]');
    expect(await page.textContent('main')).toContain('Chưa máy nào nhận thông báo');
    expect(await page.textContent('noscript')).toContain('JavaScript');
    await page.fill('[name=address]', 'khong@dung');
    await page.click('form[action="?/mail"] button');
    expect(await page.locator('.error').textContent()).toContain('thư điện tử chưa đúng');
    expect(await page.inputValue('[name=address]')).toBe('khong@dung');
    await page.fill('[name=address]', 'so.3@example.org');
    await page.click('form[action="?/mail"] button');
    expect(await page.textContent('main')).toContain('chờ xác nhận');

    const reader = await stage.open(null, plain);
    const { secret } = (await own()) ?? {};
    const unit = person.unitId;
    await reader.goto(`${stage.base}/mail/${unit}/${secret}/confirm`);
    await reader.click('main form button');
    expect(await reader.textContent('main')).toContain('Đã xác nhận');
    await reader.goto(`${stage.base}/mail/${unit}/${secret}/confirm`);
    expect(await reader.textContent('h1')).toContain('hết tác dụng');

    await page.goto(`${stage.base}/account/reminders`);
    expect(await page.textContent('main')).toContain('đang nhận');
    await page.fill('[name=from]', '20:00');
    await page.fill('[name=until]', '07:00');
    await page.selectOption('[name=language]', 'en');
    await page.click('form[action="?/hours"] button');
    expect(await page.inputValue('[name=from]')).toBe('20:00');
    expect(await page.inputValue('[name=language]')).toBe('en');

    // A mail program ends it by itself; from another site's page it cannot be done.
    const { stop } = (await own()) ?? {};
    const address = `${stage.base}/mail/${unit}/${stop}/stop`;
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    const foreign = await fetch(address, { method: 'POST', body, headers: { origin: 'https://example.org' } });
    expect(foreign.status).toBe(403);
    expect((await own())?.address).toBe('so.3@example.org');
    expect((await fetch(address, { method: 'POST', body })).status).toBe(200);
    expect((await fetch(address, { method: 'POST', body })).status).toBe(410);
    expect((await own())?.address).toBeNull();
    await reader.goto(address);
    expect(await reader.textContent('h1')).toContain('hết tác dụng');
  });

  test.each(['vi', 'ar'])(
    'with all that can be on it, it fits a small phone and reads well in %s',
    async (language) => {
      const device = {
        p256dh: `B${'A'.repeat(86)}`,
        auth: 'A'.repeat(22),
        endpoint: `https://push.example.org/${language}`,
      };
      const input = { unitId: person.unitId, device, label: 'Chrome · Android', language: 'vi' as const };
      await execute(stage.services, addDevice, input, { actor: { kind: 'person', personId: person.personId } });
      const page = await stage.open(person);
      await page.goto(`${stage.base}/account/reminders?lang=${language}`);
      await page.fill('[name=address]', `so.${language}@example.org`);
      await page.click('form[action="?/mail"] button');
      await page.waitForSelector('form[action="?/stop-mail"]');
      await looksRight(page);
      if (process.env.DINH_TEST_LOOKS)
        await page.screenshot({ path: `${process.env.DINH_TEST_LOOKS}/reminders-${language}.png`, fullPage: true });
      await page.click('form[action="?/stop"] button');
      await page.waitForSelector('.saved');
      expect(await page.locator('form[action="?/stop"]').count()).toBe(0);
      expect(await database.query('select 1 from reminder_device')).toEqual([]);
      await page.goto(`${stage.base}/mail/${person.unitId}/nothing/stop?lang=${language}`);
      await looksRight(page);
    },
  );

  test('without a mail server the page says so', async () => {
    vi.stubEnv('DINH_SMTP_URL', '');
    const page = await stage.open(person, plain);
    await page.goto(`${stage.base}/account/reminders?lang=en`);
    expect(await page.textContent('main')).toContain('E-mail is not set up here');
    expect(await page.locator('[name=address]').count()).toBe(0);
    vi.stubEnv('DINH_SMTP_URL', 'smtp://127.0.0.1:25');
  });

  test('what comes to a device is shown, once, in its language', async () => {
    const page = await stage.open(person);
    const context = page.context();
    await context.grantPermissions(['notifications'], { origin: stage.base });
    await page.goto(`${stage.base}/account/reminders`);
    await page.locator('main button', { hasText: 'Bật trên máy này' }).waitFor();
    // Nothing is registered before it is asked for.
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    const session = await context.newCDPSession(page);
    const registered = new Promise<string>((resolve) =>
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        if (registrations[0]) resolve(registrations[0].registrationId);
      }),
    );
    await session.send('ServiceWorker.enable');
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/service-worker.js', { scope: '/' });
      await navigator.serviceWorker.ready;
    });
    const registrationId = await registered;
    const told = { title: 'دعوة: اجتماع', body: 'القاعة', path: '/units/3', tag: 'one', lang: 'ar', dir: 'rtl' };
    for (let times = 0; times < 2; times += 1) {
      const data = JSON.stringify(told);
      await session.send('ServiceWorker.deliverPushMessage', { origin: `${stage.base}/`, registrationId, data });
    }
    const shown = () =>
      page.evaluate(async () => {
        const notifications = await (await navigator.serviceWorker.ready).getNotifications();
        return notifications.map(({ title, body, lang, dir }) => ({ title, body, lang, dir }));
      });
    await vi.waitFor(async () => expect(await shown()).toHaveLength(1), { timeout: 5000 });
    expect(await shown()).toEqual([{ title: 'دعوة: اجتماع', body: 'القاعة', lang: 'ar', dir: 'rtl' }]);
  });
});
