import { readCode } from '@dinh/domain/publications';
import { execute } from '@dinh/operations/kernel';
import { places } from '@dinh/operations/publications';
import { testDatabase } from '@dinh/store/testing';
import { Transformer } from '@napi-rs/image';
import jsqr from 'jsqr';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { desk, phone, type Stage, setStage } from './stage.ts';
import { type Person, plantVillage } from './village.ts';

const system = { actor: { kind: 'system', label: 'cli' } } as const;
const bare = { ...phone, javaScriptEnabled: false };

const database = await testDatabase();
let stage: Stage;
let head: Person;

beforeAll(async () => {
  stage = await setStage(database);
  const place = await plantVillage(stage.services);
  head = place.villages[0];
  await giveAccount(stage.services, head);
});
afterAll(() => stage?.close());

const coded = async () => (await execute(stage.services, places, { unitId: head.unitId }, system)).places;

/** Reads the QR code out of a picture of part of a page, as a phone does: from its dots alone. */
async function scanned(page: Page, selector: string, nth: number): Promise<string | undefined> {
  const picture = await page.locator(selector).nth(nth).screenshot();
  const points = await new Transformer(picture).rawPixels();
  const { width, height } = await new Transformer(picture).metadata();
  const size = points.length / (width * height);
  const dots = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at += 1)
    dots.set([points[at * size]!, points[at * size + 1]!, points[at * size + 2]!, 255], at * 4);
  return jsqr.default(dots, width, height)?.data;
}

