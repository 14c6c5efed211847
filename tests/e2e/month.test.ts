import { Buffer } from 'node:buffer';
import { execute } from '@dinh/operations/kernel';
import { sheet } from '@dinh/operations/programmes';
import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { phone, type Stage, setStage } from './stage.ts';
import { thumb } from './thumb.ts';
import { MODEL, plantVillage, type Village } from './village.ts';

const database = await testDatabase();
const minutes = {
  name: 'bien-ban.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n% minutes of a meeting that took place only here\n%%EOF\n'),
};
let stage: Stage;
let place: Village;

beforeAll(async () => {
  stage = await setStage(database);
  place = await plantVillage(stage.services);
  for (const person of [place.commune, ...place.villages, place.cell]) await giveAccount(stage.services, person);
});
afterAll(() => stage?.close());

const sheetPath = (unitId: number) => `/units/${unitId}/programmes/${MODEL}/${place.period}`;
const bar = (page: Page) => page.locator('.bar .button');
const saved = (page: Page) => page.locator('.keeping.saved').waitFor();
const answer = (page: Page, field: string, value: string) =>
  page.locator(`label:has([name="${field}"][value="${value}"])`);
const stored = (unitId: number) =>
  execute(
    stage.services,
    sheet,
    { unitId, programme: MODEL, period: place.period },
    { actor: { kind: 'system', label: 'cli' } },
  );

async function vote(
  page: Page,
  { tap, type }: ReturnType<typeof thumb>,
  present: string,
  inFavour: string,
): Promise<void> {
  await tap(bar(page));
  await type(page.locator('[name=present]'), present);
  await type(page.locator('[name=for]'), inFavour);
  await tap(page.locator('#send-form button'));
  await page.getByText('Chờ xác nhận').first().waitFor();
}

