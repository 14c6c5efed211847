import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { periodStart } from '@dinh/domain/kernel';
import { execute, type Services } from '@dinh/operations/kernel';
import { createSignIn, type SignIn } from '@dinh/operations/people';
import { accept, returnSheet, startGatherer, submit, verify } from '@dinh/operations/programmes';
import { testDatabase } from '@dinh/store/testing';
import { webHandler } from '@dinh/web/server';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIsFresh, buildWeb } from '../../apps/cli/src/serving/build.ts';
import { giveAccount, signedIn } from './signed-in.ts';
import { everything, MODEL, type Person, plantVillage, type Village } from './village.ts';

const axe = createRequire(import.meta.url)('axe-core') as { source: string };
const phone: BrowserContextOptions = { viewport: { width: 360, height: 640 }, locale: 'vi-VN' };
const desk: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'vi-VN' };

const database = await testDatabase();
const dataDirectory = await mkdtemp(path.join(tmpdir(), 'dinh-e2e-'));
const services: Services = { database, filesDirectory: dataDirectory };
const server = createServer();
const closing = new AbortController();
const gatherer = startGatherer(services, (error) => console.error(error));
let browser: Browser;
let signIn: SignIn;
let base = '';
let place: Village;

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
  for (const person of [place.province, place.commune, place.villages[0]]) await giveAccount(services, person);
  browser = await chromium.launch({
    executablePath: process.env.DINH_TEST_BROWSER ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});
afterAll(async () => {
  closing.abort();
  await browser?.close();
  await gatherer.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function open(person: Person, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  const cookies = await signedIn(signIn, person);
  await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: base })));
  return context.newPage();
}

const overviewOf = (unitId: number, more = '') =>
  `${base}/units/${unitId}/overview?programme=${MODEL}&period=${place.period}${more}`;
const figure = (page: Page, label: string) => page.locator('.stat', { hasText: label });
const as = ({ personId }: Person) => ({ actor: { kind: 'person' as const, personId } });

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

