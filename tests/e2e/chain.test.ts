import { dayOf } from '@dinh/domain/kernel';
import { execute } from '@dinh/operations/kernel';
import { addMember } from '@dinh/operations/people';
import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giveAccount } from './signed-in.ts';
import { desk, type Stage, setStage } from './stage.ts';
import { type Person, plantVillage } from './village.ts';

// The loop whole: what is planned is held, what is concluded is done, and what was done fills the month's sheet by itself.
const database = await testDatabase();
const photo = {
  name: 'duong.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
    'base64',
  ),
};
const conclusions = ['Sửa đoạn đường đầu thôn.', 'Thay bóng đèn ba ngõ.', 'Thăm hỏi hộ neo đơn.'];
let stage: Stage;
let chair: Person;
const members: Person[] = [];
let base = '';
let meeting = '';
let sheet = '';

beforeAll(async () => {
  stage = await setStage(database);
  chair = (await plantVillage(stage.services)).cell;
  const { unitId, unit } = chair;
  for (const nth of [1, 2, 3]) {
    const input = { unitId, name: `Đảng viên số ${nth}`, post: 'member-official' as const, from: '2025-08-01' };
    const { personId } = await execute(stage.services, addMember, input, { actor: { kind: 'system', label: 'cli' } });
    members.push({ personId, unitId, unit });
  }
  for (const person of [chair, ...members]) await giveAccount(stage.services, person);
  base = `${stage.base}/units/${unitId}`;
});
afterAll(() => stage?.close());

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const seen = (page: Page, text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 40_000 });

