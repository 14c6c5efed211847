import { randomUUID } from 'node:crypto';
import { dayOf, periodOf } from '@dinh/domain/kernel';
import { execute } from '@dinh/operations/kernel';
import { addMember } from '@dinh/operations/people';
import { openSheet } from '@dinh/operations/programmes';
import { evaluate, list, register, report } from '@dinh/operations/tasks';
import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { phone, type Stage, setStage } from './stage.ts';
import { FOUR_GOOD, type Person, plantVillage, type Village } from './village.ts';

const database = await testDatabase();
const system = { actor: { kind: 'system', label: 'cli' } } as const;
/** The least that is a PNG by its bytes: one white dot. */
const photo = {
  name: 'duong.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
    'base64',
  ),
};
let stage: Stage;
let place: Village;
let member: Person;

beforeAll(async () => {
  stage = await setStage(database);
  place = await plantVillage(stage.services);
  const { unitId, unit } = place.cell;
  const joined = { unitId, name: 'Đảng viên số 4', post: 'member-official', from: '2025-08-01' } as const;
  const { personId } = await execute(stage.services, addMember, joined, system);
  member = { personId, unitId, unit };
  for (const person of [place.cell, place.commune, place.villages[0], member])
    await giveAccount(stage.services, person);
});
afterAll(() => stage?.close());

const tasksOf = async (unitId: number, show: 'all' | 'waiting' = 'all') =>
  (await execute(stage.services, list, { unitId, show }, system)).tasks;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const looksRight = async (page: Page) => {
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await faults(page)).toEqual([]);
};

describe('a task from a name and a date to its judgement', () => {
  test('the secretary gives a member one line, a name and a date', async () => {
    const page = await stage.open(place.cell);
    await page.goto(`${stage.base}/tasks`);
    await page.waitForURL(`**/units/${place.cell.unitId}/tasks`);
    await page.getByText('Không có nhiệm vụ nào ở đây').waitFor();
    await page.getByRole('link', { name: 'Giao nhiệm vụ mới' }).click();
    await page.locator('[name=title]').fill('Sửa đoạn đường trước nhà văn hóa');
    await page.locator('[name=responsible]').selectOption(member.personId);
    await looksRight(page);
    await page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
    // Without a date there is no task; the browser says so itself, and what was typed stays.
    expect(await page.locator('[name=deadline]:invalid').count()).toBe(1);
    await page.locator('[name=deadline]').fill(inDays(9));
    await page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
    await page.getByText('Đã ghi vào sổ nhiệm vụ.').waitFor();
    expect(await page.locator('h1').textContent()).toBe('Sửa đoạn đường trước nhà văn hóa');
    await looksRight(page);
  });

  test('the member reports with a photo and one line, in five taps from Today', async () => {
    const page = await stage.open(member);
    await page.goto(stage.base);
    let taps = 0;
    const tap = async (target: ReturnType<Page['locator']>) => {
      taps += 1;
      await target.click();
    };
    await looksRight(page);
    await tap(page.getByRole('link', { name: 'Sửa đoạn đường trước nhà văn hóa' }));
    await page.locator('#report').waitFor();
    taps += 1;
    await page.locator('input[name=photo]').setInputFiles(photo);
    await tap(page.locator('[name=words]'));
    await page.keyboard.type('Đã đổ xong lớp đá, mai trải nhựa');
    await tap(page.locator('label:has([name=finished][value=done])'));
    await tap(page.getByRole('button', { name: 'Gửi báo cáo' }));
    await page.getByText('Đã ghi báo cáo.').waitFor();
    expect(taps).toBeLessThanOrEqual(5);
    const picture = page.locator('ol img');
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(1);
    await looksRight(page);
    // Nobody outside the unit sees it.
    const src = await picture.getAttribute('src');
    const stranger = await stage.open(place.villages[0]);
    expect((await stranger.request.get(`${stage.base}${src}`)).status()).toBe(403);
  });

  test('the secretary finds it on Today and judges it', async () => {
    const page = await stage.open(place.cell);
    await page.goto(stage.base);
    await page.getByRole('link', { name: '1 nhiệm vụ chờ đánh giá' }).click();
    await page.getByRole('link', { name: 'Sửa đoạn đường trước nhà văn hóa' }).click();
    await page.locator('#evaluate').waitFor();
    await page.locator('[name=rating]').selectOption('good');
    await page.getByRole('button', { name: 'Đánh giá' }).click();
    await page.getByText('Đã ghi đánh giá.').waitFor();
    expect(await tasksOf(place.cell.unitId)).toMatchObject([{ state: 'done', standing: 'done' }]);
  });
});

