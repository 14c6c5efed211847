import type { Post } from '@dinh/domain/access';
import { dayOf } from '@dinh/domain/kernel';
import { execute } from '@dinh/operations/kernel';
import { addMember } from '@dinh/operations/people';
import { testDatabase } from '@dinh/store/testing';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { desk, phone, type Stage, setStage } from './stage.ts';
import { type Person, plantVillage, type Village } from './village.ts';

const database = await testDatabase();
const arabic: BrowserContextOptions = { viewport: { width: 360, height: 640 }, locale: 'ar' };
const scriptless: BrowserContextOptions = { ...phone, javaScriptEnabled: false };
let stage: Stage;
let place: Village;
const members: Person[] = [];
/** Of the meeting that the first test plans. */
let base = '';

async function member(name: string, post: Post): Promise<Person> {
  const { unitId, unit } = place.cell;
  const input = { unitId, name, post, from: '2025-08-01' };
  const { personId } = await execute(stage.services, addMember, input, { actor: { kind: 'system', label: 'cli' } });
  return { personId, unitId, unit };
}

beforeAll(async () => {
  stage = await setStage(database);
  place = await plantVillage(stage.services);
  for (const n of [1, 2, 3, 4]) members.push(await member(`Đảng viên số ${n}`, 'member-official'));
  members.push(await member('Đảng viên dự bị số 1', 'member-probationary'));
  for (const person of [place.cell, place.villages[0], ...members.slice(0, 2)])
    await giveAccount(stage.services, person);
});
afterAll(() => stage?.close());

const secretary = () => place.cell;
const list = () => `${stage.base}/units/${place.cell.unitId}/meetings`;
const looksRight = async (page: Page) => {
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await faults(page)).toEqual([]);
};
const row = (page: Page, name: string): Locator => page.locator('#roll li', { hasText: name });
const here = (page: Page, text: string) => page.locator('.counts .big', { hasText: text }).waitFor();

