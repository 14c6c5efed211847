import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { desk, phone, type Stage, setStage } from './stage.ts';
import { MODEL, type Person, plantVillage, type Village } from './village.ts';

const database = await testDatabase();
let stage: Stage;
let place: Village;

beforeAll(async () => {
  stage = await setStage(database);
  place = await plantVillage(stage.services);
  for (const person of [place.commune, place.cell, ...place.villages]) await giveAccount(stage.services, person);
});
afterAll(() => stage?.close());

const actions = (page: Page) => page.locator('main .button.main');
const today = async (person: Person): Promise<Page> => {
  const page = await stage.open(person);
  await page.goto(stage.base);
  return page;
};

describe('pages of a month', () => {
  test.each([
    ['Today of a village head', () => [place.villages[0], '/'] as const],
    ['Today of the commune officer', () => [place.commune, '/'] as const],
    ['the desk', () => [place.commune, `/units/${place.commune.unitId}/desk`] as const],
    ['a sheet being filled in', () => [place.villages[0], sheetOf(place.villages[0])] as const],
    ['a sheet being looked at', () => [place.commune, sheetOf(place.villages[1])] as const],
  ])('%s: nobody stumbles, nothing is wider than a phone', async (_name, where) => {
    const [person, path] = where();
    for (const options of [phone, desk, { ...phone, locale: 'ar-EG' }]) {
      const page = await stage.open(person, options);
      await page.goto(`${stage.base}${path}`);
      await page.locator('h1').waitFor();
      expect(await faults(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });
});

const sheetOf = ({ unitId }: Person) => `/units/${unitId}/programmes/${MODEL}/${place.period}`;

describe('Today', () => {
  test('of a secretary shows each round once, and opens its sheet in one tap', async () => {
    const page = await today(place.cell);
    expect(await page.locator('main h2').count()).toBe(1);
    expect(await actions(page).count()).toBe(1);
    await actions(page).click();
    await page.locator('#c-fixed_day').waitFor();
  });

  test('of an officer leads to what waits, and begins the next round for every unit below', async () => {
    const page = await today(place.commune);
    expect(await actions(page).count()).toBe(1);
    expect(await actions(page).innerText()).toBe('Mở bàn xử lý');
    await page.getByRole('button', { name: 'Mở phiếu cho các đơn vị' }).click();
    await page.getByText('Đã mở 4 phiếu').waitFor();
    await page.goto(stage.base);
    expect(await page.getByRole('button', { name: 'Mở phiếu cho các đơn vị' }).count()).toBe(0);
  });

  test('of a head who has sent the month goes on with the one that was begun', async () => {
    const page = await today(place.villages[2]);
    expect(await actions(page).innerText()).toBe('Điền tiếp');
  });
});
