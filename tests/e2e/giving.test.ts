import { addDays, dayOf } from '@dinh/domain/kernel';
import { execute } from '@dinh/operations/kernel';
import { addMember } from '@dinh/operations/people';
import { testDatabase } from '@dinh/store/testing';
import { Transformer } from '@napi-rs/image';
import jsqr from 'jsqr';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { desk, phone, type Stage, setStage } from './stage.ts';
import { type Person, plantVillage } from './village.ts';

// From what the people decided to what everyone sees on the wall: the drive, the gifts, what they became, and the code that leads there.
const database = await testDatabase();
const today = dayOf(new Date());
const CONCLUSION = 'Mở rộng đường ngõ 3 lên 5 mét, bà con tự nguyện góp.';
let stage: Stage;
let head: Person;
let base = '';
let drive = '';
let work = '';
let code = '';

/** A photo as a phone makes it: on its side, and with the place where it was taken. */
async function photo(name: string) {
  const points = Buffer.alloc(900 * 600 * 4, 0x7f);
  const jpeg = await Transformer.fromRgbaPixels(points, 900, 600).jpeg(80);
  const tiff = Buffer.alloc(90);
  tiff.write('II*\0\b\0\0\0', 'latin1');
  tiff.writeUInt16LE(1, 8);
  tiff.write('\x12\x01\x03\0\x01\0\0\0\x06\0', 10, 'latin1');
  tiff.write('SECRET-PLACE-18.34N', 40, 'latin1');
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const mark = Buffer.of(0xff, 0xe1, 0, body.length + 2);
  const buffer = Buffer.concat([jpeg.subarray(0, 2), mark, body, jpeg.subarray(2)]);
  return { name, mimeType: 'image/jpeg', buffer };
}

beforeAll(async () => {
  stage = await setStage(database);
  [head] = (await plantVillage(stage.services)).villages;
  const { unitId } = head;
  for (const name of ['Thủ quỹ thôn', 'Giám sát số 1', 'Giám sát số 2']) {
    const input = { unitId, name, post: 'member-official' as const, from: '2025-08-01' };
    await execute(stage.services, addMember, input, { actor: { kind: 'system', label: 'cli' } });
  }
  await giveAccount(stage.services, head);
  base = `${stage.base}/units/${unitId}`;
});
afterAll(() => stage?.close());

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const seen = (page: Page, text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 40_000 });
const whole = async (page: Page) => expect([await faults(page), await overflow(page)]).toEqual([[], 0]);

