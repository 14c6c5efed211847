import { randomUUID } from 'node:crypto';
import { dayOf } from '@dinh/domain/kernel';
import { timeOf } from '@dinh/domain/meetings';
import { execute } from '@dinh/operations/kernel';
import { addItems, open, plan, run } from '@dinh/operations/meetings';
import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Evening, plantEvening } from './evening.ts';
import { faults, overflow } from './looks.ts';
import { type Stage, setStage } from './stage.ts';

const database = await testDatabase();
let stage: Stage;
let people: Pick<Evening, 'chair' | 'recorder'>;

beforeAll(async () => {
  stage = await setStage(database);
  people = await plantEvening(stage);
});
afterAll(() => stage?.close());

/** A meeting that has just begun; the recorder's phone is in its room. */
async function inTheRoom(): Promise<{ page: Page; meetingId: string }> {
  const { chair, recorder } = people;
  const key = { unitId: chair.unitId, meetingId: randomUUID() };
  const actor = { actor: { kind: 'person' as const, personId: chair.personId } };
  const now = new Date();
  const time = { on: dayOf(now), at: timeOf(now), place: 'Nhà văn hóa', minutes: 90 };
  const officials = { chair: chair.personId, recorder: recorder.personId };
  await execute(stage.services, plan, { ...key, kind: 'extraordinary', ...time, ...officials }, actor);
  const item = { id: randomUUID(), title: 'Đường hoa', kind: 'discuss' as const, owner: null, minutes: 30 };
  await execute(stage.services, addItems, { ...key, items: [item] }, actor);
  await execute(stage.services, open, key, actor);
  await execute(stage.services, run, { ...key, itemId: item.id }, actor);
  const page = await stage.open(recorder);
  // As in a hall whose own server has no certificate: browsers keep this from such pages.
  await page.addInitScript(() => Reflect.deleteProperty(Crypto.prototype, 'randomUUID'));
  await page.goto(`${stage.base}/units/${key.unitId}/meetings/${key.meetingId}/room`);
  // Once points are talked about the roll is folded away.
  await page.locator('#roll details > summary').first().click();
  await page.locator('#roll li summary').first().waitFor();
  return { page, meetingId: key.meetingId };
}

const seen = (page: Page, text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 40_000 });
const notesBox = (page: Page) => page.locator('#agenda textarea[name=notes]');
const saveNotes = (page: Page) =>
  page.locator('#agenda form:has(textarea)').getByRole('button', { name: 'Lưu', exact: true }).click();
const waits = 'Mất mạng, chưa lưu được. Cứ để trang này mở: Đình tự gửi khi có mạng.';
const given = async (operation: string) =>
  (await database.query<{ id: string }>('select command_id as id from journal where operation = $1', [operation]))
    .length;
const notesOf = async (meetingId: string) =>
  (await database.query<{ notes: string }>('select notes from meeting_item where meeting_id = $1', [meetingId]))[0]
    ?.notes;

test('a minute without a connection loses no note, no conclusion and no tap on the roll, and gives none twice', async () => {
  const { page, meetingId } = await inTheRoom();
  const before = { mark: await given('meetings.mark'), conclude: await given('meetings.conclude') };
  await notesBox(page).fill('Mỗi hộ góp hai ngày công.');
  await page.context().setOffline(true);
  await saveNotes(page);
  await seen(page, waits);
  await notesBox(page).fill('Mỗi hộ góp hai ngày công. Không vận động hộ nghèo.');
  const conclusion = page.locator('#conclusions form').last();
  await conclusion.getByRole('textbox').fill('Làm 320 m đường hoa.');
  await conclusion.getByRole('button').click();
  await conclusion.getByText(waits).waitFor();
  const row = page.locator('#roll li', { hasText: 'Đảng viên số 3' });
  await row.locator('summary').click();
  await row.getByRole('button', { name: 'Có mặt' }).click();
  await seen(page, /1 lần chấm chưa lưu/);
  await row.getByText('Có mặt · chưa lưu').waitFor();
  expect(await faults(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  // Nothing of it arrived, and nobody was thrown out of the room.
  expect([await notesOf(meetingId), await given('meetings.mark')]).toEqual(['', before.mark]);

  await page.context().setOffline(false);
  await page.locator('#conclusions li', { hasText: 'Làm 320 m đường hoa.' }).waitFor();
  await row.getByText('Có mặt', { exact: true }).waitFor();
  await expect.poll(() => notesOf(meetingId), { timeout: 20_000 }).toBe('Mỗi hộ góp hai ngày công.');
  // What was typed while it waited is still there, and goes on from what was saved.
  expect(await notesBox(page).inputValue()).toBe('Mỗi hộ góp hai ngày công. Không vận động hộ nghèo.');
  await saveNotes(page);
  await expect
    .poll(() => notesOf(meetingId), { timeout: 20_000 })
    .toBe('Mỗi hộ góp hai ngày công. Không vận động hộ nghèo.');
  await seen(page, 'Đã lưu vào sổ của cuộc họp.');
  expect(await given('meetings.mark')).toBe(before.mark + 1);
  expect(await given('meetings.conclude')).toBe(before.conclude + 1);
  expect(await page.getByText(waits).filter({ visible: true }).count()).toBe(0);
});

test('a tap whose answer is lost on the way is not done again', async () => {
  const { page } = await inTheRoom();
  const before = await given('meetings.mark');
  let lost = 0;
  await page.route(/\?\/mark$/, async (route) => {
    if (lost++ > 0) return route.continue();
    // It arrives; the answer does not.
    await route.fetch();
    await route.abort('connectionreset');
  });
  const row = page.locator('#roll li', { hasText: 'Đảng viên số 3' });
  await row.locator('summary').click();
  await row.getByRole('button', { name: 'Có mặt' }).click();
  await expect.poll(() => lost, { timeout: 20_000 }).toBe(2);
  await row.getByText('Có mặt', { exact: true }).waitFor();
  expect(await given('meetings.mark')).toBe(before + 1);
});

test('taps go out in the order of the thumbs when the connection is back', async () => {
  const { page, meetingId } = await inTheRoom();
  const row = page.locator('#roll li', { hasText: 'Đảng viên số 3' });
  await page.context().setOffline(true);
  await row.locator('summary').click();
  await row.getByRole('button', { name: 'Có mặt' }).click();
  await row.locator('summary').click();
  await row.getByRole('button', { name: 'Vắng không phép' }).click();
  await seen(page, /2 lần chấm chưa lưu/);
  await page.context().setOffline(false);
  await row.getByText('Vắng không phép', { exact: true }).first().waitFor();
  const state = async () =>
    (
      await database.query<{ state: string }>(
        'select state from meeting_attendance where meeting_id = $1 and person_id = $2',
        [meetingId, people.recorder.personId],
      )
    )[0]?.state;
  await expect.poll(state, { timeout: 20_000 }).toBe('unexcused');
});

test('notes that were not saved come back and are saved when the phone threw the page away', async () => {
  const { page, meetingId } = await inTheRoom();
  const context = page.context();
  const address = page.url();
  await context.setOffline(true);
  await notesBox(page).fill('Ba hộ xin hoãn.');
  await seen(page, 'Chưa lưu');
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(address);
  await expect.poll(() => notesBox(again).inputValue(), { timeout: 20_000 }).toBe('Ba hộ xin hoãn.');
  await expect.poll(() => notesOf(meetingId), { timeout: 20_000 }).toBe('Ba hộ xin hoãn.');
});
