import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { addDays, dayOf } from '@dinh/domain/kernel';
import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdMeeting, plantEvening } from './evening.ts';
import { faults, overflow } from './looks.ts';
import { desk, type Stage, setStage } from './stage.ts';
import type { Person } from './village.ts';

const run = promisify(execFile);
const database = await testDatabase();
let stage: Stage;
let chair: Person;
let recorder: Person;
let base: string;
let folder: string;
const meetingId = randomUUID();
const said = [
  'Làm 320 m đường hoa qua ngõ Giữa.',
  'Kiểm tra camera ở ba ngõ vào thôn mỗi tháng.',
  'Báo cáo kết quả tại kỳ họp sau.',
];

beforeAll(async () => {
  stage = await setStage(database);
  ({ chair, recorder } = await plantEvening(stage));
  await holdMeeting(stage.services, { chair, recorder, meetingId, said });
  base = `${stage.base}/units/${chair.unitId}`;
  folder = await mkdtemp(path.join(tmpdir(), 'dinh-minutes-'));
});
afterAll(async () => {
  await stage?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const seen = (page: Page, text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 40_000 });
async function looksRight(page: Page): Promise<void> {
  expect(await faults(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
}
async function paragraph(page: Page, title: string) {
  const fold = page.locator('details', { has: page.getByText(title, { exact: true }) }).first();
  if (!(await fold.evaluate((each) => (each as HTMLDetailsElement).open))) await fold.locator('summary').click();
  return fold;
}
/** The words of a downloaded file, as the office itself reads them. */
async function downloaded(page: Page, press: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  const name = download.suggestedFilename();
  await download.saveAs(path.join(folder, name));
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  await run('soffice', [
    profile,
    '--headless',
    '--convert-to',
    'txt:Text (encoded):UTF8',
    '--outdir',
    folder,
    path.join(folder, name),
  ]);
  const { stdout } = await run('cat', [path.join(folder, name.replace('.docx', '.txt'))]);
  return { name, text: stdout.normalize('NFC') };
}

describe('after a meeting', () => {
  let address: string;

  test('its minutes are written, corrected by two at once, approved and signed by two', async () => {
    const [book, hall] = [await stage.open(recorder), await stage.open(chair)];
    await book.goto(`${base}/meetings/${meetingId}/minutes`);
    await looksRight(book);
    await press(book, 'Lập biên bản');
    await book.waitForURL(/\/documents\/[0-9a-f-]{36}$/);
    address = book.url();
    await seen(book, 'Có 7 ý kiến phát biểu.');
    await looksRight(book);

    await hall.goto(address);
    const theirs = await paragraph(hall, '1. Đường hoa');
    await theirs.getByLabel('Nội dung').fill('Mỗi hộ góp hai ngày công.');
    await theirs.getByRole('button', { name: 'Lưu' }).click();
    await seen(hall, 'Đã lưu đoạn văn.');
    // The recorder still sees the page from before, and writes the same paragraph.
    const mine = await paragraph(book, '1. Đường hoa');
    await mine.getByLabel('Nội dung').fill('Mỗi hộ góp hai ngày công, trừ hộ nghèo.');
    await mine.getByRole('button', { name: 'Lưu' }).click();
    await seen(book, 'Bí thư chi bộ vừa lưu:');
    await looksRight(book);
    const both = await paragraph(book, '1. Đường hoa');
    expect(await both.getByLabel('Nội dung').inputValue()).toBe('Mỗi hộ góp hai ngày công, trừ hộ nghèo.');
    await both.getByRole('button', { name: 'Lưu' }).click();
    await seen(book, 'Đã lưu đoạn văn.');

    await press(book, 'Đã đọc lại');
    await seen(book, 'Đã ghi là đọc lại.');
    await press(book, 'Thông qua');
    await seen(book, 'Chờ ký');
    await looksRight(book);
    await book.getByLabel('Gõ họ tên của bạn để ký').fill('Người khác');
    await press(book, 'Ký');
    await seen(book, /Hãy gõ đúng họ tên của bạn/);
    await book.getByLabel('Gõ họ tên của bạn để ký').fill('Đảng viên số 3');
    await press(book, 'Ký');
    await seen(book, 'Bạn đã ký.');
    await hall.goto(address);
    await hall.getByLabel('Gõ họ tên của bạn để ký').fill('bí thư chi bộ');
    await press(hall, 'Ký');
    await seen(hall, 'Bạn đã ký.');
    await looksRight(hall);
    // Nothing offers to change it, and a form kept from before is refused.
    expect(await hall.getByRole('button', { name: 'Lưu' }).count()).toBe(0);
    const refused = await hall.request.post(`${address}?/read`, { form: {}, headers: { origin: stage.base } });
    expect(await refused.text()).toContain('documents.signed');
  });

  test('is put right by an addendum', async () => {
    const book = await stage.open(recorder);
    await book.goto(`${base}/meetings/${meetingId}/minutes`);
    await book.getByText('Lập phụ lục đính chính').first().click();
    await book.getByLabel('Điều cần đính chính').fill('Độ dài đúng là 302 m.');
    await press(book, 'Lập phụ lục đính chính');
    await book.waitForURL(/\/documents\/[0-9a-f-]{36}$/);
    await seen(book, /Bổ sung biên bản/);
    await looksRight(book);
  });

  test('its conclusions become three tasks and a numbered resolution, downloaded and opened in the office', async () => {
    const hall = await stage.open(chair, { ...desk, acceptDownloads: true });
    await hall.goto(`${base}/meetings/${meetingId}/minutes`);
    for (const [index, text] of said.entries()) {
      const conclusion = hall.locator('li', { hasText: text }).first();
      await conclusion.getByText('Giao việc').first().click();
      await conclusion.getByLabel('Người phụ trách').selectOption({ label: 'Đảng viên số 3' });
      await conclusion.getByLabel('Hoặc ngày khác').fill(addDays(dayOf(new Date()), 20 + index));
      await conclusion.getByRole('button', { name: 'Giao việc' }).click();
      await conclusion.getByRole('link', { name: text }).waitFor();
    }
    await looksRight(hall);
    await hall.getByText('Dự thảo nghị quyết').first().click();
    await hall.getByLabel('Trích yếu').fill('Về xây dựng tuyến đường hoa');
    await press(hall, 'Dự thảo nghị quyết');
    await hall.waitForURL(/\/documents\/[0-9a-f-]{36}$/);
    await press(hall, 'Thông qua');
    await hall.getByLabel('Gõ họ tên của bạn để ký').fill('Bí thư chi bộ');
    await press(hall, 'Ký');
    await seen(hall, 'Bạn đã ký.');
    await looksRight(hall);
    const { name, text } = await downloaded(hall, () => hall.getByRole('link', { name: 'Tải DOCX' }).click());
    expect(name).toMatch(/^resolution-1-\d{4}\.docx$/);
    for (const part of [
      'ĐẢNG CỘNG SẢN VIỆT NAM',
      'CHI BỘ THÔN ĐÔNG',
      'Số 01-NQ/CB',
      'Đồng Sen, ngày',
      'NGHỊ QUYẾT',
      ...said,
      'Đảng viên số 3',
      'T/M CHI BỘ',
      'BÍ THƯ',
    ]) {
      expect(text).toContain(part);
    }
    const minutes = await stage.open(recorder, { ...desk, acceptDownloads: true });
    await minutes.goto(address);
    const written = await downloaded(minutes, () => minutes.getByRole('link', { name: 'Tải DOCX' }).click());
    expect(written.text).toContain('trừ hộ nghèo');

    await hall.goto(`${base}/documents`);
    await seen(hall, 'Về xây dựng tuyến đường hoa');
    await looksRight(hall);
  });

  test('papers to print, on a phone and in Arabic', async () => {
    const page = await stage.open(recorder);
    for (const type of ['notice', 'agenda', 'attendance']) {
      await page.goto(`${base}/documents/print?meeting=${meetingId}&type=${type}`);
      await looksRight(page);
    }
    for (const where of [`meetings/${meetingId}/minutes`, 'documents']) {
      await page.goto(`${base}/${where}?lang=ar`);
      expect(await page.getAttribute('html', 'dir')).toBe('rtl');
      await looksRight(page);
    }
    await page.goto(`${address}?lang=ar`);
    await looksRight(page);
  });
});
