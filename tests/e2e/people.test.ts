import { testDatabase } from '@dinh/store/testing';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faults, overflow } from './looks.ts';
import { phone, type Stage, setStage } from './stage.ts';

const plain: BrowserContextOptions = { ...phone, javaScriptEnabled: false };
const password = 'mái đình cong cong';

const database = await testDatabase();
let stage: Stage;

beforeAll(async () => {
  stage = await setStage(database);
});
afterAll(() => stage?.close());

const main = (page: Page) => page.locator('form button.main');

async function enter(page: Page, name: string, secret = password): Promise<void> {
  await page.goto(`${stage.base}/sign-in`);
  await page.fill('[name=name]', name);
  await page.fill('[name=password]', secret);
  await main(page).click();
}

let link = '';
let unit = '';

describe('people, from the first visit on', () => {
  test('before JavaScript: set up, add a member, invite, accept, sign out and in', async () => {
    const page = await stage.open(null, plain);
    await page.goto(stage.base);
    expect(new URL(page.url()).pathname).toBe('/set-up');
    await page.fill('[name=unitName]', 'Xã Sơn Hà');
    await page.fill('[name=name]', 'Lê Thị Quản');
    await page.fill('[name=signInName]', 'quan.tri');
    await page.fill('[name=password]', '12345678');
    await main(page).click();
    expect(await page.locator('.error').textContent()).toContain('quá dễ đoán');
    expect(await page.inputValue('[name=unitName]')).toBe('Xã Sơn Hà');
    await page.fill('[name=password]', password);
    await main(page).click();
    await page.goto(`${stage.base}/people`);
    unit = new URL(page.url()).pathname;
    await page.goto(`${stage.base}${unit}/add`);
    await page.fill('[name=name]', 'Nguyễn Văn Sáu');
    await page.selectOption('select[name=post]', 'secretary');
    await main(page).click();
    await page.click('form[action="?/invite"] button');
    link = await page.inputValue('input[readonly]');
    expect(link).toMatch(new RegExp(`^${stage.base}/join/1-[\\w-]{43}$`));

    const other = await stage.open(null, plain);
    await other.goto(link);
    await other.fill('[name=name]', '0912 345 678');
    await other.fill('[name=password]', password);
    await main(other).click();
    await other.goto(`${stage.base}/account`);
    await other.locator('form[action="/sign-out"] button').first().click();
    expect(other.url()).toContain('/sign-in?out');
    await other.goto(`${stage.base}/people`);
    expect(new URL(other.url()).pathname).toBe('/sign-in');
    await enter(other, '0912345678');
    await other.goto(`${stage.base}/account`);
    expect(await other.locator('main').textContent()).toContain('Nguyễn Văn Sáu');
  });

  test('a passkey is added, signs in, and is dead with everything else once the account is recovered', async () => {
    const page = await stage.open(null, phone);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const options = {
      protocol: 'ctap2' as const,
      transport: 'internal' as const,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    };
    await cdp.send('WebAuthn.addVirtualAuthenticator', { options });
    await enter(page, '0912345678');
    await page.waitForURL(`${stage.base}/`);
    await page.goto(`${stage.base}/account`);
    await page.getByRole('button', { name: 'Thêm khóa trên máy này' }).click();
    await page.locator('form[action="?/remove-passkey"]').waitFor();
    await page.locator('form[action="/sign-out"] button').first().click();
    await page.getByRole('button', { name: 'Dùng khóa đăng nhập' }).click();
    await page.waitForURL(`${stage.base}/`);

    const administrator = await stage.open(null, phone);
    await enter(administrator, 'quan.tri');
    await administrator.waitForURL(`${stage.base}/`);
    await administrator.goto(`${stage.base}${unit}`);
    await administrator.getByText('Nguyễn Văn Sáu').click();
    await administrator.getByText('Khôi phục tài khoản').first().click();
    await administrator.locator('form[action="?/recover"] button').click();
    await administrator.locator('input[readonly]').waitFor();
    await page.goto(`${stage.base}/account`);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.getByRole('button', { name: 'Dùng khóa đăng nhập' }).click();
    await page.getByText('Khóa đăng nhập chưa được chấp nhận.').waitFor();
    await page.goto(link);
    expect(await page.locator('main').textContent()).toContain('Lời mời này đã được dùng rồi');
  });

  test.each(['vi', 'ar'])('pages are readable for everybody and fit a phone, in %s', async (language) => {
    const page = await stage.open(null, phone);
    const seen: [string, string[], number][] = [];
    const look = async (address: string) => {
      await page.goto(`${stage.base}${address}?lang=${language}`);
      expect(await page.evaluate(() => document.documentElement.dir)).toBe(language === 'ar' ? 'rtl' : 'ltr');
      seen.push([address, await faults(page), await overflow(page)]);
    };
    await look('/sign-in');
    await enter(page, 'quan.tri');
    await page.waitForURL(`${stage.base}/`);
    await page.goto(`${stage.base}${unit}`);
    const person = (await page.locator('main ul a').first().getAttribute('href')) ?? '';
    for (const address of ['/more', '/account', '/account/tokens', unit, `${unit}/add`, `${unit}/import`, person])
      await look(address);
    expect(seen).toEqual(seen.map(([address]) => [address, [], 0]));
  });
});