describe('a village’s month on a phone', () => {
  test('the village head fills in what is left, proves it, and sends it after a vote', async () => {
    const [village] = place.villages;
    const page = await stage.open(village);
    const hand = thumb();
    await page.goto(stage.base);
    await hand.tap(page.getByRole('link', { name: 'Điền tiếp' }));
    await page.locator('#c-housing').waitFor();
    expect(await page.locator('#c-sanitation h3').textContent()).toBe('Thu gom rác tại nhà hai lần mỗi tuần');
    for (const [index, id] of ['housing', 'sanitation'].entries()) {
      await hand.tap(bar(page));
      await hand.tap(answer(page, `value.${id}`, 'true'));
      await hand.tap(answer(page, `kept.${id}`, 'true'));
      await saved(page);
      // Led to it, and two for the answer.
      expect(hand.counted.taps).toBe(1 + 3 * (index + 1));
    }
    await hand.tap(page.locator('#c-commune_criteria summary').first());
    await hand.type(page.locator('[name="value.commune_criteria"]'), '12');
    await hand.type(page.locator('[name="of.commune_criteria"]'), '12');
    await saved(page);
    await expect.poll(() => page.locator('.bar p').first().textContent()).toContain('11/11');
    // One document proves all of it.
    await hand.tap(page.locator('#c-commune_criteria .also'));
    await page.locator('#c-commune_criteria input[name=file]').setInputFiles(minutes);
    await page.locator('#c-commune_criteria').getByText('bien-ban.pdf').waitFor();
    await expect.poll(() => page.getByText('Cần minh chứng').count()).toBe(0);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await vote(page, hand, '40', '38');
    expect(hand.counted.taps).toBeLessThanOrEqual(11);
    expect(hand.counted.typed).toBe(4);
    const now = await stored(village.unitId);
    expect(now).toMatchObject({ state: 'submitted', vote: { present: 40, for: 38 } });
    expect(now.declaredResult).toMatchObject({ met: 11, missing: [] });
  });

  test('evidence is for those who may read the sheet', async () => {
    const [village, other] = place.villages;
    const { evidence } = await stored(village.unitId);
    const file = `${stage.base}/units/${village.unitId}/files/${evidence[0]?.digest}`;
    const page = await stage.open(place.commune);
    const seen = await page.request.get(file);
    expect(seen.status()).toBe(200);
    expect(seen.headers()).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' });
    expect(seen.headers()['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''bien-ban/);
    expect(Buffer.compare(await seen.body(), minutes.buffer)).toBe(0);
    const stranger = await stage.open(other);
    expect((await stranger.request.get(file)).status()).toBe(403);
    expect((await page.request.get(`${stage.base}/units/${other.unitId}/files/${evidence[0]?.digest}`)).status()).toBe(
      404,
    );
  });

  test('the officer sends one criterion back with a reason', async () => {
    const [village] = place.villages;
    const page = await stage.open(place.commune);
    const hand = thumb();
    await page.goto(stage.base);
    await hand.tap(page.getByRole('link', { name: 'Mở bàn xử lý' }).first());
    await hand.tap(page.getByRole('link', { name: village.unit, exact: true }));
    await page.locator('#same').waitFor();
    expect(await page.locator('#same li').count()).toBe(11);
    await hand.tap(page.locator('#c-roads summary').first());
    await hand.tap(answer(page, 'verdict.roads', 'returned'));
    await hand.type(page.locator('[name="note.roads"]'), 'Đoạn qua đình chưa có đèn');
    await saved(page);
    await expect.poll(() => page.locator('#same li').count()).toBe(10);
    await hand.tap(page.locator('#same button'));
    await expect.poll(() => page.locator('.bar p').first().textContent()).toContain('11/11');
    await hand.tap(bar(page));
    expect(await page.inputValue('[name=reason]')).toContain('Đường giao thông');
    await hand.tap(page.locator('#return button'));
    await page.getByText('Đã trả lại kèm lý do').waitFor();
    expect(hand.counted.taps).toBeLessThanOrEqual(7);
    expect(await stored(village.unitId)).toMatchObject({ state: 'returned' });
  });

  test('the village reads why, answers, and sends again; the officer accepts and goes to the next', async () => {
    const [village] = place.villages;
    const page = await stage.open(village);
    const hand = thumb();
    await page.goto(stage.base);
    await hand.tap(page.getByRole('link', { name: 'Sửa và gửi lại' }));
    await page.getByText('Đoạn qua đình chưa có đèn').first().waitFor();
    await hand.tap(bar(page));
    await hand.tap(answer(page, 'kept.roads', 'false'));
    // An answer that was agreed to and is changed now has to be looked at again.
    await hand.tap(answer(page, 'kept.fences', 'false'));
    await saved(page);
    await vote(page, hand, '41', '41');

    const officer = await stage.open(place.commune);
    await officer.goto(`${stage.base}${sheetPath(village.unitId)}`);
    expect(await officer.locator('.bar p').first().textContent()).toContain('9/11');
    await answer(officer, 'verdict.roads', 'accepted').click();
    await answer(officer, 'verdict.fences', 'accepted').click();
    await officer.getByRole('button', { name: 'Duyệt phiếu' }).click();
    await officer.getByText('Đã duyệt phiếu.', { exact: true }).waitFor();
    const after = await stored(village.unitId);
    expect(after).toMatchObject({ state: 'accepted', verifiedLevel: 'not_sustained' });
    await bar(officer).click();
    await officer.waitForURL(`**${sheetPath(place.villages[1].unitId)}`);
  });
});

describe('the same page', () => {
  test('mirrors in Arabic', async () => {
    const page = await stage.open(place.commune, { ...phone, locale: 'ar-EG' });
    await page.goto(`${stage.base}${sheetPath(place.villages[1].unitId)}?lang=ar`);
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    const button = await bar(page).boundingBox();
    const words = await page.locator('.bar .state').boundingBox();
    expect(button?.x).toBeLessThan(words?.x ?? 0);
    expect(await page.locator('#c-roads').textContent()).toContain('الطرق');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  test('works before JavaScript, and shows a wrong figure where it was typed', async () => {
    const { cell } = place;
    const page = await stage.open(cell, { ...phone, javaScriptEnabled: false });
    await page.goto(`${stage.base}/units/${cell.unitId}/programmes`);
    await page.locator('form button.main').first().click();
    await page.locator('[name="value.duration"]').fill('một giờ');
    await page.locator('[name="value.attendance"]').fill('19');
    await page.locator('[name="of.attendance"]').fill('20');
    await page.locator('form:has(#c-attendance) > button').click();
    expect(await page.locator('#c-duration .error').count()).toBe(1);
    expect(await page.inputValue('[name="value.duration"]')).toBe('một giờ');
    expect(await page.locator('#c-attendance').textContent()).toContain('Đạt (>');
  });

  test('keeps what was typed without a connection, and sends it when there is one', async () => {
    const { cell } = place;
    const page = await stage.open(cell);
    await page.goto(`${stage.base}/units/${cell.unitId}/programmes/four-good-cell/${place.period}`);
    await page.locator('.keeping.saved').waitFor();
    await page.context().setOffline(true);
    await answer(page, 'value.fixed_day', 'true').click();
    await page.getByText('Đã lưu trên máy này').waitFor();
    await page.context().setOffline(false);
    await page.reload();
    await saved(page);
    await expect
      .poll(async () => {
        const now = await execute(
          stage.services,
          sheet,
          { unitId: cell.unitId, programme: 'four-good-cell', period: place.period },
          { actor: { kind: 'system', label: 'cli' } },
        );
        return now.values.find(({ key }) => key === 'fixed_day')?.declared.met;
      })
      .toBe(true);
  });
});
