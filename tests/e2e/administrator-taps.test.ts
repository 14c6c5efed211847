import { execute } from '@dinh/operations/kernel';
import { addMember } from '@dinh/operations/people';
import { createUnit } from '@dinh/operations/units';
import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clicksOn } from './clicks.ts';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { desk, type Stage, setStage } from './stage.ts';
import { type Person, plantVillage, type Village } from './village.ts';

// What each of an administrator's jobs may cost stands in docs/guides/taps.md; each is taken back where it was done.
const database = await testDatabase();
const system = { actor: { kind: 'system', label: 'cli' } } as const;
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
  for (const person of [administrator, place.villages[0], place.commune, place.cell])
    await giveAccount(services, person);
});
afterAll(() => stage?.close());

const says = (page: Page, text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor();
const whole = async (page: Page) => expect([await faults(page), await overflow(page)]).toEqual([[], 0]);

describe('an administrator', () => {
  const twoMinutes = 120;

  test('a new member, from Today: found, added, and taken back in one press', async () => {
    const page = await stage.open(administrator, desk);
    await page.goto(stage.base, { waitUntil: 'networkidle' });
    const hand = clicksOn(page);
    await hand.click(page.locator('nav').getByRole('link', { name: 'Đơn vị', exact: true }));
    await page.waitForURL('**/units', { waitUntil: 'networkidle' });
    await hand.fill(page.locator('[type=search]'), 'thon thuong');
    await hand.key('Enter');
    await hand.click(page.locator('main li a', { hasText: 'Thôn Thượng' }).first());
    await hand.click(page.locator('main').getByRole('link', { name: 'Con người', exact: true }));
    await hand.click(page.getByRole('link', { name: 'Thêm người', exact: true }));
    await hand.fill(page.locator('[name=name]'), 'Hội viên mới');
    await hand.click(page.getByRole('button', { name: 'Thêm vào danh sách' }));
    await says(page, 'Đã thêm Hội viên mới.');
    expect(hand.counted).toEqual({ clicks: 5, keys: 1, fields: 2 });
    expect(hand.seconds()).toBeLessThanOrEqual(twoMinutes);
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await says(page, 'Đã bỏ người vừa thêm');
    expect(await page.locator('main li').allInnerTexts()).toHaveLength(1);
    await whole(page);
    await page.context().close();
  });

  test('a new village head in place of the old one; the wrong one never was', async () => {
    const [, , , village] = place.villages;
    const { unitId } = village;
    const input = { unitId, name: 'Người kế nhiệm', from: '2025-08-01' };
    await execute(stage.services, addMember, input, system);
    const page = await stage.open(administrator, desk);
    await page.goto(`${stage.base}/people/${unitId}`);
    const hand = clicksOn(page);
    await hand.click(page.getByRole('link', { name: 'Người kế nhiệm' }));
    await hand.click(page.locator('summary', { hasText: 'Giao chức vụ' }));
    const form = page.locator('form[action="?/give"]');
    await hand.choose(form.locator('[name=post]'), 'trưởng thôn');
    await hand.click(form.locator('[name=replacing]'));
    await hand.click(form.getByRole('button'));
    await says(page, 'Đã giao chức vụ.');
    expect(hand.counted).toEqual({ clicks: 6, keys: 0, fields: 0 });
    expect(hand.seconds()).toBeLessThanOrEqual(twoMinutes);
    const posts = async () => {
      const look = await page.context().newPage();
      await look.goto(`${stage.base}/people/${unitId}`);
      return look.locator('main li').allInnerTexts();
    };
    expect((await posts()).find((line) => line.includes('Trưởng thôn số 4'))).not.toContain('trưởng thôn');
    await whole(page);
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await says(page, 'Đã trở lại như trước.');
    expect((await posts()).find((line) => line.includes('Trưởng thôn số 4'))).toContain('trưởng thôn');
    await page.context().close();
  });

  test('two villages become one, and two again', async () => {
    const { services } = stage;
    const parentId = place.commune.unitId;
    const found = async (name: string) =>
      (await execute(services, createUnit, { parentId, kind: 'village', name, effective: '2025-08-01' }, system))
        .unitId;
    const [first, second] = [await found('Thôn Gần'), await found('Thôn Xa')];
    const page = await stage.open(administrator, desk);
    await page.goto(`${stage.base}/units/${first}`);
    const hand = clicksOn(page);
    await hand.click(page.locator('main').getByRole('link', { name: /Sáp nhập/ }));
    await hand.click(page.locator(`[name=source][value="${second}"]`));
    await hand.fill(page.locator('[name=name]'), 'Thôn Hợp Nhất');
    await hand.click(page.locator('main form[method=post] button.main'));
    await says(page, 'Đã ghi việc sáp nhập vào Thôn Hợp Nhất');
    expect(hand.counted).toEqual({ clicks: 3, keys: 0, fields: 1 });
    expect(hand.seconds()).toBeLessThanOrEqual(twoMinutes);
    await whole(page);
    const merged = page.url();
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await says(page, 'Đã hoàn tác việc sáp nhập');
    await page.goto(`${stage.base}/units/${second}`);
    expect(await page.getByText('không còn từ').count()).toBe(0);
    expect((await page.goto(merged))?.status()).toBe(404);
    await page.context().close();
  });

  test('a lost phone locks at once; the wrong person’s account is given back', async () => {
    const [head] = place.villages;
    const theirs = await stage.open(head);
    await theirs.goto(`${stage.base}/account`);
    const page = await stage.open(administrator, desk);
    await page.goto(`${stage.base}/people/${head.unitId}`);
    const hand = clicksOn(page);
    await hand.click(page.getByRole('link', { name: 'Trưởng thôn số 1' }));
    await hand.click(page.locator('summary', { hasText: 'Khôi phục tài khoản' }));
    await hand.click(page.locator('form[action="?/recover"] button'));
    await page.locator('input[readonly]').waitFor();
    expect(hand.counted).toEqual({ clicks: 3, keys: 0, fields: 0 });
    expect(hand.seconds()).toBeLessThanOrEqual(twoMinutes);
    await theirs.goto(`${stage.base}/account`);
    expect(new URL(theirs.url()).pathname).toBe('/sign-in');
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await says(page, 'Đã trả lại mật khẩu và khóa cũ');
    await theirs.fill('[name=name]', `p.${head.personId.slice(-12)}`);
    await theirs.fill('[name=password]', 'mua xuan sang som');
    await theirs.locator('form button.main').click();
    await theirs.waitForURL((url) => url.pathname !== '/sign-in');
    await page.context().close();
  });
});

test('no page that a menu offers is closed to its reader, whatever their post', async () => {
  const { commune, villages, cell } = place;
  for (const person of [administrator, commune, cell]) {
    const page = await stage.open(person);
    const offered = new Set<string>();
    for (const at of ['/more', `/units/${place.nation}`, `/units/${villages[0].unitId}`]) {
      await page.goto(stage.base + at);
      const links = await page.locator('nav section a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      for (const href of links) if (href) offered.add(href);
    }
    expect(offered.size).toBeGreaterThan(10);
    for (const href of offered) {
      expect([href, (await page.request.get(stage.base + href)).status()]).toEqual([href, 200]);
    }
    await page.context().close();
  }
});
