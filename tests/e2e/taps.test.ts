import { addDays, dayOf } from '@dinh/domain/kernel';
import { execute } from '@dinh/operations/kernel';
import { read } from '@dinh/operations/meetings';
import { list as tasks } from '@dinh/operations/tasks';
import { testDatabase } from '@dinh/store/testing';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FullCell, fillCell, points } from './full-cell.ts';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { type Stage, setStage } from './stage.ts';
import { thumb } from './thumb.ts';
import { plantVillage } from './village.ts';

/** What docs/guides/taps.md says each job costs, at most. */
const database = await testDatabase();
const system = { actor: { kind: 'system', label: 'cli' } } as const;
const report = {
  name: 'bao-cao-thang.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n% a report that exists only here\n%%EOF\n'),
};
const photo = {
  name: 'duong.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
    'base64',
  ),
};
let stage: Stage;
let cell: FullCell;
/** Of this evening. */
let base = '';

beforeAll(async () => {
  stage = await setStage(database);
  cell = await fillCell(stage.services, (await plantVillage(stage.services)).cell);
  for (const person of [cell.secretary, ...cell.members.slice(0, 6)]) await giveAccount(stage.services, person);
  base = `${stage.base}/units/${cell.secretary.unitId}/meetings/${cell.meetingId}`;
});
afterAll(() => stage?.close());

const press = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });
const go = (page: Page, name: string | RegExp): Locator => page.getByRole('link', { name });
const bar = (page: Page): Locator => page.locator('.bar .button');
const seen = (page: Page, text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor();
const looksRight = async (page: Page) => {
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await faults(page)).toEqual([]);
};
const meeting = (meetingId: string) =>
  execute(stage.services, read, { unitId: cell.secretary.unitId, meetingId }, system);

describe('before the meeting', () => {
  test('the secretary takes the agenda from last month and the open tasks, changes it, attaches, sends: 12 taps', async () => {
    const page = await stage.open(cell.secretary);
    const hand = thumb();
    await page.goto(stage.base);
    await hand.tap(page.locator('nav').getByRole('link', { name: 'Họp' }).filter({ visible: true }).first());
    await hand.tap(press(page, 'Lập lịch').first());
    await page.waitForURL(/\/meetings\/[0-9a-f-]{36}/);
    const planned = page.url().replace(/^.*\/([0-9a-f-]{36}).*$/, '$1');
    // What last month had stands ticked, and so does the task that is due; the one of next season does not.
    expect(await page.locator('#agenda [name=item]:checked').count()).toBe(points.length);
    expect(await page.locator('#agenda [name=task]').count()).toBe(2);
    expect(await page.locator('#agenda [name=task]:checked').count()).toBe(1);
    await looksRight(page);
    await hand.tap(page.locator('label', { hasText: points[2]! }));
    await hand.tap(press(page, 'Đưa vào chương trình'));
    await seen(page, 'Đã lưu vào chương trình họp.');
    const point = page.locator('#agenda li', { hasText: points[3]! });
    await hand.tap(point.locator('summary', { hasText: 'Sửa nội dung' }));
    await hand.type(point.locator('[name=title]'), 'Thảo luận việc làm đường hoa');
    await hand.tap(point.getByRole('button', { name: 'Lưu' }));
    await seen(page, 'Thảo luận việc làm đường hoa');
    await hand.tap(page.locator('#documents summary'));
    await hand.pick(page.locator('#documents [name=file]'), report);
    await hand.tap(press(page, 'Thêm tài liệu'));
    await seen(page, 'Đã lưu vào tài liệu của cuộc họp.');
    await looksRight(page);
    await hand.tap(bar(page));
    await page.waitForURL('**/notice');
    await looksRight(page);
    await hand.tap(bar(page));
    await seen(page, 'Đã gửi giấy mời.');
    const now = await meeting(planned);
    expect(now.items.map(({ title }) => title)).toEqual([
      points[0],
      points[1],
      'Kết quả việc: Sửa đường vào nhà văn hóa',
      'Thảo luận việc làm đường hoa',
      points[4],
      points[5],
    ]);
    expect(now).toMatchObject({ chairName: 'Bí thư chi bộ', recorderName: 'Đảng viên số 3', documents: [{}] });
    expect(now.meeting.calledAt).not.toBeNull();
    expect(hand.counted.typed).toBe(1);
    expect(hand.counted.taps).toBeLessThanOrEqual(12);
  });
});