describe('what was done', () => {
  test('fills the month’s sheet, and each filled cell leads to the tasks it was counted from', async () => {
    const { unitId, personId } = place.cell;
    const today = dayOf(new Date());
    const as = { actor: { kind: 'person', personId } } as const;
    const key = { unitId, id: randomUUID() };
    const given = { ...key, title: 'Phát loa nhắc đóng quỹ', responsible: member.personId, deadline: today };
    await execute(stage.services, register, given, as);
    const said = { ...key, words: 'Đã phát hai buổi', finished: { outcome: 'done' } } as const;
    await execute(stage.services, report, said, { actor: { kind: 'person', personId: member.personId } });
    await execute(stage.services, evaluate, { ...key, outcome: 'done' }, as);
    const period = periodOf('month', today);
    await execute(stage.services, openSheet, { unitId, programme: FOUR_GOOD, period }, as);
    const page = await stage.open(place.cell);
    await page.goto(`${stage.base}/units/${unitId}/programmes/${FOUR_GOOD}/${period}`);
    const filled = page.locator('#c-tasks_completed');
    await filled.getByText('Tự điền').first().waitFor();
    await filled.getByRole('link', { name: 'Nhiệm vụ hoàn thành' }).click();
    await page.getByRole('link', { name: 'Phát loa nhắc đóng quỹ' }).waitFor();
    expect(new URL(page.url()).searchParams.get('show')).toBe('done');
  });

  test('and a criterion that is not met becomes a task', async () => {
    const { unitId } = place.cell;
    const page = await stage.open(place.cell);
    const period = periodOf('month', dayOf(new Date()));
    await page.goto(`${stage.base}/units/${unitId}/programmes/${FOUR_GOOD}/${period}`);
    await page.locator('label:has([name="value.fees_paid"][value="false"])').click();
    await page.locator('.keeping.saved').waitFor();
    await page.reload();
    await page.locator('#c-fees_paid').getByRole('link', { name: 'Giao thành nhiệm vụ' }).click();
    await page.waitForURL('**/tasks/new?**');
    expect(await page.inputValue('[name=title]')).not.toBe('');
    await page.locator('[name=deadline]').fill(inDays(14));
    await page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
    await page.getByText('Tiêu chí chưa đạt').waitFor();
    const [found] = (await tasksOf(unitId)).filter(({ deadline }) => deadline === inDays(14));
    expect(found?.state).toBe('approved');
  });
});

describe('the pages of tasks', () => {
  test('show the same by list, board, calendar, person and since a day, and fit a phone', async () => {
    const page = await stage.open(place.cell);
    for (const view of ['', '?show=done', '?view=board', '?view=calendar', '?view=people', '?view=since']) {
      await page.goto(`${stage.base}/units/${place.cell.unitId}/tasks${view}`);
      await looksRight(page);
      if (view !== '' && view !== '?view=calendar') {
        expect(await page.locator('main').textContent()).toMatch(/Sửa đoạn đường|Đảng viên số 4/);
      }
    }
  });

  test('say in Arabic, from the right, what the level above gave and what waits for it', async () => {
    const village = place.villages[0];
    const options = { ...phone, locale: 'ar-EG' };
    const head = await stage.open(village, options);
    await head.goto(`${stage.base}/units/${village.unitId}/tasks/new?lang=ar`);
    await head.locator('[name=title]').fill('إنارة طرق القرية');
    await head.locator('[name=deadline]').fill(inDays(200));
    await head.locator('[name=kind]').selectOption('breakthrough');
    await head.getByRole('button', { name: 'سجّل المهمة' }).click();
    // A breakthrough says what makes it one; what is missing is shown where it belongs.
    await head.getByText('اذكر السبب الجذري للعقبة.').waitFor();
    await head.locator('[name=rootCause]').fill('لا كهرباء في الأطراف');
    await head.locator('[name="measure.0.name"]').fill('طرق مضاءة');
    await head.locator('[name="measure.0.baseline"]').fill('١٫٥');
    await head.locator('[name="measure.0.target"]').fill('٦');
    await head.locator('[name="milestone.0.due"]').fill(inDays(60));
    await head.locator('[name="milestone.0.product"]').fill('مخطط الإنارة');
    await head.getByRole('button', { name: 'سجّل المهمة' }).click();
    await head.getByText('سُجلت المهمة.').waitFor();
    await looksRight(head);
    expect(await tasksOf(village.unitId, 'waiting')).toMatchObject([{ measures: [{ baseline: '1.5', target: '6' }] }]);
    const officer = await stage.open(place.commune, options);
    await officer.goto(`${stage.base}/units/${place.commune.unitId}/tasks?view=below&lang=ar`);
    expect(await officer.locator('html').getAttribute('dir')).toBe('rtl');
    await looksRight(officer);
    await officer.getByRole('link', { name: 'إنارة طرق القرية' }).click();
    await officer.getByRole('button', { name: 'اعتمد المهمة' }).click();
    await officer.getByText('أكّد أن هذا ليس عملًا اعتياديًا').first().waitFor();
    await officer.locator('[name=notRoutine]').check();
    await officer.getByRole('button', { name: 'اعتمد المهمة' }).click();
    await officer.getByText('اعتُمدت.').waitFor();
  });

  test('work before JavaScript, and keep what was typed when something is missing', async () => {
    const page = await stage.open(place.cell, { ...phone, javaScriptEnabled: false });
    await page.goto(`${stage.base}/units/${place.cell.unitId}/tasks/new`);
    await page.locator('[name=title]').fill('Kiểm kê sổ sách chi bộ');
    await page.locator('[name=responsible]').selectOption(place.cell.personId);
    await page
      .locator('[name=deadline]')
      .evaluate((input) => input.removeAttribute('min'))
      .catch(() => undefined);
    await page.locator('[name=deadline]').fill(inDays(20));
    await page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
    await page.locator('[name=words]').fill('Đã kiểm kê xong quý trước');
    await page.locator('[name=photo]').setInputFiles(photo);
    await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await page.getByText('Đã ghi báo cáo.').waitFor();
    await page.locator('summary', { hasText: 'Xin gia hạn' }).click();
    await page.locator('[name=until]').fill(inDays(40));
    await page.locator('form[action="?/extend"] [name=reason]').fill('Chờ sổ của năm trước');
    await page.getByRole('button', { name: 'Xin gia hạn' }).click();
    await page.getByText('Đã gửi đề nghị gia hạn.').waitFor();
    expect(await page.locator('ol img').count()).toBe(1);
  });
});
