import { execute } from '@dinh/operations/kernel';
import { addMember } from '@dinh/operations/people';
import { linkUnits, listKinds } from '@dinh/operations/units';
import { testDatabase } from '@dinh/store/testing';
import type { BrowserContextOptions, Cookie, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { phone, type Stage, setStage } from './stage.ts';

const password = 'mái đình cong cong';
const system = { actor: { kind: 'system', label: 'cli' } } as const;
const database = await testDatabase();
let stage: Stage;
/** The session of whoever was first to visit. */
let session: Cookie[] = [];

beforeAll(async () => {
  stage = await setStage(database);
});
afterAll(() => stage?.close());

const main = (page: Page) => page.locator('main form[method=post] button.main');
const idOf = (page: Page) => Number(new URL(page.url()).pathname.split('/')[2]);

async function send(page: Page, says: string): Promise<void> {
  await main(page).click();
  await page.getByText(says, { exact: false }).first().waitFor();
}

async function administrator(options: BrowserContextOptions = phone): Promise<Page> {
  const page = await stage.open(null, options);
  await page.context().addCookies(session);
  return page;
}

describe('the first day', () => {
  let [organisation, commune, village] = [0, 0, 0];

  test('begins with what to do, on pages that everybody can read', async () => {
    const page = await stage.open(null);
    await page.goto(stage.base, { waitUntil: 'networkidle' });
    await page.fill('[name=unitName]', 'Hợp tác xã Sông Xanh');
    await page.fill('[name=name]', 'Người quản trị số 1');
    await page.fill('[name=signInName]', 'quan.tri');
    await page.fill('[name=password]', password);
    await main(page).click();
    await page.waitForURL(`${stage.base}/units`);
    session = await page.context().cookies();
    await page.getByText('Bắt đầu dựng cây đơn vị').waitFor();
    const top = page.locator('main a', { hasText: 'Hợp tác xã Sông Xanh' }).last();
    organisation = Number((await top.getAttribute('href'))?.split('/')[2]);
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
    await page.context().close();
  });

  test('before JavaScript, goes from the kinds over a unit on top to the first village', async () => {
    const page = await administrator({ ...phone, javaScriptEnabled: false });
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
    commune = idOf(page);

    await page.goto(`${stage.base}/units`);
    await page.getByRole('link', { name: 'Lập đơn vị trực thuộc Xã Đồng Sen' }).last().click();
    await page.waitForURL(new RegExp(`/units/${commune}/create`));
    await page.fill('[name=name]', 'Thôn Đông');
    await page.selectOption('[name=kind]', { label: 'thôn, bản' });
    await page.fill('[name=effective]', '2025-07-01');
    await send(page, 'Đã lập Thôn Đông');
    village = idOf(page);
    await page.goto(`${stage.base}/units`);
    expect(await page.getByText('Bắt đầu dựng cây đơn vị').count()).toBe(0);

    // A kind that units stand by cannot go to another level, and keeps its name in the sentence.
    await page.goto(`${stage.base}/units/kinds/village`);
    await page.fill('[name=rank]', '20');
    await send(page, 'Loại “thôn, bản” đang được dùng');

    await page.context().close();
  });

  test('an observer sees what the two lines have to do with each other, and no way to what is not theirs', async () => {
    const link = { unitId: organisation, otherId: commune, kind: 'works-in', effective: '2025-07-01' } as const;
    await execute(stage.services, linkUnits, link, system);
    const member = { unitId: village, name: 'Quan sát viên số 1', post: 'observer' } as const;
    const { personId } = await execute(stage.services, addMember, member, system);
    const observer = { personId, unitId: village, unit: 'Thôn Đông' };
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
  });

  test('with JavaScript, a second tree is begun, and the same kind sent twice is one', async () => {
    const page = await administrator();
    await page.goto(`${stage.base}/units/kinds?lang=vi`, { waitUntil: 'networkidle' });
    await page.getByText('Cấp ủy, chi bộ, đoàn thể').first().click();
    await page.locator('form[action="?/take"]:has([value=cell]) button').click();
    await page.getByText('Đã thêm loại đơn vị').waitFor();
    await page.goto(`${stage.base}/units/create`, { waitUntil: 'networkidle' });
    await page.fill('[name=name]', 'Đảng ủy xã Đồng Sen');
    await page.selectOption('[name=kind]', 'commune-committee');
    await send(page, 'bạn là người quản trị');
    await page.goto(`${stage.base}/units/${idOf(page)}/create`);
    expect(await page.locator('[name=kind] option').allInnerTexts()).toEqual(['chi bộ', 'tổ chức quần chúng']);

    await page.goto(`${stage.base}/units/kinds/new`);
    const command = await page.locator('main form input[name=command]').inputValue();
    const form = { command, line: 'territorial', vi: 'bản', en: 'Upland village', ar: 'قرية جبلية', rank: '40' };
    const headers = { origin: stage.base, accept: 'text/html' };
    for (const _time of [1, 2]) {
      const answer = await page.request.post(`${stage.base}/units/kinds/new`, { form, headers });
      expect(new URL(answer.url()).search).toBe('?done=added');
    }
    const { kinds } = await execute(stage.services, listKinds, {}, system);
    expect(kinds.filter(({ key }) => key.startsWith('upland')).map(({ key }) => key)).toEqual(['upland-village']);
    await page.context().close();
  });
});