describe('from a plan to the next sheet', () => {
  test('the secretary plans a meeting, notes what the committee agreed, and invites', async () => {
    const page = await stage.open(chair);
    await page.goto(`${base}/meetings`);
    await page.locator('#plan [name=on]').fill(dayOf(new Date()));
    await page.locator('#plan [name=at]').fill('19:30');
    await page.locator('#plan [name=place]').fill('Nhà văn hóa thôn');
    await page.getByRole('button', { name: 'Lập lịch', exact: true }).click();
    await page.waitForURL(/\/meetings\/[0-9a-f-]{36}/);
    meeting = page.url().replace(/[?#].*$/, '');
    await press(page, /Chương trình chung/);
    await page.locator('#agenda li').nth(3).waitFor();
    await page.locator('#preparation summary').first().click();
    await page.locator('#preparation [name=agreed]').fill('Bàn ba việc của tháng, mỗi việc có người nhận.');
    await page.locator('#preparation').getByRole('button', { name: 'Lưu' }).click();
    await seen(page, 'Bàn ba việc của tháng');
    await page.goto(`${meeting}/notice`);
    await press(page, 'Gửi giấy mời');
    await seen(page, 'Đã gửi giấy mời.');
    await page.goto(meeting);
    await seen(page, /Đã gửi giấy mời ngày/);
    await page.goto(`${base}/programmes`);
    const [year, month] = dayOf(new Date()).split('-');
    await press(page, new RegExp(`Mở phiếu tháng ${Number(month)}/${year}`));
    await page.waitForURL(/\/programmes\/four-good-cell\//);
    sheet = page.url();
  });

  test('they meet and vote in secret from three phones', async () => {
    const page = await stage.open(chair, desk);
    await page.goto(`${meeting}/room`);
    await press(page, 'Khai mạc cuộc họp');
    await press(page, 'Tất cả có mặt');
    await page.locator('.counts .big', { hasText: '4/4' }).waitFor();
    await page.locator('select[name=chair]').selectOption({ label: 'Bí thư chi bộ' });
    await page.locator('select[name=recorder]').selectOption({ label: 'Đảng viên số 1' });
    await page
      .locator('form:has(select[name=recorder]) button[type=submit], form:has(select[name=recorder]) button')
      .last()
      .click();
    await page.locator('#votes summary').first().click();
    await page.locator('#votes [name=question]').fill('Thông qua ba việc của tháng');
    await page.locator('#votes [name=way]').selectOption('secret');
    await page.locator('#votes').getByRole('button').last().click();
    await page.waitForURL(/\/polls\/[0-9a-f-]{36}/);
    const poll = page.url();
    const phones = await Promise.all(members.map((member) => stage.open(member)));
    await Promise.all(
      phones.map(async (phone) => {
        await phone.goto(poll);
        await phone.getByLabel('Tán thành', { exact: true }).check();
        await press(phone, 'Niêm phong lá phiếu');
        await seen(phone, 'Lá phiếu đã niêm phong trên máy này');
      }),
    );
    await page.bringToFront();
    await seen(page, /Điện thoại 3/);
    await press(page, 'Mở hòm phiếu');
    await Promise.all(phones.map((phone) => seen(phone, 'Lá phiếu của bạn đã ở trong hòm')));
    await press(page, 'Kết thúc và công bố');
    await seen(page, 'Được thông qua');
    await Promise.all(phones.map((phone) => seen(phone, 'Lá phiếu của bạn đã được tính')));
  });

  test('they conclude, close, approve the minutes and sign them', async () => {
    const page = await stage.open(chair);
    await page.goto(`${meeting}/room`);
    for (const text of conclusions) {
      await page.locator('#conclusions form').last().locator('[name=text]').fill(text);
      await press(page, 'Ghi kết luận');
      await page.locator('#conclusions li', { hasText: text }).waitFor();
    }
    await page.goto(meeting);
    await page.goto(`${meeting}/room`);
    await press(page, 'Kết thúc cuộc họp');
    await seen(page, 'Cuộc họp đã kết thúc');
    await page.goto(`${meeting}/minutes`);
    await press(page, 'Lập biên bản');
    await page.waitForURL(/\/documents\/[0-9a-f-]{36}$/);
    const minutes = page.url();
    await seen(page, conclusions[0]!);
    await seen(page, /Thông qua ba việc của tháng/);
    await press(page, 'Đã đọc lại');
    await press(page, /^Thông qua$/);
    await seen(page, 'Chờ ký');
    for (const [signer, name] of [
      [chair, 'Bí thư chi bộ'],
      [members[0]!, 'Đảng viên số 1'],
    ] as const) {
      const book = await stage.open(signer);
      await book.goto(minutes);
      await book.getByLabel('Gõ họ tên của bạn để ký').fill(name);
      await press(book, /^Ký$/);
      await seen(book, 'Bạn đã ký.');
    }
  });

  test('a resolution is issued, and each conclusion becomes a task with a name and a date', async () => {
    const page = await stage.open(chair, desk);
    await page.goto(`${meeting}/minutes`);
    for (const [index, text] of conclusions.entries()) {
      const conclusion = page.locator('li', { hasText: text }).first();
      await conclusion.getByText('Giao việc').first().click();
      await conclusion.getByLabel('Người phụ trách').selectOption({ label: `Đảng viên số ${index + 1}` });
      await conclusion.locator('[name=deadline]').fill(dayOf(new Date()));
      await conclusion.getByRole('button', { name: 'Giao việc' }).click();
      await conclusion.getByRole('link', { name: text }).waitFor();
    }
    await page.getByText('Dự thảo nghị quyết').first().click();
    await page.getByLabel('Trích yếu').fill('Về ba việc của tháng');
    await press(page, 'Dự thảo nghị quyết');
    await page.waitForURL(/\/documents\/[0-9a-f-]{36}$/);
    await press(page, /^Thông qua$/);
    await page.getByLabel('Gõ họ tên của bạn để ký').fill('Bí thư chi bộ');
    await press(page, /^Ký$/);
    await seen(page, 'Bạn đã ký.');
  });

  test('each member reports with a photo, the secretary judges', async () => {
    for (const [index, member] of members.entries()) {
      const page = await stage.open(member);
      await page.goto(stage.base);
      await page.getByRole('link', { name: conclusions[index]! }).click();
      await page.locator('input[name=photo]').setInputFiles(photo);
      await page.locator('[name=words]').fill('Đã xong, ảnh kèm theo.');
      await page.locator('label:has([name=finished][value=done])').click();
      await press(page, 'Gửi báo cáo');
      await seen(page, 'Đã ghi báo cáo.');
    }
    const page = await stage.open(chair);
    for (const text of conclusions) {
      await page.goto(`${base}/tasks`);
      await page.getByRole('link', { name: text }).click();
      await page.locator('[name=rating]').selectOption('good');
      await press(page, 'Đánh giá');
      await seen(page, 'Đã ghi đánh giá.');
    }
  });

  test('the month’s sheet shows it all, and each figure leads to where it comes from', async () => {
    const page = await stage.open(chair);
    await page.goto(sheet);
    // Opened before anything was held: it says that there is news, and takes it in one tap.
    await seen(page, /tiêu chí có số liệu mới/);
    await press(page, 'Lấy số liệu mới');
    await seen(page, 'Đã lấy số liệu mới vào phiếu.');
    const sources = page.locator('.source a');
    await sources.first().waitFor();
    expect(await sources.count()).toBeGreaterThanOrEqual(4);
    // Attendance 4 of 4, and three tasks done of three.
    const body = await page.locator('main').innerText();
    expect(body).toMatch(/4\s*\/\s*4|100\s*%/);
    const hrefs = await sources.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const kinds = new Set(hrefs.map((href) => /\/(meetings|tasks|documents)/.exec(href)?.[1]));
    expect(kinds).toContain('meetings');
    expect(kinds).toContain('tasks');
    for (const href of new Set(hrefs)) {
      const answer = await page.request.get(new URL(href, page.url()).href);
      expect(answer.status(), href).toBe(200);
      const text = await answer.text();
      const told = href.includes('view=people') ? ['Đảng viên số 1', 'Đảng viên số 3'] : conclusions;
      if (href.includes('/tasks'))
        for (const words of told) expect(text.includes(words), `${href}: ${words}`).toBe(true);
    }
  });
});
