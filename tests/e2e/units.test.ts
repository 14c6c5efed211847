import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execute, type Services } from '@dinh/operations/kernel';
import { addMember, createSignIn, type SignIn } from '@dinh/operations/people';
import { createUnit } from '@dinh/operations/units';
import { testDatabase } from '@dinh/store/testing';
import { webHandler } from '@dinh/web/server';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIsFresh, buildWeb } from '../../apps/cli/src/serving/build.ts';
import { giveAccount, signedIn } from './signed-in.ts';
import { type Person, plantVillage, type Village } from './village.ts';

const axe = createRequire(import.meta.url)('axe-core') as { source: string };
const phone: BrowserContextOptions = { viewport: { width: 360, height: 640 }, locale: 'vi-VN' };
const system = { actor: { kind: 'system', label: 'cli' } } as const;

const database = await testDatabase();
const dataDirectory = await mkdtemp(path.join(tmpdir(), 'dinh-e2e-'));
const services: Services = { database, filesDirectory: dataDirectory };
const server = createServer();
const closing = new AbortController();
let browser: Browser;
let signIn: SignIn;
let base = '';
let place: Village;
let administrator: Person;

beforeAll(async () => {
  if (!(await buildIsFresh())) await buildWeb(closing.signal);
  signIn = await createSignIn(services, { dataDirectory });
  const api = async () => new Response(null, { status: 404 });
  const handler = await webHandler({ services: { services, signIn, api, closing: closing.signal } });
  server.on('request', (request, response) => handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = typeof address === 'object' && address ? `http://localhost:${address.port}` : '';
  place = await plantVillage(services);
  const unitId = place.nation;
  const member = { unitId, name: 'Người quản trị', post: 'administrator' } as const;
  administrator = { personId: (await execute(services, addMember, member, system)).personId, unitId, unit: '' };
  for (const person of [administrator, place.villages[0]]) await giveAccount(services, person);
  browser = await chromium.launch({
    executablePath: process.env.DINH_TEST_BROWSER ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});
afterAll(async () => {
  closing.abort();
  await browser?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function open(person: Person, options: BrowserContextOptions = phone): Promise<Page> {
  const context = await browser.newContext(options);
  const cookies = await signedIn(signIn, person);
  await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: base })));
  return context.newPage();
}

/** Sends the form of the page and waits until it says what came of it. */
async function send(page: Page, says: string): Promise<void> {
  await page.locator('main form[method=post] button.main').click();
  await page.getByText(says, { exact: false }).first().waitFor();
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as {
      axe: { run: (root: Document) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await loaded.run(document);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

describe('units', () => {
  test.each([
    ['with JavaScript', phone, 'Thôn Hạ'],
    ['before JavaScript', { ...phone, javaScriptEnabled: false }, 'Thôn Trung'],
  ])('an administrator founds, renames, merges and looks back, %s', async (_how, options, name) => {
    const page = await open(administrator, options);
    await page.goto(`${base}/units/${place.commune.unitId}/create`);
    await page.fill('[name=name]', name);
    await page.fill('[name=effective]', '2025-07-01');
    await send(page, 'chỉ có từ ngày');
    await page.fill('[name=effective]', '2025-09-01');
    await send(page, `Đã lập ${name}`);
    const id = new URL(page.url()).pathname.split('/')[2];

    await page.goto(`${base}/units/${id}/rename`);
    await page.fill('[name=name]', `${name} Mới`);
    await page.fill('[name=effective]', '2026-01-01');
    await page.fill('[name=note]', 'Nghị quyết 12');
    await send(page, 'Đã ghi thay đổi');

    await page.goto(`${base}/units/${id}?day=2025-12-31`);
    expect(await page.locator('h1').innerText()).toBe(name);
    await page.goto(`${base}/units/${id}/history`);
    expect(await page.locator('main ol').last().innerText()).toMatch(
      new RegExp(`Đổi thành ${name} Mới[^]*Nghị quyết 12[^]*tên ${name}`),
    );

    const { unitId } = await execute(
      services,
      createUnit,
      { parentId: place.commune.unitId, kind: 'village', name: `${name} Nhỏ`, effective: '2025-09-01' },
      system,
    );
    await page.goto(`${base}/units/${unitId}/merge`);
    await page.check(`[name=source][value="${id}"]`);
    await page.fill('[name=effective]', '2026-02-01');
    await send(page, 'Cần điền');
    expect(await page.isChecked(`[name=source][value="${id}"]`)).toBe(true);
    await page.fill('[name=name]', `${name} Hợp Nhất`);
    await send(page, 'Đã ghi việc sáp nhập');
    await page.goto(`${base}/units/${id}`);
    await page.getByText('không còn từ').waitFor();
    await page.getByRole('link', { name: `${name} Hợp Nhất` }).click();
    await page.getByText('sáp nhập vào').first().waitFor();
    await page.context().close();
  });

  test('are found without accents, and shown without what the reader may not do', async () => {
    const page = await open(place.villages[0]);
    // What is typed while the page's script still starts is another question than whether names are found.
    await page.goto(`${base}/units`, { waitUntil: 'networkidle' });
    await page.fill('[type=search]', 'thon dong');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=thon/);
    await page.locator('main li a', { hasText: 'Thôn Đông' }).first().click();
    await page.locator('h1', { hasText: 'Thôn Đông' }).waitFor();
    expect(await page.getByText('Giải thể').count()).toBe(0);
    const answer = await page.goto(`${base}/units/${place.commune.unitId}/dissolve`);
    expect(answer?.status()).toBe(403);
    await page.context().close();
  });

  test.each(['vi', 'ar'])('are readable by everybody and fit a phone, in %s', async (lang) => {
    const page = await open(administrator);
    const unit = `/units/${place.commune.unitId}`;
    for (const address of [
      '/units',
      '/units?q=thon',
      unit,
      `${unit}/history`,
      `${unit}/merge`,
      `${unit}/split`,
      `${unit}/move`,
    ]) {
      await page.goto(`${base}${address}${address.includes('?') ? '&' : '?'}lang=${lang}`);
      expect([address, await faults(page), await overflow(page)]).toEqual([address, [], 0]);
    }
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(lang === 'ar' ? 'rtl' : 'ltr');
    await page.context().close();
  });
});
