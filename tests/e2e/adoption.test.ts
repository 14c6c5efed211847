import { testDatabase } from '@dinh/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { phone, type Stage, setStage } from './stage.ts';
import { plantVillage, type Village } from './village.ts';

const database = await testDatabase();
let stage: Stage;
let place: Village;

beforeAll(async () => {
  stage = await setStage(database);
  place = await plantVillage(stage.services);
  await giveAccount(stage.services, place.villages[2]);
});
afterAll(() => stage?.close());

test.each([
  ['with JavaScript', phone],
  ['before JavaScript', { ...phone, javaScriptEnabled: false }],
])('a village gives a criterion its own words and somebody who answers for it, %s', async (how, options) => {
  const [, , third] = place.villages;
  const page = await stage.open(third, options);
  await page.goto(`${stage.base}/units/${third.unitId}/programmes`);
  await page.getByRole('link', { name: 'Lời của đơn vị, người phụ trách' }).click();
  await page.fill('[name="wording.roads"]', `Đường ra đồng đủ đèn, ${how}`);
  await page.selectOption('[name="inCharge.roads"]', { label: 'Trưởng thôn số 3' });
  await page.locator('main form[method=post] button.main').click();
  await page.getByText('Đã lưu cho các phiếu từ hôm nay').waitFor();
  expect(await page.inputValue('[name="wording.roads"]')).toBe(`Đường ra đồng đủ đèn, ${how}`);
  if (options === phone) {
    expect(await faults(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.goto(stage.base);
    await page.getByRole('button', { name: 'Mở phiếu' }).click();
    const card = page.locator('#c-roads');
    await card.waitFor();
    expect(await card.innerText()).toContain('Phụ trách: Trưởng thôn số 3');
    expect(await card.locator('h3').innerText()).toContain('Đường ra đồng đủ đèn');
  }
});
