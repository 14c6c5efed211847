import { randomUUID } from 'node:crypto';
import { dayOf } from '@dinh/domain/kernel';
import { execute } from '@dinh/operations/kernel';
import { addSession, open as openMeeting, plan } from '@dinh/operations/meetings';
import { addMember } from '@dinh/operations/people';
import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { desk, phone, type Stage, setStage } from './stage.ts';
import { type Person, plantVillage } from './village.ts';

const database = await testDatabase();
let stage: Stage;
let chair: Person;
const members: Person[] = [];

beforeAll(async () => {
  stage = await setStage(database);
  chair = (await plantVillage(stage.services)).cell;
  const { unitId, unit } = chair;
  for (const nth of [1, 2, 3, 4, 5]) {
    const input = { unitId, name: `Đảng viên số ${nth}`, post: 'member-official' as const, from: '2025-08-01' };
    const { personId } = await execute(stage.services, addMember, input, { actor: { kind: 'system', label: 'cli' } });
    members.push({ personId, unitId, unit });
  }
  for (const person of [chair, ...members]) await giveAccount(stage.services, person);
});
afterAll(() => stage?.close());

const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 40_000 });

async function openPoll(page: Page, question: string, way: string): Promise<string> {
  await page.goto(`${stage.base}/units/${chair.unitId}/polls`);
  await page.getByLabel('Nội dung cần biểu quyết').fill(question);
  await page.getByLabel('Cách biểu quyết').selectOption(way);
  await page.getByRole('button', { name: 'Mở biểu quyết' }).click();
  await page.waitForURL(/\/polls\/[0-9a-f-]{36}$/);
  return page.url();
}

describe('a secret vote', () => {
  test('from three phones and two slips, opened, counted and found by each voter', async () => {
    const hall = await stage.open(chair, desk);
    expect(await (await hall.goto(`${stage.base}/units/${chair.unitId}/polls`))?.status()).toBe(200);
    expect(await faults(hall)).toEqual([]);
    const address = await openPoll(hall, 'Giới thiệu đảng viên số 1 vào chi ủy', 'secret');
    const phones = await Promise.all(members.slice(0, 3).map((member) => stage.open(member)));
    const choices = ['Tán thành', 'Tán thành', 'Không tán thành'];
    const sent: { url: string; cookie: boolean }[] = [];
    for (const page of phones) {
      page.on('request', async (request) => {
        if (!request.url().endsWith('/ballots')) return;
        sent.push({ url: request.url(), cookie: Boolean((await request.allHeaders()).cookie) });
      });
    }
    await Promise.all(
      phones.map(async (page, at) => {
        await page.goto(address);
        await page.getByLabel(choices[at]!, { exact: true }).check();
        if (at === 0) {
          expect(await faults(page)).toEqual([]);
          expect(await overflow(page)).toBeLessThanOrEqual(0);
        }
        await page.getByRole('button', { name: 'Niêm phong lá phiếu' }).click();
        await seen(page, 'Lá phiếu đã niêm phong trên máy này');
      }),
    );
    // What a phone keeps survives a reload.
    await phones[0]!.reload();
    await seen(phones[0]!, 'Lá phiếu đã niêm phong trên máy này');
    await seen(hall, 'Điện thoại 3 · phiếu giấy 0');
    for (const nth of [4, 5]) {
      await hall.getByLabel('Phát phiếu giấy cho').selectOption({ label: `Đảng viên số ${nth}` });
      await hall.getByRole('button', { name: 'Phát phiếu giấy' }).click();
      await seen(hall, `Điện thoại 3 · phiếu giấy ${nth - 3}`);
    }
    const slip = await stage.open(members[3]!);
    await slip.goto(address);
    await seen(slip, 'Bạn bỏ phiếu giấy');
    await hall.getByRole('button', { name: 'Mở hòm phiếu' }).click();
    await Promise.all(phones.map((page) => seen(page, 'Lá phiếu của bạn đã ở trong hòm')));
    expect(sent).toHaveLength(3);
    expect(sent.some(({ cookie }) => cookie)).toBe(false);
    await hall.getByLabel('Tán thành', { exact: true }).fill('2');
    await hall.getByLabel('Người kiểm phiếu thứ 1').selectOption({ label: 'Đảng viên số 2' });
    await hall.getByRole('button', { name: 'Ghi số đếm' }).click();
    await seen(hall, 'Đã ghi số đếm.');
    await hall.getByRole('button', { name: 'Kết thúc và công bố' }).click();
    await seen(hall, 'Được thông qua');
    expect(await faults(hall)).toEqual([]);
    await Promise.all(phones.map((page) => seen(page, 'Lá phiếu của bạn đã được tính')));
    expect(await faults(phones[1]!)).toEqual([]);
    expect(await overflow(phones[1]!)).toBeLessThanOrEqual(0);
    await phones[1]!.getByRole('button', { name: 'Xóa lá phiếu khỏi máy này' }).click();
    expect(
      await phones[1]!.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('dinh.ballot'))),
    ).toEqual([]);
    const journal = await database.query<{ operation: string }>('select operation from journal where unit_id = $1', [
      chair.unitId,
    ]);
    expect(journal.filter(({ operation }) => operation === 'polls.cast')).toEqual([]);
    await phones[2]!.goto(`${address}?lang=ar`);
    await seen(phones[2]!, 'حُسبت بطاقتك');
    expect(await phones[2]!.evaluate(() => document.documentElement.dir)).toBe('rtl');
    expect(await faults(phones[2]!)).toEqual([]);
    expect(await overflow(phones[2]!)).toBeLessThanOrEqual(0);
  });
});