describe('places and their codes', () => {
  test('the head of a village gives codes, before and after JavaScript, and everyone sees the page', async () => {
    const page = await stage.open(head, bare);
    await page.goto(`${stage.base}/units/${head.unitId}/places`);
    await page.getByRole('button', { name: 'Mở trang công khai của đơn vị' }).click();
    await page.getByText('Đã cấp 1 mã.').waitFor();
    await page.fill('[name=names]', 'Đường hoa\n\n  Đường làng  ');
    await page.getByRole('button', { name: 'Cấp mã' }).click();
    await page.getByText('Đã cấp 2 mã.').waitFor();
    expect((await coded()).map(({ name }) => name)).toEqual([head.unit, 'Đường hoa', 'Đường làng']);
    await page.selectOption('[name=kind]', 'family-group');
    await page.fill('[name=names]', 'Tổ '.repeat(60));
    await page.getByRole('button', { name: 'Cấp mã' }).click();
    await page.locator('main [id$=error]').waitFor();
    expect(await coded()).toHaveLength(3);

    const stranger = await stage.open(null, bare);
    const [own] = await coded();
    await stranger.goto(`${stage.base}/p/${own?.code}?lang=ar`);
    expect(await stranger.locator('h1').innerText()).toBe(head.unit);
    expect(await stranger.evaluate(() => document.documentElement.dir)).toBe('rtl');
    expect(await stranger.context().cookies()).toEqual([]);
    expect(await overflow(stranger)).toBe(0);
    await page.context().close();
    await stranger.context().close();
  });

  test('a printed sheet is scanned from its picture and leads to the page of its place', async () => {
    const page = await stage.open(head, desk);
    for (const size of ['sticker', 'plate', 'poster']) {
      await page.goto(`${stage.base}/units/${head.unitId}/places/sheet?which=all&size=${size}`);
      await page.emulateMedia({ media: 'print' });
      const all = await coded();
      expect(await page.locator('figure').count()).toBe(all.length);
      for (const [nth, { code, name }] of all.entries()) {
        const address = await scanned(page, 'figure', nth);
        expect(address).toBe(`${stage.base}/p/${code}`);
        expect(await page.locator('figure').nth(nth).innerText()).toContain(name);
      }
      await page.emulateMedia({ media: null });
    }
    const [, road] = await coded();
    const scan = await stage.open(null);
    await scan.goto(`${stage.base}/p/${road?.code}`);
    expect(await scan.locator('h1').innerText()).toBe(road?.name);
    expect(readCode(await scan.locator('header bdi').innerText())?.code).toBe(road?.code);
    await scan.context().close();
    // Four stickers stand beside each other on A4, and a sheet is a page.
    await page.goto(`${stage.base}/units/${head.unitId}/places/sheet?which=all&size=poster`);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(3);
    await page.getByRole('button', { name: 'Đã in và gắn xong' }).click();
    await page.getByText('Đã ghi 3 mã vào sổ tài sản.').waitFor();
    expect((await coded()).every(({ printedOn }) => printedOn !== null)).toBe(true);
    await page.goto(`${stage.base}/units/${head.unitId}/places`);
    await page.getByRole('button', { name: 'Mất hoặc hỏng' }).nth(1).click();
    await page.getByText('Cảm ơn, đã ghi.').waitFor();
    expect((await coded())[1]?.seen).toBe(false);
    expect(await faults(page)).toEqual([]);
    await page.context().close();
  });

  test('a paper is posted and taken down, and contacts show a number only with consent', async () => {
    const page = await stage.open(head, bare);
    const [own] = await coded();
    const seen = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      const stranger = await stage.open(null, bare);
      await stranger.goto(`${stage.base}/p/${own?.code}?lang=vi`);
      const text = await stranger.locator('main').innerText();
      await stranger.context().close();
      return text;
    };
    await page.goto(`${stage.base}/units/${head.unitId}/wall`);
    await page.fill('[name=title]', 'Công khai thu chi quý III');
    await page.fill('[name=staysUntil]', '2030-12-31');
    await page.setInputFiles('[name=file]', {
      name: 'a.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
    });
    await page.getByRole('button', { name: 'Niêm yết', exact: true }).click();
    await page.getByText('Đã niêm yết.').waitFor();
    expect(await seen()).toContain('Công khai thu chi quý III');
    await page.locator('[name=post]').first().fill('Trưởng ban giám sát');
    await page.locator('[name=phone]').first().fill('0912 000 000');
    await page.getByRole('button', { name: 'Lưu' }).click();
    await page.getByText('Chỉ đăng số điện thoại khi chủ số đồng ý.').waitFor();
    expect(await seen()).not.toContain('0912');
    await page.locator('summary', { hasText: 'Gỡ xuống' }).click();
    await page.locator('[name=reason]').fill('Số liệu sai');
    await page.getByRole('button', { name: 'Gỡ xuống' }).click();
    await page.getByText('Đã gỡ xuống.').waitFor();
    expect(await seen()).toContain('Lý do gỡ: Số liệu sai');
    await page.context().close();
  });

  test.each(['vi', 'en', 'ar'])('public pages are read by everyone, %s', async (language) => {
    for (const size of [phone, desk]) {
      const page = await stage.open(null, size);
      for (const { code } of await coded()) {
        await page.goto(`${stage.base}/p/${code}?lang=${language}`);
        expect(await faults(page)).toEqual([]);
        expect(await overflow(page)).toBe(0);
      }
      await page.goto(`${stage.base}/p/${'2'.repeat(8)}?lang=${language}`);
      expect(await faults(page)).toEqual([]);
      await page.context().close();
    }
  });

  test('a page with all it needs weighs at most 40 kB, its own bytes at most 15', async () => {
    const page = await stage.open(null);
    const client = await page.context().newCDPSession(page);
    await client.send('Network.enable');
    const weights = new Map<string, number>();
    const names = new Map<string, string>();
    client.on('Network.responseReceived', ({ requestId, response }) => names.set(requestId, response.url));
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      weights.set(names.get(requestId) ?? requestId, encodedDataLength);
    });
    const [own] = await coded();
    await page.goto(`${stage.base}/p/${own?.code}?lang=vi`, { waitUntil: 'networkidle' });
    const total = [...weights.values()].reduce((sum, each) => sum + each, 0);
    expect(weights.get(page.url())).toBeLessThan(15_000);
    expect(total).toBeLessThan(40_000);
    expect([...weights.keys()].some((address) => address.endsWith('.js'))).toBe(false);
    await page.context().close();
  });
});
