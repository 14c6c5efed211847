import { execute } from '@dinh/operations/kernel';
import { addMember } from '@dinh/operations/people';
import { linkUnits, listKinds } from '@dinh/operations/units';
import { testDatabase } from '@dinh/store/testing';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { phone, type Stage, setStage } from './stage.ts';

const password = 'mái đình cong cong';
const system = { actor: { kind: 'system', label: 'cli' } } as const;
let stages: [Stage, Stage, Stage];

beforeAll(async () => {
  const fresh = async () => setStage(await testDatabase());
  stages = [await fresh(), await fresh(), await fresh()];
});
afterAll(async () => {
  for (const stage of stages ?? []) await stage.close();
});

const main = (page: Page) => page.locator('main form[method=post] button.main');
const idOf = (page: Page) => Number(new URL(page.url()).pathname.split('/')[2]);

async function send(page: Page, says: string): Promise<void> {
  await main(page).click();
  await page.getByText(says, { exact: false }).first().waitFor();
}

/** The browser of whoever is first to visit a fresh installation, after setting it up. */
async function firstVisit(stage: Stage, options: BrowserContextOptions): Promise<Page> {
  const page = await stage.open(null, options);
  await page.goto(stage.base, { waitUntil: 'networkidle' });
  await page.fill('[name=unitName]', 'Hợp tác xã Sông Xanh');
  await page.fill('[name=name]', 'Người quản trị số 1');
  await page.fill('[name=signInName]', 'quan.tri');
  await page.fill('[name=password]', password);
  await main(page).click();
  await page.waitForURL(`${stage.base}/units`);
  return page;
}