describe('from a decision to the wall', () => {
  test('the village meets and concludes', async () => {
    const page = await stage.open(head);
    await page.goto(`${base}/meetings`);
    await page.locator('#plan [name=on]').fill(today);
    await page.locator('#plan [name=at]').fill('00:05');
    await page.locator('#plan [name=place]').fill('Nhà văn hóa thôn');
    await page.getByRole('button', { name: 'Lập lịch', exact: true }).click();
    await page.waitForURL(/\/meetings\/[0-9a-f-]{36}/);
    const meeting = page.url().replace(/[?#].*$/, '');
    await page.goto(`${meeting}/room`);
    await press(page, 'Khai mạc cuộc họp');
    await press(page, 'Tất cả có mặt');
    await page.locator('#conclusions form').last().locator('[name=text]').fill(CONCLUSION);
    await press(page, 'Ghi kết luận');
    await page.locator('#conclusions li', { hasText: CONCLUSION }).waitFor();
    await press(page, 'Kết thúc cuộc họp');
    await seen(page, 'Cuộc họp đã kết thúc');
    await page.goto(`${base}/drives/new`);
    expect(await page.locator('[name=decision]').innerText()).toContain('Mở rộng đường ngõ 3 lên 5 mét');
  });

  test('a drive rests on that conclusion; what is asked follows what is chosen, before any script', async () => {
    const page = await stage.open(head);
    await page.goto(`${base}/drives/new`);
    await page.locator('[name=way][value=paper]').check();
    await page.locator('[name=issuer]').waitFor({ state: 'visible' });
    expect(await page.locator('[name=decision]').isVisible()).toBe(false);
    await page.locator('[name=way][value=meeting]').check();
    expect(await page.locator('[name=issuer]').isVisible()).toBe(false);
    await page.locator('[name=title]').fill('Mở rộng đường ngõ 3');
    await page.locator('[name=purpose]').fill('Mở đường ngõ 3 rộng 5 mét.');
    await page.locator('[name=rule]').fill('Mỗi khoản chi có chứng từ.');
    await page.locator('[name=to]').fill(addDays(today, 60));
    await page.locator('[name=target]').fill('50.000.000');
    await page.locator('[name=treasurer]').selectOption({ label: 'Thủ quỹ thôn' });
    await page.getByLabel('Thủ quỹ thôn', { exact: true }).last().check();
    await press(page, 'Mở đợt vận động');
    await seen(page, 'Thủ quỹ không được ở trong ban giám sát.');
    await page.getByLabel('Thủ quỹ thôn', { exact: true }).last().uncheck();
    await page.getByLabel('Giám sát số 1').check();
    await page.getByLabel('Giám sát số 2').check();
    await whole(page);
    await press(page, 'Mở đợt vận động');
    await page.waitForURL(/\/drives\/[0-9a-f-]{36}$/);
    drive = page.url();
    await seen(page, CONCLUSION);
  });

  test('promises and gifts go in, each of its kind', async () => {
    const page = await stage.open(head);
    await page.goto(drive);
    const form = page.locator('form[action="?/receive"]');
    await form.locator('[name=kind][value=labour]').check();
    await seen(page, 'Số ngày công');
    await form.locator('[name=quantity]').fill('2,5');
    await form.locator('[name=giverName]').fill('Hộ số 1');
    await press(page, 'Ghi phiếu thu');
    await seen(page, 'Đã ghi phiếu thu số 1.');
    await form.locator('[name=kind][value=land]').check();
    await form.locator('[name=quantity]').fill('42');
    await form.locator('[name=giverName]').fill('Hộ số 2');
    await form.locator('[name=parcel]').fill('tờ 4, thửa 112');
    await press(page, 'Ghi phiếu thu');
    await seen(page, 'Đã ghi phiếu thu số 2.');
    await page.getByText('Ghi lời đăng ký').first().click();
    const offer = page.locator('form[action="?/pledge"]');
    await offer.locator('[name=quantity]').fill('3.000.000');
    await offer.locator('[name=giverName]').fill('Hộ số 3');
    await offer.getByRole('button').click();
    await seen(page, 'Đã ghi lời đăng ký.');
    await whole(page);
  });

  test('a paper list goes in by the keyboard alone, and not before it meets the paper', async () => {
    const page = await stage.open(head, desk);
    await page.goto(`${drive}/list`);
    await page.locator('[name=file]').setInputFiles(await photo('danh-sach.jpg'));
    await page.locator('[name=total]').fill('1.500.000');
    await page.locator('[name=rowName]').first().focus();
    for (let number = 4; number <= 8; number += 1) {
      await page.keyboard.type(`Hộ số ${number}`);
      await page.keyboard.press('Enter');
      await page.keyboard.type(number === 8 ? '200000' : '300000');
      await page.keyboard.press('Enter');
    }
    await seen(page, 'Lệch so với giấy: 100.000');
    await press(page, 'Lưu cả danh sách');
    await seen(page, 'Các dòng cộng lại là 1.400.000, nhưng trên giấy ghi 1.500.000.');
    expect(await page.locator('[name=rowName]').first().inputValue()).toBe('Hộ số 4');
    await page.locator('[name=rowQuantity]').nth(4).fill('300000');
    await seen(page, 'Khớp với giấy');
    if ((await page.locator('[name=file]').inputValue()) === '')
      await page.locator('[name=file]').setInputFiles(await photo('danh-sach.jpg'));
    await whole(page);
    await press(page, 'Lưu cả danh sách');
    await seen(page, 'Đã ghi 5 phiếu thu.');
  });

  test('what is used has its voucher and never exceeds what came', async () => {
    const page = await stage.open(head);
    await page.goto(drive);
    const spend = async (amount: string) => {
      const form = page.locator('form[action="?/use"]');
      if (!(await form.isVisible())) await page.getByText('Chi hoặc sử dụng').first().click();
      await form.locator('[name=quantity]').fill(amount);
      await form.locator('[name=note]').fill('Xi măng, cát');
      await form.locator('[name=paper]').fill('PC-01');
      await form.locator('[name=file]').setInputFiles(await photo('chung-tu.jpg'));
      await form.getByRole('button', { name: 'Ghi khoản chi' }).click();
    };
    await spend('1.500.001');
    await seen(page, 'Chỉ còn 1.500.000.');
    await spend('600.000');
    await seen(page, 'Đã ghi khoản chi.');
    await seen(page, 'Khớp');
    await page.goto(`${drive}/entries`);
    await whole(page);
    const [file] = await page
      .locator('a[href*="/drives/files/"]')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    const stored = await (await page.context().request.get(file!)).body();
    expect(stored.includes('SECRET-PLACE')).toBe(false);
    await page.goto(`${drive}/receipts`);
    await seen(page, '1.500.000');
    await whole(page);
    const receipt = (await page.context().request.get(`${drive}/entries`)).text();
    const [, path] = /href="([^"]+\/receipts\/[0-9a-f-]{36})"/.exec(await receipt) ?? [];
    await page.goto(`${stage.base}${path}`);
    await seen(page, /Phiếu thu \d+\/20/);
    await whole(page);
  });

  test('the work is begun, measured and done, with photos before and after', async () => {
    const page = await stage.open(head);
    await page.goto(`${base}/works/new`);
    await page.locator('a[href*="kind="]').first().click();
    await page.waitForURL(/kind=/);
    await page.locator('[name=title]').fill('Đường ngõ 3');
    for (const field of await page.locator('[name^="part."], [name^="whole."]').all()) await field.fill('5');
    await page.locator('[name=due]').fill(addDays(today, 30));
    await page.locator('summary', { hasText: 'Đợt vận động' }).click();
    await page.locator('[name=driveId]').selectOption({ label: 'Mở rộng đường ngõ 3' });
    await press(page, 'Thêm công trình');
    await page.waitForURL(/\/works\/[0-9a-f-]{36}/);
    work = page.url().replace(/[?#].*$/, '');
    const show = async (phase: string) => {
      await page.goto(work);
      await page.locator('summary', { hasText: 'Thêm ảnh' }).click();
      const form = page.locator('form[action="?/photo"]');
      await form.locator('[name=phase]').selectOption(phase);
      await form.locator('[name=file]').setInputFiles(await photo(`${phase}.jpg`));
      await form.getByRole('button', { name: 'Thêm ảnh' }).click();
      await seen(page, 'Đã thêm ảnh.');
    };
    await show('before');
    await page.goto(work);
    await press(page, 'Bắt đầu làm');
    await seen(page, 'Đã chuyển trạng thái.');
    const report = page.locator('form[action="?/report"]');
    for (const field of await report.locator('[name^="part."], [name^="whole."]').all()) await field.fill('5');
    await report.getByRole('button').click();
    await seen(page, 'Đã ghi khối lượng.');
    await show('after');
    await page.goto(work);
    await page.locator('summary', { hasText: 'Đã làm xong' }).click();
    await press(page, 'Đã làm xong');
    await seen(page, 'Đã xong');
  });

  test('everyone sees it: what was given and used, the work and its photos, and nobody’s name', async () => {
    const keeper = await stage.open(head);
    await keeper.goto(`${base}/places`);
    await press(keeper, 'Mở trang công khai của đơn vị');
    const link = keeper.locator('a[href^="/p/"]').first();
    await link.waitFor();
    code = ((await link.getAttribute('href')) ?? '').slice(3);
    await keeper.locator('form:has([name=drive])').getByRole('button').click();
    const ofDrive = keeper.locator('a[href^="/p/"]', { hasText: 'Mở rộng đường ngõ 3' });
    const own = ((await ofDrive.getAttribute('href')) ?? '').slice(3);
    for (const [language, direction, written] of [
      ['vi', null, '1.500.000'],
      ['en', null, '1,500,000'],
      ['ar', 'rtl', '١٬٥٠٠٬٠٠٠'],
    ] as const)
      for (const place of [code, own]) {
        const page = await stage.open(null, { ...phone, javaScriptEnabled: false });
        const address = `${stage.base}/p/${place}?lang=${language}`;
        const response = await page.goto(address);
        const text = await page.locator('main').innerText();
        expect([response?.status(), await page.locator('html').getAttribute('dir')]).toEqual([200, direction]);
        expect(await page.locator('script').count()).toBe(0);
        expect(text).toContain(written);
        expect(text).toContain('Mở rộng đường ngõ 3');
        if (place === code) expect(text).toContain('Đường ngõ 3');
        else expect(text).toMatch(/PC-01[\s\S]*Xi măng, cát|Xi măng, cát[\s\S]*PC-01/);
        expect(text).not.toMatch(/Hộ số|thửa 112|Thủ quỹ thôn/);
        expect(await overflow(page)).toBe(0);
        const sent = async (path: string) => {
          const answer = await page.request.get(new URL(path, address).href, {
            headers: { 'accept-encoding': 'br, gzip' },
          });
          return Number(answer.headers()['content-length']);
        };
        const parts = await page
          .locator('link[rel=stylesheet], link[rel=icon]')
          .evaluateAll((links) => links.map((each) => (each as HTMLLinkElement).href));
        const sizes = await Promise.all([address, ...parts].map(sent));
        expect(sizes[0]).toBeLessThanOrEqual(15_000);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(40_000);
        for (const shown of await page.locator('main img').all()) {
          const src = (await shown.getAttribute('src')) ?? '';
          const bytes = await (await page.request.get(new URL(src, address).href)).body();
          expect(bytes.length).toBeGreaterThan(100);
          expect(bytes.includes('SECRET-PLACE')).toBe(false);
        }
        await page.close();
      }
  });

  test('the code on the printed sheet, as a phone sees it, leads there', async () => {
    const keeper = await stage.open(head, desk);
    await keeper.goto(`${base}/places/sheet?size=plate&which=all`);
    const picture = await keeper.locator('figure').first().screenshot();
    const points = await new Transformer(picture).rawPixels();
    const { width, height } = await new Transformer(picture).metadata();
    const size = points.length / (width * height);
    const colours = new Uint8ClampedArray(width * height * 4);
    for (let at = 0; at < width * height; at += 1)
      colours.set([points[at * size]!, points[at * size + 1]!, points[at * size + 2]!, 255], at * 4);
    const scanned = jsqr.default(colours, width, height)?.data ?? '';
    const address = new URL(scanned);
    expect(address.pathname.toLowerCase()).toBe(`/p/${code}`.toLowerCase());
    const page = await stage.open(null, phone);
    const response = await page.goto(`${stage.base}${address.pathname}`);
    expect(response?.status()).toBe(200);
    await seen(page, 'Thôn Đông');
    await seen(page, 'Đường ngõ 3');
  });
});
