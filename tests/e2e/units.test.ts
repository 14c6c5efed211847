import { dayOf } from '@dinh/domain/kernel';
import { execute } from '@dinh/operations/kernel';
import { addMember } from '@dinh/operations/people';
import { createUnit } from '@dinh/operations/units';
import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { phone, type Stage, setStage } from './stage.ts';
import { type Person, plantVillage, type Village } from './village.ts';

const system = { actor: { kind: 'system', label: 'cli' } } as const;

const database = await testDatabase();
let stage: Stage;
let place: Village;
let administrator: Person;

beforeAll(async () => {
  stage = await setStage(database);
  const { services } = stage;
  place = await plantVillage(services);
  const unitId = place.nation;
  const member = { unitId, name: 'Người quản trị', post: 'administrator' } as const;
  administrator = { personId: (await execute(services, addMember, member, system)).personId, unitId, unit: '' };
  for (const person of [administrator, place.villages[0]]) await giveAccount(services, person);
});
afterAll(() => stage?.close());

/** Sends the form of the page and waits until it says what came of it. */
async function send(page: Page, says: string): Promise<void> {
  await page.locator('main form[method=post] button.main').click();
  await page.getByText(says, { exact: false }).first().waitFor();
}

describe('units', () => {
  test.each([
    ['with JavaScript', phone, 'Thôn Hạ'],
    ['before JavaScript', { ...phone, javaScriptEnabled: false }, 'Thôn Trung'],
  ])('an administrator founds, renames, merges and looks back, %s', async (_how, options, name) => {
    const page = await stage.open(administrator, options);
    await page.goto(`${stage.base}/units/${place.commune.unitId}/create`);
    await page.fill('[name=name]', name);
    await page.fill('[name=effective]', '2025-07-01');
    await send(page, 'chỉ có từ ngày');
    await page.fill('[name=effective]', '2025-09-01');
    await send(page, `Đã lập ${name}`);
    const id = new URL(page.url()).pathname.split('/')[2];

    await page.goto(`${stage.base}/units/${id}/rename`);
    await page.fill('[name=name]', `${name} Mới`);
    await page.fill('[name=effective]', '2026-01-01');
    await page.fill('[name=note]', 'Nghị quyết 12');
    await send(page, 'Đã ghi thay đổi');

    await page.goto(`${stage.base}/units/${id}?day=2025-12-31`);
    expect(await page.locator('h1').innerText()).toBe(name);
    await page.goto(`${stage.base}/units/${id}/history`);
    expect(await page.locator('main ol').last().innerText()).toMatch(
      new RegExp(`Đổi thành ${name} Mới[^]*Nghị quyết 12[^]*tên ${name}`),
    );

    const { unitId } = await execute(
      stage.services,
      createUnit,
      { parentId: place.commune.unitId, kind: 'village', name: `${name} Nhỏ`, effective: '2025-09-01' },
      system,
    );
    await page.goto(`${stage.base}/units/${unitId}/merge`);
    await page.check(`[name=source][value="${id}"]`);
    await page.fill('[name=effective]', '2026-02-01');
    await send(page, 'Cần điền');
    expect(await page.isChecked(`[name=source][value="${id}"]`)).toBe(true);
    await page.fill('[name=name]', `${name} Hợp Nhất`);
    await send(page, 'Đã ghi việc sáp nhập');
    await page.goto(`${stage.base}/units/${id}`);
    await page.getByText('không còn từ').waitFor();
    await page.getByRole('link', { name: `${name} Hợp Nhất` }).click();
    await page.getByText('sáp nhập vào').first().waitFor();
    await page.context().close();
  });

  test.each([
    ['with JavaScript', phone],
    ['before JavaScript', { ...phone, javaScriptEnabled: false }],
  ])('keep a work calendar that those below follow, %s', async (_how, options) => {
    const page = await stage.open(administrator, options);
    const calendar = (unit: number) => `${stage.base}/units/${unit}/calendar`;
    const says = (text: string) => page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor();
    const press = (action: string) => page.locator(`form[action="?/${action}"] button`).first().click();
    const year = Number(dayOf(new Date()).slice(0, 4)) + 1;
    await page.goto(calendar(place.nation));
    await says('nghỉ thứ Bảy và Chủ nhật');
    await press('begin');
    await says('Từ nay đơn vị giữ lịch riêng');
    expect(await page.locator('label:has([name=weekend])').allInnerTexts()).toEqual([
      'Thứ Hai',
      'Thứ Ba',
      'Thứ Tư',
      'Thứ Năm',
      'Thứ Sáu',
      'Thứ Bảy',
      'Chủ Nhật',
    ]);
    await page.locator('[name=weekend][value="0"]').uncheck();
    await page.locator('[name=weekend][value="5"]').check();
    await press('weekend');
    await says('Đã lưu ngày nghỉ hằng tuần');
    await page.fill('[name=name]', 'Ngày hội làng');
    await page.fill('[name=from]', `${year}-03-10`);
    await page.fill('[name=to]', `${year}-03-09`);
    await press('add');
    await says('Ngày kết thúc');
    expect(await page.inputValue('[name=name]')).toBe('Ngày hội làng');
    await page.fill('[name=to]', `${year}-03-11`);
    await press('add');
    await says('Đã thêm ngày nghỉ');
    // What looks for faults is a script itself.
    if (options === phone) expect([await faults(page), await overflow(page)]).toEqual([[], 0]);

    await page.goto(calendar(place.commune.unitId));
    await says('theo lịch của');
    const followed = await page.locator('main').innerText();
    for (const words of ['Thứ Sáu và Thứ Bảy', 'Ngày hội làng']) expect(followed).toContain(words);

    await page.goto(calendar(place.nation));
    await press('remove');
    await says('Đã bỏ ngày nghỉ');
    await page.locator('summary', { hasText: 'Thôi giữ lịch riêng' }).click();
    await press('drop');
    await says('không còn giữ lịch riêng');
    await page.context().close();
  });

  test('are found without accents, and shown without what the reader may not do', async () => {
    const page = await stage.open(place.villages[0]);
    // What is typed while the page's script still starts is another question than whether names are found.
    await page.goto(`${stage.base}/units`, { waitUntil: 'networkidle' });
    await page.fill('[type=search]', 'thon dong');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=thon/);
    await page.locator('main li a', { hasText: 'Thôn Đông' }).first().click();
    await page.locator('h1', { hasText: 'Thôn Đông' }).waitFor();
    expect(await page.getByText('Giải thể').count()).toBe(0);
    const answer = await page.goto(`${stage.base}/units/${place.commune.unitId}/dissolve`);
    expect(answer?.status()).toBe(403);
    await page.context().close();
  });

  test.each(['vi', 'ar'])('are readable by everybody and fit a phone, in %s', async (lang) => {
    const page = await stage.open(administrator);
    const unit = `/units/${place.commune.unitId}`;
    for (const address of [
      '/units',
      '/units?q=thon',
      unit,
      `${unit}/calendar`,
      `${unit}/history`,
      `${unit}/merge`,
      `${unit}/split`,
      `${unit}/move`,
    ]) {
      await page.goto(`${stage.base}${address}${address.includes('?') ? '&' : '?'}lang=${lang}`);
      expect([address, await faults(page), await overflow(page)]).toEqual([address, [], 0]);
    }
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(lang === 'ar' ? 'rtl' : 'ltr');
    await page.context().close();
  });
});
