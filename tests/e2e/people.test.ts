import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Services } from '@dinh/operations/kernel';
import { createSignIn } from '@dinh/operations/people';
import { testDatabase } from '@dinh/store/testing';
import { webHandler } from '@dinh/web/server';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIsFresh, buildWeb } from '../../apps/cli/src/serving/build.ts';

const phone: BrowserContextOptions = { viewport: { width: 360, height: 640 }, locale: 'vi-VN' };
const plain: BrowserContextOptions = { ...phone, javaScriptEnabled: false };
const password = 'mái đình cong cong';

const database = await testDatabase();
const dataDirectory = await mkdtemp(path.join(tmpdir(), 'dinh-e2e-'));
const services: Services = { database, filesDirectory: dataDirectory };
const server = createServer();
const closing = new AbortController();
let browser: Browser;
let base = '';

beforeAll(async () => {
  if (!(await buildIsFresh())) await buildWeb(closing.signal);
  const signIn = await createSignIn(services, { dataDirectory });
  const api = async () => new Response(null, { status: 404 });
  const handler = await webHandler({ services: { services, signIn, api } });
  server.on('request', (request, response) => handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = typeof address === 'object' && address ? `http://localhost:${address.port}` : '';
  browser = await chromium.launch({
    executablePath: process.env.DINH_TEST_BROWSER ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});
afterAll(async () => {
  await browser?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const open = async (options: BrowserContextOptions): Promise<Page> => (await browser.newContext(options)).newPage();
const main = (page: Page) => page.locator('form button.main');

/** What WCAG 2.2 AA finds wrong with the page. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  return page.evaluate(async (tags) => {
    const { axe: loaded } = globalThis as unknown as {
      axe: {
        run: (root: Document, options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await loaded.run(document, { runOnly: tags });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }, rules);
}

/** Nothing is wider than the screen. */
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

async function enter(page: Page, name: string, secret = password): Promise<void> {
  await page.goto(`${base}/sign-in`);
  await page.fill('[name=name]', name);
  await page.fill('[name=password]', secret);
  await main(page).click();
}

let link = '';
let unit = '';

describe('people, from the first visit on', () => {
  test('before JavaScript: set up, add a member, invite, accept, sign out and in', async () => {
    const page = await open(plain);
    await page.goto(base);
    expect(new URL(page.url()).pathname).toBe('/set-up');
    await page.fill('[name=unitName]', 'Xã Sơn Hà');
    await page.fill('[name=name]', 'Lê Thị Quản');
    await page.fill('[name=signInName]', 'quan.tri');
    await page.fill('[name=password]', '12345678');
    await main(page).click();
    expect(await page.locator('.error').textContent()).toContain('quá dễ đoán');
    expect(await page.inputValue('[name=unitName]')).toBe('Xã Sơn Hà');
    await page.fill('[name=password]', password);
    await main(page).click();
    await page.goto(`${base}/people`);
    unit = new URL(page.url()).pathname;
    await page.goto(`${base}${unit}/add`);
    await page.fill('[name=name]', 'Nguyễn Văn Sáu');
    await page.selectOption('select[name=post]', 'secretary');
    await main(page).click();
    await page.click('form[action="?/invite"] button');
    link = await page.inputValue('input[readonly]');
    expect(link).toMatch(new RegExp(`^${base}/join/1-[\\w-]{43}$`));

    const other = await open(plain);
    await other.goto(link);
    await other.fill('[name=name]', '0912 345 678');
    await other.fill('[name=password]', password);
    await main(other).click();
    await other.goto(`${base}/account`);
    await other.locator('form[action="/sign-out"] button').first().click();
    expect(other.url()).toContain('/sign-in?out');
    await other.goto(`${base}/people`);
    expect(new URL(other.url()).pathname).toBe('/sign-in');
    await enter(other, '0912345678');
    await other.goto(`${base}/account`);
    expect(await other.locator('main').textContent()).toContain('Nguyễn Văn Sáu');
  });

  test('a passkey is added, signs in, and is dead with everything else once the account is recovered', async () => {
    const page = await open(phone);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const options = {
      protocol: 'ctap2' as const,
      transport: 'internal' as const,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    };
    await cdp.send('WebAuthn.addVirtualAuthenticator', { options });
    await enter(page, '0912345678');
    await page.waitForURL(`${base}/`);
    await page.goto(`${base}/account`);
    await page.getByRole('button', { name: 'Thêm khóa trên máy này' }).click();
    await page.locator('form[action="?/remove-passkey"]').waitFor();
    await page.locator('form[action="/sign-out"] button').first().click();
    await page.getByRole('button', { name: 'Dùng khóa đăng nhập' }).click();
    await page.waitForURL(`${base}/`);

    const administrator = await open(phone);
    await enter(administrator, 'quan.tri');
    await administrator.waitForURL(`${base}/`);
    await administrator.goto(`${base}${unit}`);
    await administrator.getByText('Nguyễn Văn Sáu').click();
    await administrator.getByText('Khôi phục tài khoản').first().click();
    await administrator.locator('form[action="?/recover"] button').click();
    await administrator.locator('input[readonly]').waitFor();
    await page.goto(`${base}/account`);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.getByRole('button', { name: 'Dùng khóa đăng nhập' }).click();
    await page.getByText('Khóa đăng nhập chưa được chấp nhận.').waitFor();
    await page.goto(link);
    expect(await page.locator('main').textContent()).toContain('Lời mời này đã được dùng rồi');
  });

  test.each(['vi', 'ar'])('pages are readable for everybody and fit a phone, in %s', async (language) => {
    const page = await open(phone);
    const seen: [string, string[], number][] = [];
    const look = async (address: string) => {
      await page.goto(`${base}${address}?lang=${language}`);
      expect(await page.evaluate(() => document.documentElement.dir)).toBe(language === 'ar' ? 'rtl' : 'ltr');
      seen.push([address, await faults(page), await overflow(page)]);
    };
    await look('/sign-in');
    await enter(page, 'quan.tri');
    await page.waitForURL(`${base}/`);
    await page.goto(`${base}${unit}`);
    const person = (await page.locator('main ul a').first().getAttribute('href')) ?? '';
    for (const address of ['/more', '/account', '/account/tokens', unit, `${unit}/add`, `${unit}/import`, person])
      await look(address);
    expect(seen).toEqual(seen.map(([address]) => [address, [], 0]));
  });
});