describe('a meeting on phones', () => {
  test('the secretary plans it, takes a template and attaches a document', async () => {
    const page = await stage.open(secretary());
    await page.goto(list());
    await page.locator('#plan [name=on]').fill(dayOf(new Date()));
    await page.locator('#plan [name=at]').fill('19:30');
    await page.locator('#plan [name=place]').fill('Nhà văn hóa thôn');
    await looksRight(page);
    await page.getByRole('button', { name: 'Lập lịch', exact: true }).click();
    await page.waitForURL(/\/meetings\/[0-9a-f-]{36}/);
    base = page.url().replace(/\?.*$/, '');
    await page.getByRole('button', { name: /Chương trình chung/ }).click();
    await page.locator('#agenda li').nth(6).waitFor();
    await page.locator('#documents summary').click();
    await page.locator('#documents [name=file]').setInputFiles({
      name: 'bao-cao.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n% a report that exists only here\n%%EOF\n'),
    });
    await page.locator('#documents').getByRole('button', { name: 'Thêm tài liệu' }).click();
    await page.locator('#documents a', { hasText: 'bao-cao' }).waitFor();
    await looksRight(page);
    await page.goto(`${base}/notice`);
    await page.getByText('Địa điểm: Nhà văn hóa thôn').waitFor();
    await looksRight(page);
  });

  test('members say that they come, comment and propose; the secretary takes it up', async () => {
    const page = await stage.open(members[0]!);
    await page.goto(base);
    await page.getByRole('button', { name: 'Tôi sẽ dự' }).click();
    await page.getByText('Bạn đã báo sẽ dự').waitFor();
    const point = page.locator('#agenda li').nth(3);
    await point.locator('summary', { hasText: 'Góp ý' }).click();
    await point.locator('[name=text]').fill('Nên bàn trước đoạn đường đầu thôn.');
    await point.getByRole('button', { name: 'Gửi góp ý' }).click();
    await point.getByText('Nên bàn trước').waitFor();
    await page.locator('#agenda summary', { hasText: 'Đề xuất nội dung' }).click();
    await page.locator('#agenda form[action*=propose] [name=title]').fill('Sửa giếng chung');
    await page.getByRole('button', { name: 'Gửi đề xuất' }).click();
    await page.locator('.proposed', { hasText: 'Sửa giếng chung' }).waitFor();
    await looksRight(page);
    // The page's own document opens in the browser, for members only.
    const file = await page.locator('#documents a').getAttribute('href');
    expect((await page.request.get(`${stage.base}${file}`)).headers()['content-type']).toBe('application/pdf');
    const stranger = await stage.open(place.villages[0]);
    expect((await stranger.request.get(`${stage.base}${file}`)).status()).toBe(403);

    const committee = await stage.open(secretary());
    await committee.goto(base);
    await committee.getByRole('button', { name: 'Đưa vào chương trình' }).click();
    await committee.locator('#agenda li', { hasText: 'Sửa giếng chung' }).waitFor();
  });

  test('the roll: one tap for all, two per absentee; every open page counts along', async () => {
    const page = await stage.open(secretary());
    await page.goto(`${base}/room`);
    await page.getByRole('button', { name: 'Khai mạc cuộc họp' }).click();
    await page.getByRole('button', { name: 'Tất cả có mặt' }).waitFor();
    const watching = await stage.open(members[0]!);
    await watching.goto(`${base}/room`);
    await here(watching, '0/6');
    // A plain member sees counts, nobody's absence.
    expect(await watching.locator('#roll').count()).toBe(0);
    await looksRight(page);

    await page.getByRole('button', { name: 'Tất cả có mặt' }).click();
    await here(page, '6/6');
    await here(watching, '6/6');
    await row(page, 'Đảng viên số 2').locator('summary').click();
    await looksRight(page);
    const from = performance.now();
    await row(page, 'Đảng viên số 2').getByRole('button', { name: 'Sức khỏe' }).click();
    await here(watching, '5/6');
    expect(performance.now() - from).toBeLessThan(2000);
    await row(page, 'Đảng viên số 2').getByText('Vắng có phép').first().waitFor();
    expect(await watching.content()).not.toContain('Sức khỏe');
  });

  test('a member scans the code in the room and is present', async () => {
    const page = await stage.open(secretary());
    await page.goto(`${base}/room`);
    const [{ check_in: code } = { check_in: '' }] = await database.query<{ check_in: string }>(
      'select check_in from meeting where check_in is not null',
    );
    const late = await stage.open(members[1]!);
    await late.goto(`${base}/here?code=guessed`);
    await late.getByText('Mã điểm danh không đúng').waitFor();
    await late.goto(`${base}/here?code=${code}`);
    await late.getByText('Đã ghi bạn có mặt').waitFor();
    await looksRight(late);
    await here(page, '6/6');
  });

  test('the agenda runs with its clock; two who write the same notes lose nothing', async () => {
    const one = await stage.open(secretary());
    const two = await stage.open(secretary());
    await one.goto(`${base}/room`);
    await one.getByRole('button', { name: 'Bàn nội dung 1' }).click();
    await one.locator('#agenda li.isRunning').waitFor();
    const notes = (page: Page) => page.locator('#agenda li.isRunning textarea');
    const save = (page: Page) => page.locator('#agenda li.isRunning').getByRole('button', { name: 'Lưu' });
    // The second begins to write while the scripts of the page are still on their way.
    let arrive = (): void => undefined;
    const scripts = new Promise<void>((resolve) => (arrive = resolve));
    await two.route('**/*.js', async (route) => {
      await scripts;
      await route.continue();
    });
    await two.goto(`${base}/room`, { waitUntil: 'commit' });
    await notes(two).fill('Điều người thứ hai nghe được.');
    arrive();
    await two.getByText('Chưa lưu').waitFor();
    await notes(one).fill('Điều người thứ nhất nghe được.');
    await save(one).click();
    await one.getByText('Đã lưu vào sổ của cuộc họp.').waitFor();
    // The second hears of it while still writing, and joins both.
    await two.locator('.theirs', { hasText: 'Điều người thứ nhất nghe được.' }).waitFor();
    await looksRight(two);
    await two.getByRole('button', { name: 'Gộp vào bản của tôi' }).click();
    await save(two).click();
    await two.getByText('Đã lưu vào sổ của cuộc họp.').waitFor();
    await expect
      .poll(() => notes(one).inputValue(), { timeout: 20_000 })
      .toBe('Điều người thứ nhất nghe được.\nĐiều người thứ hai nghe được.');
  });

  test('on a desk the roll stands beside the agenda', async () => {
    const page = await stage.open(secretary(), desk);
    await page.goto(`${base}/room`);
    const [roll, agenda] = [await page.locator('#roll').boundingBox(), await page.locator('#agenda').boundingBox()];
    expect(agenda!.x).toBeGreaterThan(roll!.x + roll!.width);
    await looksRight(page);
  });

  test('in Arabic everything stands mirrored and fits', async () => {
    const page = await stage.open(secretary(), arabic);
    for (const address of [list(), base, `${base}/room`, `${base}/notice`]) {
      await page.goto(address);
      expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
      await looksRight(page);
    }
  });

  test('without JavaScript the room works form by form', async () => {
    const page = await stage.open(secretary(), scriptless);
    await page.goto(`${base}/room`);
    // The agenda runs: the roll has made room for it, and opens again for whoever left.
    await page.locator('#roll summary').first().click();
    await row(page, 'Đảng viên số 3').locator('summary').click();
    await row(page, 'Đảng viên số 3').getByRole('button', { name: 'Vắng không phép' }).click();
    await here(page, '5/6');
    await page.locator('#conclusions form').last().locator('[name=text]').fill('Mỗi hộ góp một ngày công sửa giếng.');
    await page.getByRole('button', { name: 'Ghi kết luận' }).click();
    await page.locator('#conclusions li', { hasText: 'ngày công' }).waitFor();
    await page.getByRole('button', { name: 'Kết thúc cuộc họp' }).click();
    await page.goto(base);
    await page.getByText('Đã họp').first().waitFor();
    await page.locator('li', { hasText: 'ngày công sửa giếng' }).waitFor();
  });

  test('a calendar of the phone reads the meetings by a secret address', async () => {
    const page = await stage.open(members[0]!);
    await page.goto(list());
    await page.getByRole('button', { name: 'Tạo đường dẫn lịch' }).click();
    const address = await page.locator('input[readonly]').inputValue();
    const stranger = await stage.open(null);
    const calendar = await (await stranger.request.get(address)).text();
    expect(calendar).toContain('BEGIN:VEVENT');
    expect(calendar).toContain('Nhà văn hóa thôn');
    expect((await stranger.request.get(address.replace(/.{5}\/meetings\.ics$/, 'xxxxx/meetings.ics'))).status()).toBe(
      404,
    );
  });
});