describe('the overview', () => {
  test('moves within two seconds of a submission and of an acceptance, without a reload', async () => {
    const page = await open(place.province, desk);
    await page.goto(overviewOf(place.nation));
    expect(await figure(page, 'Đã tự đánh giá').innerText()).toContain('2 / 3 phiếu');
    expect(await figure(page, 'Cấp trên đã xác nhận').innerText()).toContain('còn 2 phiếu chờ');
    await page.evaluate(() => Reflect.set(globalThis, 'sameDocument', true));
    // The stream must be open before anything happens, as it is for somebody who looks.
    await page.waitForTimeout(1200);

    const within = async (text: string, since: number) => {
      await page.locator('.stat', { hasText: text }).waitFor({ timeout: 2000 });
      expect(performance.now() - since).toBeLessThan(2000);
    };
    const [, second, third] = place.villages;
    const key = { unitId: second.unitId, programme: MODEL, period: place.period };
    const vote = { present: 42, for: 40, against: 0, abstain: 2 };
    await execute(services, returnSheet, { ...key, reason: 'một tiêu chí cần xem lại' }, as(place.commune));
    await within('1 / 3 phiếu', performance.now());
    await execute(services, submit, { ...key, vote }, as(second));
    await within('2 / 3 phiếu', performance.now());
    const verdicts = Object.fromEntries(Object.keys(everything).map((id) => [id, { verdict: 'accepted' as const }]));
    for (const [village, left] of [
      [second, 'còn 1 phiếu chờ'],
      [third, 'không còn phiếu chờ'],
    ] as const) {
      const sheet = { ...key, unitId: village.unitId };
      await execute(services, verify, { ...sheet, verdicts }, as(place.commune));
      await execute(services, accept, sheet, as(place.commune));
      await within(left, performance.now());
    }
    expect(await page.evaluate(() => Reflect.get(globalThis, 'sameDocument'))).toBe(true);
    await page.context().close();
  });

  test('leads from the nation to the criterion of a village’s sheet in five steps', async () => {
    const page = await open(place.province, desk);
    await page.goto(`${base}/overview`);
    expect(new URL(page.url()).pathname).toBe(`/units/${place.province.unitId}/overview`);
    await page.goto(overviewOf(place.nation));
    await page.getByRole('link', { name: 'Tỉnh Sông Xanh' }).first().click();
    await page.locator('#parts').getByRole('link', { name: 'Xã Đồng Sen' }).click();
    await page.locator('h1').waitFor();
    await page.locator('#parts th').getByRole('link', { name: 'Thôn Đoài' }).click();
    await page.getByRole('heading', { name: 'Phiếu của chính đơn vị' }).waitFor();
    await page.locator('#parts').getByRole('link', { name: 'Đường giao thông' }).click();
    await page.waitForURL(`**/units/${place.villages[1].unitId}/programmes/${MODEL}/${place.period}#c-roads`);
    await page.locator('article#c-roads').waitFor();
    await page.context().close();
  });

  test('a figure opens the units it counts; without JavaScript too', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await open(place.province, { ...phone, javaScriptEnabled });
      await page.goto(overviewOf(place.province.unitId));
      await page.locator('#parts td').filter({ hasText: 'Vệ sinh môi trường' }).getByRole('link').click();
      await page.waitForURL(/#behind$/);
      const list = page.locator('#behind');
      await list.getByRole('link', { name: 'Thôn Đoài' }).waitFor();
      expect(await list.innerText()).toContain('1 trên 2 mục đạt');
      expect(await list.getByRole('link', { name: 'Thôn Nam' }).count()).toBe(0);
      await page.context().close();
    }
  });

  test('shows everybody the figures, and the sheets behind them only to those above', async () => {
    const page = await open(place.villages[0], phone);
    await page.goto(overviewOf(place.province.unitId));
    await figure(page, 'Đã tự đánh giá').waitFor();
    expect(await page.getByRole('link', { name: 'Xuất XLSX' }).count()).toBe(0);
    await page.goto(overviewOf(place.province.unitId, '&which=sent'));
    await page.locator('#behind [role=alert], #behind .notice, #behind').first().waitFor();
    expect(await page.locator('#behind').innerText()).not.toContain('Thôn Đoài');
    const answer = await page.request.get(
      `${base}/units/${place.province.unitId}/overview/export.csv?programme=${MODEL}&period=${place.period}`,
    );
    expect(answer.status()).toBe(403);
    const stranger = await fetch(`${base}/units/${place.nation}/overview/live`);
    expect(stranger.status).toBe(401);
    await page.context().close();
  });

  test('comes as files and as a page to print', async () => {
    const page = await open(place.province, desk);
    await page.goto(overviewOf(place.province.unitId));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Xuất XLSX' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`dinh-${MODEL}-${place.period}-${place.province.unitId}.xlsx`);
    const csv = await page.request.get(
      `${base}/units/${place.province.unitId}/overview/export.csv?programme=${MODEL}&period=${place.period}&table=sheets`,
    );
    expect((await csv.text()).split('\r\n').filter(Boolean)).toHaveLength(4);
    await page.getByRole('link', { name: 'Bản in' }).click();
    await page.getByRole('heading', { name: /^Báo cáo/ }).waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').first().isVisible()).toBe(false);
    expect(await page.getByText('(ký, ghi rõ họ tên)').first().isVisible()).toBe(true);
    await page.context().close();
  });

  test.each(['vi', 'en', 'ar'])('is whole, accessible and no wider than a phone in %s', async (language) => {
    const page = await open(place.province, phone);
    for (const address of [
      overviewOf(place.province.unitId, '&of=&criterion=roads&which=met'),
      overviewOf(place.villages[1].unitId),
      overviewOf(place.nation, `&asOf=${periodStart(place.period)}&sort=gap`),
      overviewOf(place.commune.unitId).replace('/overview', '/report'),
    ]) {
      const answer = await page.goto(`${address}&lang=${language}`);
      expect(answer?.status()).toBe(200);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      expect(await faults(page)).toEqual([]);
    }
    await page.context().close();
  });
});
