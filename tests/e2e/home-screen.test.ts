import { testDatabase } from '@dinh/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { phone, type Stage, setStage } from './stage.ts';
import { type Person, plantVillage } from './village.ts';

const database = await testDatabase();
let stage: Stage;
let person: Person;

beforeAll(async () => {
  stage = await setStage(database);
  person = (await plantVillage(stage.services)).cell;
  await giveAccount(stage.services, person);
});
afterAll(() => stage?.close());

const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';
const names = { vi: 'Đình', en: 'Đình', ar: 'دينه' };
type Manifest = {
  name: string;
  dir: string;
  display: string;
  start_url: string;
  icons: { src: string; sizes: string; type: string; purpose: string }[];
};

/** Width and height as a PNG says them itself. */
function sizeOf(png: Buffer): string {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

test.each(['vi', 'en', 'ar'] as const)('Đình goes on a home screen under its name, in %s', async (language) => {
  const page = await stage.open(person);
  await page.goto(`${stage.base}/?lang=${language}`);
  const cdp = await page.context().newCDPSession(page);
  const { url, errors, data } = await cdp.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(new URL(url).pathname).toBe(`/manifest/${language}.webmanifest`);
  const manifest = JSON.parse(data ?? '{}') as Manifest;
  expect(manifest).toMatchObject({ name: names[language], display: 'standalone' });
  expect(manifest.dir).toBe(language === 'ar' ? 'rtl' : 'ltr');
  expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  for (const { src, sizes, type } of manifest.icons) {
    const answer = await page.request.get(`${stage.base}${src}`);
    expect([src, answer.status(), answer.headers()['content-type']]).toEqual([src, 200, type]);
    if (type === 'image/png') expect(sizeOf(await answer.body())).toBe(sizes);
  }
  const touch = await page.getAttribute('link[rel="apple-touch-icon"]', 'href');
  expect(sizeOf(await (await page.request.get(new URL(touch ?? '', page.url()).href)).body())).toBe('180x180');
  // It begins where a signed-in person is told what waits.
  await page.goto(`${stage.base}${manifest.start_url}`);
  expect(new URL(page.url()).pathname).toBe('/');
  expect(await page.locator('nav [aria-current="page"]').first().getAttribute('href')).toBe('/');
  // Browsers ask without cookies; another language than ours is no page.
  expect((await fetch(`${stage.base}/manifest/${language}.webmanifest`)).status).toBe(200);
  expect((await fetch(`${stage.base}/manifest/xx.webmanifest`)).status).toBe(404);
});

test('an iPhone without Đình on its home screen is told what to do, in the reader’s language', async () => {
  const page = await stage.open(person, { ...phone, userAgent: iPhone });
  const told = { vi: 'Thêm vào Màn hình chính', en: 'Add to Home Screen', ar: 'إضافة إلى الشاشة الرئيسية' };
  for (const [language, words] of Object.entries(told)) {
    await page.goto(`${stage.base}/account/reminders?lang=${language}`);
    await page.getByText(words).waitFor();
    expect(await page.getByRole('button', { name: 'Bật trên máy này' }).count()).toBe(0);
    expect(await faults(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  }
  // Any other phone is offered to turn them on.
  const other = await stage.open(person);
  await other.goto(`${stage.base}/account/reminders?lang=vi`);
  await other.getByRole('button', { name: 'Bật trên máy này' }).waitFor();
  expect(await other.getByText(told.vi).count()).toBe(0);
});
