import { randomUUID } from 'node:crypto';
import { dayOf } from '@dinh/domain/kernel';
import { timeOf } from '@dinh/domain/meetings';
import { execute } from '@dinh/operations/kernel';
import { markOthers, open, openVote, plan } from '@dinh/operations/meetings';
import { close, count } from '@dinh/operations/polls';
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

const seen = (page: Page, text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 40_000 });
const looksRight = async (page: Page) => {
  expect(await faults(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
};

test('a vote that fails three times: the chair is told each time what the rule says, and the next step is the button', async () => {
  const { chair, recorder } = people;
  const { unitId } = chair;
  const key = { unitId, meetingId: randomUUID() };
  const actor = { actor: { kind: 'person' as const, personId: chair.personId } };
  const now = new Date();
  const time = { on: dayOf(now), at: timeOf(now), place: 'Nhà văn hóa', minutes: 90 };
  const officials = { chair: chair.personId, recorder: recorder.personId };
  await execute(stage.services, plan, { ...key, kind: 'extraordinary', ...time, ...officials }, actor);
  await execute(stage.services, open, key, actor);
  await execute(stage.services, markOthers, { ...key, state: 'present' }, actor);
  const threshold = { numerator: 1, denominator: 2, strict: 'more-than' as const, of: 'present' as const };
  const asked = { kind: 'question' as const, way: 'hands' as const, question: 'Đóng góp làm đường hoa' };
  const pollId = randomUUID();
  await execute(stage.services, openVote, { ...key, pollId, ...asked, rule: { threshold, maxRounds: 3 } }, actor);
  const counters: [string, string] = [chair.personId, recorder.personId];
  const fails = async (id: string, counts: { for: number; against: number }) => {
    const poll = { unitId, pollId: id };
    await execute(stage.services, count, { ...poll, counts: { ...counts, abstain: 0 }, counters }, actor);
    await execute(stage.services, close, { ...poll, present: 2 }, actor);
  };
  const page = await stage.open(chair);
  const here = () => page.url().split('/').at(-1)?.replace(/\?.*/, '') ?? '';
  await fails(pollId, { for: 1, against: 1 });
  await page.goto(`${stage.base}/units/${unitId}/polls/${pollId}`);
  await seen(page, 'Số phiếu bằng nhau nên chưa thông qua. Theo quy tắc còn được biểu quyết 2 lần.');
  await looksRight(page);
  await page.getByRole('button', { name: 'Biểu quyết lần 2' }).click();
  await page.waitForURL((address) => !address.pathname.endsWith(pollId));
  await fails(here(), { for: 0, against: 2 });
  await page.reload();
  await seen(page, 'Chưa đủ phiếu. Theo quy tắc còn được biểu quyết 1 lần.');
  const second = here();
  await page.getByRole('button', { name: 'Biểu quyết lần 3' }).click();
  await page.waitForURL((address) => !address.pathname.endsWith(second));
  await fails(here(), { for: 0, against: 2 });
  await page.reload();
  await seen(page, 'Đã biểu quyết 3 lần, lần nào cũng không thông qua.');
  await seen(page, /chuyển cấp trên xem xét/);
  expect(await page.getByRole('button', { name: /Biểu quyết lần/ }).count()).toBe(0);
  await looksRight(page);
  const address = page.url();
  await page.getByRole('link', { name: 'Ghi kết luận' }).click();
  await page.waitForURL(/\/room#conclusions$/);
  await seen(page, /Không được thông qua · chuyển cấp trên/);
  await page.locator('#conclusions form textarea').last().waitFor();
  await page.goto(`${address}?lang=ar`);
  await looksRight(page);
});