describe('in the room', () => {
  test('the roll of twenty-two: one tap for all, two for each who is not there', async () => {
    const page = await stage.open(cell.secretary);
    const way = thumb();
    await page.goto(stage.base);
    await way.tap(go(page, 'Xem nội dung họp'));
    await way.tap(go(page, 'Vào phòng họp'));
    await way.tap(press(page, 'Khai mạc cuộc họp'));
    expect(way.counted.taps).toBeLessThanOrEqual(3);
    const hand = thumb();
    await hand.tap(press(page, 'Tất cả có mặt'));
    await page.locator('.counts .big', { hasText: '22/22' }).waitFor();
    for (const [nth, reason] of [
      [19, 'Sức khỏe'],
      [20, 'Công tác'],
      [21, 'Vắng không phép'],
    ] as const) {
      const row = page.locator('#roll li', { hasText: `Đảng viên số ${nth}` });
      await hand.tap(row.locator('summary'));
      await hand.tap(row.getByRole('button', { name: reason, exact: true }));
      await row.locator('summary').getByText('Vắng').first().waitFor();
    }
    await page.locator('.counts .big', { hasText: '19/22' }).waitFor();
    expect(hand.counted).toEqual({ taps: 1 + 2 * 3, typed: 0 });
    await looksRight(page);
  });

  test('a vote by hands: three numbers and it is done', async () => {
    const page = await stage.open(cell.secretary);
    await page.goto(`${base}/room`);
    await bar(page).click();
    await page.locator('#now').waitFor();
    const hand = thumb();
    await hand.tap(page.locator('#votes summary').first());
    // What is spoken of is what is voted on: nobody types it again.
    expect(await page.locator('#votes [name=question]').inputValue()).toBe(points[0]);
    await hand.tap(press(page, 'Mở biểu quyết'));
    await page.waitForURL(/\/polls\//);
    for (const [name, votes] of [
      ['Tán thành', '16'],
      ['Không tán thành', '2'],
      ['Không có ý kiến', '1'],
    ] as const)
      await hand.type(page.getByLabel(name, { exact: true }), votes);
    await looksRight(page);
    await hand.tap(press(page, 'Ghi và công bố'));
    await seen(page, 'Được thông qua');
    await looksRight(page);
    await hand.tap(go(page, 'Về phòng họp').last());
    await page.locator('#now').waitFor();
    expect(hand.counted.typed).toBe(3);
    expect(hand.counted.taps).toBeLessThanOrEqual(4);
  });

  test('a secret vote on one person: members on their phones, slips counted by two', async () => {
    const page = await stage.open(cell.secretary);
    await page.goto(`${base}/room`);
    const hand = thumb();
    await hand.tap(page.locator('#votes summary').first());
    await hand.type(page.locator('#votes [name=question]'), 'Giới thiệu đảng viên số 5 vào chi ủy');
    await hand.choose(page.locator('#votes [name=way]'), 'Bỏ phiếu kín (điện thoại và phiếu giấy)');
    await hand.tap(press(page, 'Mở biểu quyết'));
    await page.waitForURL(/\/polls\//);
    const phones = await Promise.all(cell.members.slice(0, 2).map((member) => stage.open(member)));
    for (const phone of phones) {
      const voter = thumb();
      await phone.goto(stage.base);
      await voter.tap(go(phone, 'Vào phòng họp'));
      await voter.tap(go(phone, 'Biểu quyết').first());
      await voter.tap(phone.getByLabel('Tán thành', { exact: true }));
      await looksRight(phone);
      await voter.tap(press(phone, 'Niêm phong lá phiếu'));
      await seen(phone, 'Lá phiếu đã niêm phong trên máy này');
      expect(voter.counted).toEqual({ taps: 4, typed: 0 });
    }
    for (const nth of [7, 8]) {
      await hand.choose(page.getByLabel('Phát phiếu giấy cho'), `Đảng viên số ${nth}`);
      await hand.tap(press(page, 'Phát phiếu giấy'));
      await seen(page, `phiếu giấy ${nth - 6}`);
    }
    await hand.tap(press(page, 'Mở hòm phiếu'));
    await Promise.all(phones.map((phone) => seen(phone, 'Lá phiếu của bạn đã ở trong hòm')));
    await hand.type(page.getByLabel('Tán thành', { exact: true }), '2');
    await looksRight(page);
    await hand.tap(press(page, 'Ghi số đếm'));
    await seen(page, 'Đã ghi số đếm.');
    await hand.tap(press(page, 'Kết thúc và công bố'));
    await seen(page, 'Kết quả');
    await hand.tap(go(page, 'Về phòng họp').last());
    // 8 without slips, and three for each who takes one.
    expect(hand.counted.taps).toBeLessThanOrEqual(8 + 3 * 2);
    expect(hand.counted.typed).toBe(2);
  });

  test('minutes of six points: only what was said is typed, and two have signed before people leave', async () => {
    const page = await stage.open(cell.recorder);
    const hand = thumb();
    await page.goto(`${base}/room`);
    const notes = page.locator('#now textarea');
    for (const [index, title] of points.entries()) {
      if (index > 0) await hand.tap(bar(page));
      await page.locator('#now h3', { hasText: title }).waitFor();
      await hand.type(notes, `Đã bàn: ${title.toLowerCase()}.`);
      await page.locator('#now').getByText('Đã lưu vào sổ của cuộc họp.').waitFor();
      if (index < 3) {
        await hand.type(page.locator('#conclusions form').last().locator('[name=text]'), `Kết luận thứ ${index + 1}.`);
        await hand.tap(press(page, 'Ghi kết luận'));
        await page.locator('#conclusions li', { hasText: `Kết luận thứ ${index + 1}.` }).waitFor();
      }
    }
    await looksRight(page);
    await hand.tap(bar(page));
    await seen(page, 'Cuộc họp đã kết thúc');
    await hand.tap(bar(page));
    await page.waitForURL(/\/documents\/[0-9a-f-]{36}$/);
    await seen(page, '19');
    expect(await page.locator('article').textContent()).toContain('Đã bàn: thảo luận nhiệm vụ tháng này.');
    await looksRight(page);
    await hand.tap(press(page, 'Đã đọc lại'));
    await seen(page, 'Đã ghi là đọc lại.');
    await hand.tap(press(page, 'Thông qua').first());
    await hand.type(page.getByLabel('Gõ họ tên của bạn để ký'), 'Đảng viên số 3');
    await hand.tap(page.getByRole('button', { name: 'Ký', exact: true }));
    await seen(page, 'Bạn đã ký.');
    const chair = await stage.open(cell.secretary);
    const other = thumb();
    await chair.goto(stage.base);
    await seen(chair, 'Chờ ký biên bản');
    await other.tap(go(chair, 'Biên bản và nghị quyết'));
    await other.tap(chair.locator('main a[href*="/documents/"]').first());
    await other.type(chair.getByLabel('Gõ họ tên của bạn để ký'), 'Bí thư chi bộ');
    await other.tap(chair.getByRole('button', { name: 'Ký', exact: true }));
    await seen(chair, 'Bạn đã ký.');
    expect((await meeting(cell.meetingId)).meeting.state).toBe('signed');
    // Six points and three conclusions are typed, and one's own name.
    expect(hand.counted.typed).toBe(10);
    expect(hand.counted.taps).toBeLessThanOrEqual(13);
    expect(other.counted).toEqual({ taps: 3, typed: 1 });
  });
});

describe('after the meeting', () => {
  test('each conclusion becomes a task: its line, a name, a date, in 5 taps', async () => {
    const page = await stage.open(cell.secretary);
    await page.goto(`${base}/minutes`);
    for (const nth of [1, 2, 3]) {
      const hand = thumb();
      const line = page.locator('li', { hasText: `Kết luận thứ ${nth}.` }).first();
      await hand.tap(line.locator('summary', { hasText: 'Giao việc' }));
      await hand.choose(line.getByLabel('Người phụ trách'), 'Đảng viên số 5');
      await hand.tap(line.locator('label:has([name=by])').nth(0));
      if (nth === 1) await looksRight(page);
      await hand.tap(line.getByRole('button', { name: 'Giao việc' }));
      await line.getByRole('link', { name: `Kết luận thứ ${nth}.` }).waitFor();
      expect(hand.counted.typed).toBe(0);
      expect(hand.counted.taps).toBeLessThanOrEqual(6);
    }
    const given = await execute(stage.services, tasks, { unitId: cell.secretary.unitId }, system);
    expect(given.tasks.filter(({ deadline }) => deadline <= addDays(dayOf(new Date()), 7))).toHaveLength(4);
  });

  test('a member sees on the first screen what is owed, and reports it done with a photo and one line', async () => {
    const page = await stage.open(cell.members[4]!);
    const hand = thumb();
    await page.goto(stage.base);
    await looksRight(page);
    await hand.tap(go(page, 'Kết luận thứ 2.'));
    await page.locator('#report').waitFor();
    await hand.pick(page.locator('input[name=photo]'), photo);
    await hand.type(page.locator('[name=words]'), 'Đã làm xong, có ảnh');
    await hand.tap(page.locator('label:has([name=finished][value=done])'));
    await hand.tap(press(page, 'Gửi báo cáo'));
    await seen(page, 'Đã ghi báo cáo.');
    expect(hand.counted).toEqual({ taps: 4, typed: 1 });
  });
});