describe('an open vote', () => {
  test('is sent from a phone without JavaScript; a secret one sends that phone to the paper', async () => {
    const hall = await stage.open(chair, desk);
    const address = await openPoll(hall, 'Thông qua kế hoạch làm đường', 'phones');
    const plain = await stage.open(members[0]!, { ...phone, javaScriptEnabled: false });
    await plain.goto(address);
    await plain.getByLabel('Không có ý kiến').check();
    await plain.getByRole('button', { name: 'Gửi biểu quyết' }).click();
    await seen(plain, 'Bạn đã biểu quyết: Không có ý kiến');
    await hall.getByText('1/6').first().waitFor();
    const secret = await openPoll(hall, `Cuộc thứ hai ${randomUUID().slice(0, 4)}`, 'secret');
    await plain.goto(secret);
    await seen(plain, /xin chủ tọa phiếu giấy/);
  });
});

describe('a vote of households', () => {
  test('is counted sitting by sitting by the chair, and the counts add up before everybody’s eyes', async () => {
    const { unitId } = chair;
    const key = { unitId, meetingId: randomUUID() };
    const day = dayOf(new Date());
    const actor = { actor: { kind: 'person', personId: chair.personId } } as const;
    const place = { on: day, at: '19:30', place: 'Nhà văn hóa' };
    await execute(stage.services, plan, { ...key, ...place, kind: 'village', minutes: 90 }, actor);
    for (const nth of [1, 2]) {
      const sitting = { ...key, ...place, id: randomUUID(), name: `Cụm dân cư số ${nth}`, households: 40 };
      await execute(stage.services, addSession, sitting, actor);
    }
    await execute(stage.services, openMeeting, key, actor);
    const page = await stage.open(chair);
    await page.goto(`${stage.base}/units/${unitId}/meetings/${key.meetingId}/room`);
    await page.locator('#votes summary').first().click();
    await page.getByLabel('Nội dung cần biểu quyết').fill('Mỗi hộ góp ngày công làm mương');
    expect(await page.getByLabel('Cách biểu quyết').locator('option').allTextContents()).toEqual([
      'Giơ tay, hai người đếm',
      'Bỏ phiếu giấy, hai người kiểm',
    ]);
    await page.getByLabel('Cách biểu quyết').selectOption('slips');
    await page.getByRole('button', { name: 'Mở biểu quyết' }).click();
    await page.waitForURL(/\/polls\/[0-9a-f-]{36}$/);
    const watching = await stage.open(members[0]!);
    await watching.goto(page.url());
    await seen(watching, 'Mỗi hộ một phiếu');
    const count = async (nth: number, votes: number[]) => {
      const sitting = page.getByRole('region', { name: `Cụm dân cư số ${nth}` });
      await sitting.getByLabel('hộ dự').fill(String(votes.reduce((sum, each) => sum + each, 0)));
      for (const [at, name] of ['Tán thành', 'Không tán thành'].entries())
        await sitting.getByLabel(name, { exact: true }).fill(String(votes[at]));
      await sitting.getByRole('button', { name: 'Ghi số đếm' }).click();
      await sitting.getByText(`Tán thành ${votes[0]}`).waitFor();
    };
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await faults(page)).toEqual([]);
    await count(1, [30, 4]);
    await count(2, [25, 5]);
    await page.getByRole('button', { name: 'Kết thúc và công bố' }).click();
    await seen(page, 'Được thông qua');
    await seen(watching, 'Được thông qua');
    await seen(watching, 'Tán thành 30 · Không tán thành 4');
    expect(await faults(watching)).toEqual([]);
  });
});
