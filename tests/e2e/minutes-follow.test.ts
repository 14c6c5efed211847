import { randomUUID } from 'node:crypto';
import { execute } from '@dinh/operations/kernel';
import { close, mark, note, read, reopen, rewrite } from '@dinh/operations/meetings';
import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Evening, holdMeeting, plantEvening } from './evening.ts';
import { faults, overflow } from './looks.ts';
import { type Stage, setStage } from './stage.ts';

const database = await testDatabase();
let stage: Stage;
let evening: Evening;

beforeAll(async () => {
  stage = await setStage(database);
  evening = { ...(await plantEvening(stage)), meetingId: randomUUID(), said: ['Làm 320 m đường hoa.', 'Lắp camera.'] };
  await holdMeeting(stage.services, evening);
});
afterAll(() => stage?.close());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const seen = (page: Page, text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 40_000 });

test('a roll and a note put right afterwards stand in the draft; under words of one’s own they are offered', async () => {
  const { chair, recorder, meetingId } = evening;
  const key = { unitId: chair.unitId, meetingId };
  const actor = (personId: string) => ({ actor: { kind: 'person' as const, personId } });
  const page = await stage.open(recorder);
  await page.goto(`${stage.base}/units/${chair.unitId}/meetings/${meetingId}/minutes`);
  await press(page, 'Lập biên bản');
  await page.waitForURL(/\/documents\/[0-9a-f-]{36}$/);
  await seen(page, /trong \d+ người phải dự họp/);
  const fold = page.locator('details', { has: page.getByText('1. Đường hoa', { exact: true }) }).first();
  await fold.locator('summary').click();
  await seen(page, 'Tự đổi theo cuộc họp');
  await fold.getByLabel('Nội dung').fill('Bàn kỹ về đường hoa.');
  await fold.getByRole('button', { name: 'Lưu' }).click();
  await seen(page, 'Đã lưu đoạn văn.');

  // The secretary opens the meeting again: the recorder was not there, and a household gives three days.
  await execute(stage.services, reopen, key, actor(chair.personId));
  const marks = [{ personId: recorder.personId, state: 'unexcused' as const }];
  await execute(stage.services, mark, { ...key, marks }, actor(chair.personId));
  const { items } = await execute(stage.services, read, key, actor(chair.personId));
  const { id: itemId, version: expected } = items[0] ?? expect.fail('no point');
  const noted = { itemId, notes: 'Mỗi hộ góp ba ngày công.', opinions: 7, expected };
  await execute(stage.services, note, { ...key, ...noted }, actor(recorder.personId));
  await execute(stage.services, close, key, actor(chair.personId));

  await page.reload();
  await seen(page, 'Vắng không lý do 1: Đảng viên số 3');
  await seen(page, 'Cuộc họp đã đổi');
  await seen(page, 'Bàn kỹ về đường hoa.');
  await seen(page, /góp ba ngày công/);
  expect(await faults(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.goto(`${page.url()}?lang=ar`);
  expect(await faults(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.goto(page.url().replace('lang=ar', 'lang=vi'));
  await press(page, 'Dùng chữ mới');
  await seen(page, 'Đã lưu lựa chọn.');
  expect(await page.getByText('Cuộc họp đã đổi').count()).toBe(0);
  expect(await page.locator('article.paper').textContent()).toContain('Mỗi hộ góp ba ngày công.');
});

test('a draft resolution takes a corrected conclusion by itself, and asks before it drops one that was withdrawn', async () => {
  const { chair, meetingId } = evening;
  const key = { unitId: chair.unitId, meetingId };
  const actor = { actor: { kind: 'person' as const, personId: chair.personId } };
  const page = await stage.open(chair);
  await page.goto(`${stage.base}/units/${chair.unitId}/meetings/${meetingId}/minutes`);
  await page.getByText('Dự thảo nghị quyết').first().click();
  await page.getByLabel('Trích yếu').fill('Về đường hoa và camera');
  await press(page, 'Dự thảo nghị quyết');
  await page.waitForURL(/\/documents\/[0-9a-f-]{36}$/);
  const { conclusions } = await execute(stage.services, read, key, actor);
  const [road, cameras] = conclusions.map(({ id, version: expected }) => ({ ...key, id, expected }));
  if (!road || !cameras) return expect.fail('no conclusions');
  await execute(stage.services, rewrite, { ...road, text: 'Làm 302 m đường hoa.' }, actor);
  await execute(stage.services, rewrite, { ...cameras, text: null }, actor);

  await page.reload();
  const paper = page.locator('article.paper');
  expect(await paper.textContent()).toContain('Làm 302 m đường hoa.');
  await seen(page, 'Cuộc họp không còn ghi điều này.');
  for (const language of ['ar', 'vi']) {
    await page.goto(`${page.url().split('?')[0]}?lang=${language}`);
    expect(await faults(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  }
  await press(page, 'Thông qua');
  await seen(page, /Chọn bỏ hay giữ/);
  await press(page, 'Bỏ đoạn này');
  await seen(page, 'Đã lưu lựa chọn.');
  expect(await paper.textContent()).not.toContain('Lắp camera');
  await press(page, 'Thông qua');
  await seen(page, 'Đã thông qua. Mời chủ trì và thư ký ký.');
});
