import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { desk, phone, type Stage, setStage } from './stage.ts';
import { plantVillage, type Village } from './village.ts';

const database = await testDatabase();
let stage: Stage;
let place: Village;
let here: string;

beforeAll(async () => {
  stage = await setStage(database);
  place = await plantVillage(stage.services);
  for (const person of [place.villages[0], place.commune]) await giveAccount(stage.services, person);
  here = `${stage.base}/units/${place.villages[0].unitId}/works`;
});
afterAll(() => stage?.close());

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const looksRight = async (page: Page) => {
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await faults(page)).toEqual([]);
};

test('a work goes from its kind to done before JavaScript, and a slip is explained where it was typed', async () => {
  const page = await stage.open(place.villages[0], { ...phone, javaScriptEnabled: false });
  await page.goto(here);
  await page.getByText('Chưa có công trình nào').waitFor();
  await page.getByRole('link', { name: 'Thêm công trình' }).click();
  await page.getByRole('link', { name: 'Mở rộng đường' }).click();
  await page.locator('[name=title]').fill('Đường trục thôn');
  await page.locator('[name="part.length"]').fill('-5');
  await page.locator('[name=starts]').fill(day(-40));
  await page.locator('[name=due]').fill(day(20));
  await page.getByRole('button', { name: 'Thêm công trình' }).click();
  await page.getByText('Khối lượng chưa đúng: từ 0 đến 100000').waitFor();
  expect(await page.locator('[name=title]').inputValue()).toBe('Đường trục thôn');
  await page.locator('[name="part.length"]').fill('1200,5');
  await page.locator('[name="part.width"]').fill('5');
  await page.getByRole('button', { name: 'Thêm công trình' }).click();
  await page.waitForURL(/\/works\/[0-9a-f-]{36}/);
  await page.locator('[name=on]').first().fill(day(-30));
  await page.getByRole('button', { name: 'Bắt đầu làm' }).click();
  await page.getByText('Đã chuyển trạng thái.').waitFor();
  await page.locator('[name="part.length"]').first().fill('800,25');
  await page.locator('[name=on]').first().fill(day(-10));
  await page.getByRole('button', { name: 'Lưu' }).first().click();
  await page.getByText('Đã ghi khối lượng.').waitFor();
  expect(await page.getByText('800,25').first().isVisible()).toBe(true);
  await page.close();
});

test('with photos and money, in both directions of writing', async () => {
  const page = await stage.open(place.villages[0], desk);
  await page.goto(here);
  await page.getByRole('link', { name: 'Xem công trình' }).click();
  await page.waitForURL(/\/works\/[0-9a-f-]{36}/);
  await looksRight(page);
  await page.getByText('Ghi khoản vốn').first().click();
  await page.locator('[name=amount]').fill('250.000.000');
  await page.getByRole('button', { name: 'Ghi khoản vốn' }).click();
  await page.getByText('Đã ghi khoản vốn.').waitFor();
  expect(await page.locator('main').innerText()).toContain('250.000.000');
  const address = page.url().replace(/\?.*/, '');
  for (const language of ['ar', 'en']) {
    await page.goto(`${address}?lang=${language}`);
    await looksRight(page);
  }
  await page.close();
});

test('a figure is there for the commune at once: by kind, by month, by village, and as a file', async () => {
  const page = await stage.open(place.commune, phone);
  const totals = `${stage.base}/units/${place.commune.unitId}/works/totals`;
  await page.goto(totals);
  await page.getByRole('link', { name: /Mở rộng đường, Chiều dài/ }).click();
  await page.waitForURL(/item=done\.road-widened\.length/);
  await looksRight(page);
  const main = (await page.locator('main').innerText()).replaceAll('\u00a0', ' ');
  expect(main).toContain('800,25 m');
  expect(main).toMatch(/Nhiều nhất tháng \d+: 800,25/);
  await page.getByRole('link', { name: place.villages[0].unit }).click();
  await page.waitForURL(new RegExp(`/units/${place.villages[0].unitId}/works/totals`));
  await page.goto(`${totals}?lang=ar`);
  await looksRight(page);
  const file = await page.request.get(`${totals}/${new Date().getFullYear()}.csv?lang=en`);
  expect(file.headers()['content-type']).toBe('text/csv; charset=utf-8');
  expect(await file.text()).toContain('Road widened,Length,m,0,800.25');
  await page.close();
});