describe('the first day', () => {
  test.each([
    ['with JavaScript', phone, 0],
    ['before JavaScript', { ...phone, javaScriptEnabled: false }, 1],
  ])('from set-up over kinds and a unit on top to the first village, %s', async (_how, options, nth) => {
    const stage = stages[nth]!;
    const page = await firstVisit(stage, options);
    await page.getByText('Bắt đầu dựng cây đơn vị').waitFor();
    const top = page.locator('main a', { hasText: 'Hợp tác xã Sông Xanh' }).last();
    const organisation = Number((await top.getAttribute('href'))?.split('/')[2]);

    // Below the unit of the first visit nothing can stand yet, and its page says what is missing.
    await page.goto(`${stage.base}/units/${organisation}/create`);
    await page.getByText('Chưa có loại đơn vị nào đứng dưới Hợp tác xã Sông Xanh').waitFor();
    await page.getByRole('link', { name: 'Loại đơn vị' }).last().click();
    await page.waitForURL(/\/units\/kinds$/);
    const territory = page.locator('form[action="?/take"]').first();
    await territory.locator('[value=nation]').uncheck();
    await territory.locator('[value=family-group]').uncheck();
    await territory.locator('button').click();
    await page.getByText('Đã thêm loại đơn vị').waitFor();
    const defined = await page.locator('main section ol').first().locator('a').allInnerTexts();
    expect(defined).toEqual(['tỉnh, thành phố', 'xã, phường', 'thôn, bản', 'tổ dân phố']);

    await page.getByRole('link', { name: 'Thêm loại đơn vị' }).first().click();
    await page.waitForURL(/kinds\/new\?line=territorial/);
    expect(await page.inputValue('[name=rank]')).toBe('50');
    await page.fill('[name=vi]', 'xóm');
    await page.fill('[name=en]', 'hamlet');
    await page.fill('[name=ar]', 'نجع');
    await page.fill('[name=rank]', '1001');
    await main(page).click();
    await page.locator('.error').waitFor();
    expect(await page.inputValue('[name=ar]')).toBe('نجع');
    await page.fill('[name=rank]', '40');
    await send(page, 'Đã thêm loại đơn vị');
    await page.getByRole('link', { name: 'xóm' }).click();
    await page.waitForURL(/kinds\/hamlet/);
    await page.fill('[name=vi]', 'xóm, ấp');
    await send(page, 'Đã lưu loại đơn vị');

    await page.goto(`${stage.base}/units`);
    await page.getByRole('link', { name: 'Lập thêm nếu cần' }).click();
    await page.waitForURL(/units\/create/);
    await page.fill('[name=name]', 'Xã Đồng Sen');
    await page.selectOption('[name=kind]', 'commune');
    await page.fill('[name=effective]', '2025-07-01');
    await send(page, 'bạn là người quản trị');
    const commune = idOf(page);

    await page.goto(`${stage.base}/units`);
    await page.getByRole('link', { name: 'Lập đơn vị trực thuộc Xã Đồng Sen' }).last().click();
    await page.waitForURL(new RegExp(`/units/${commune}/create`));
    await page.fill('[name=name]', 'Thôn Đông');
    await page.selectOption('[name=kind]', { label: 'thôn, bản' });
    await page.fill('[name=effective]', '2025-07-01');
    await send(page, 'Đã lập Thôn Đông');
    const village = idOf(page);
    await page.goto(`${stage.base}/units`);
    expect(await page.getByText('Bắt đầu dựng cây đơn vị').count()).toBe(0);

    // A kind that units stand by cannot go to another level, and keeps its name in the sentence.
    await page.goto(`${stage.base}/units/kinds/village`);
    await page.fill('[name=rank]', '20');
    await send(page, 'Loại “thôn, bản” đang được dùng');

    if (options === phone) await observe(stage, { organisation, commune, village });
    await page.context().close();
  });

  /** Somebody who only looks sees what the two lines have to do with each other, and no way to what is not theirs. */
  async function observe(stage: Stage, { organisation, commune, village }: Record<string, number>): Promise<void> {
    const link = { unitId: organisation!, otherId: commune!, kind: 'works-in', effective: '2025-07-01' } as const;
    await execute(stage.services, linkUnits, link, system);
    const member = { unitId: village!, name: 'Quan sát viên số 1', post: 'observer' } as const;
    const { personId } = await execute(stage.services, addMember, member, system);
    const observer = { personId, unitId: village!, unit: 'Thôn Đông' };
    await giveAccount(stage.services, observer);
    const page = await stage.open(observer);
    for (const [from, to] of [
      [commune, 'Hợp tác xã Sông Xanh'],
      [organisation, 'Xã Đồng Sen'],
    ] as const) {
      await page.goto(`${stage.base}/units/${from}`);
      await page.locator('main dl a', { hasText: to }).waitFor();
    }
    await page.goto(`${stage.base}/units`);
    expect(await page.getByRole('link', { name: /Loại đơn vị|Lập đơn vị/ }).count()).toBe(0);
    for (const closed of ['/units/kinds', '/units/kinds/new', '/units/kinds/village', '/units/create'])
      expect((await page.goto(`${stage.base}${closed}`))?.status()).toBe(403);
    await page.context().close();
  }

  test('its pages are readable by everybody and fit a phone, and the same kind sent twice is one', async () => {
    const stage = stages[2];
    const page = await firstVisit(stage, phone);
    const seen: [string, string[], number][] = [];
    for (const language of ['vi', 'ar'])
      for (const address of [
        '/units',
        '/units/kinds',
        '/units/kinds/new',
        '/units/kinds/organisation',
        '/units/create',
      ]) {
        await page.goto(`${stage.base}${address}?lang=${language}`);
        seen.push([address, await faults(page), await overflow(page)]);
      }
    expect(seen).toEqual(seen.map(([address]) => [address, [], 0]));

    const plain = await stage.open(null, { ...phone, javaScriptEnabled: false });
    await plain.context().addCookies(await page.context().cookies());
    await plain.goto(`${stage.base}/units/kinds/new?lang=vi`);
    const form = await plain.locator('main form input[name=command]').inputValue();
    const once = { command: form, line: 'territorial', vi: 'bản', en: 'Bản', ar: 'قرية جبلية', rank: '40' };
    const headers = { origin: stage.base, accept: 'text/html' };
    for (const _time of [1, 2]) {
      const answer = await plain.request.post(`${stage.base}/units/kinds/new`, { form: once, headers });
      expect(new URL(answer.url()).search).toBe('?done=added');
    }
    const { kinds } = await execute(stage.services, listKinds, {}, system);
    expect(kinds.map(({ key }) => key)).toEqual(['ban', 'organisation']);
  });
});
