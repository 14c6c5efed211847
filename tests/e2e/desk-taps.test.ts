import { addDays, dayOf, periodEnd } from '@dinh/domain/kernel';
import { openDrive } from '@dinh/operations/contributions';
import { execute } from '@dinh/operations/kernel';
import { addMember } from '@dinh/operations/people';
import { adopt, openSheet, recordValues, sheet } from '@dinh/operations/programmes';
import { addPlaces } from '@dinh/operations/publications';
import { createUnit } from '@dinh/operations/units';
import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clicksOn } from './clicks.ts';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { desk, phone, type Stage, setStage } from './stage.ts';
import { MODEL, type Person, plantVillage, type Village } from './village.ts';

// Jobs done at a desk, and a resident's on a phone: what each may cost stands in docs/guides/taps.md.
const database = await testDatabase();
const system = { actor: { kind: 'system', label: 'cli' } } as const;
let stage: Stage;
let place: Village;

beforeAll(async () => {
  stage = await setStage(database);
  const { services } = stage;
  place = await plantVillage(services);
  for (const person of [place.province, place.commune, place.villages[0]]) await giveAccount(services, person);
});
afterAll(() => stage?.close());

const key = ({ unitId }: Person) => ({ unitId, programme: MODEL, period: place.period });
const stored = (who: Person) => execute(stage.services, sheet, key(who), system);
const says = (page: Page, text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor();
const whole = async (page: Page) => expect([await faults(page), await overflow(page)]).toEqual([[], 0]);
/** Lies on the screen without scrolling, above whatever is fixed to its foot. */
async function onScreen(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((wanted) => {
    const found = document.querySelector(wanted);
    if (!found) return false;
    const { left, right, top, bottom } = found.getBoundingClientRect();
    const front = document.elementFromPoint((left + right) / 2, bottom - 4);
    return top >= 0 && bottom <= window.innerHeight && front !== null && found.contains(front);
  }, selector);
}

describe('a commune officer at the end of the month', () => {
  test('a village without surprises takes two presses and one screen, and a slip is taken back', async () => {
    const [, changed, same] = place.villages;
    const page = await stage.open(place.commune, desk);
    await page.goto(`${stage.base}/units/${place.commune.unitId}/desk?programme=${MODEL}&period=${place.period}`);
    const names = await page.locator('tbody a.unit').allInnerTexts();
    expect(names.slice(0, 2)).toEqual([changed.unit, same.unit]);
    await page.getByRole('link', { name: same.unit, exact: true }).click();
    await page.locator('#same').waitFor();
    expect(await page.locator('#same li').count()).toBe(11);
    // All that is accepted by one press is seen by one look.
    expect(await onScreen(page, '#same li:last-child')).toBe(true);
    expect(await onScreen(page, '#same button')).toBe(true);
    await whole(page);
    const hand = clicksOn(page);
    await hand.click(page.getByRole('button', { name: 'Xác nhận 11 tiêu chí này và duyệt phiếu' }));
    await says(page, 'Đã duyệt phiếu.');
    expect(await stored(same)).toMatchObject({ state: 'accepted' });

    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await says(page, 'Phiếu lại chờ xem như trước.');
    expect(await stored(same)).toMatchObject({ state: 'submitted' });
    await page.getByRole('button', { name: 'Duyệt phiếu' }).click();
    await says(page, 'Đã duyệt phiếu.');

    await hand.click(page.getByRole('link', { name: `Phiếu tiếp: ${changed.unit}` }));
    await page.waitForURL(`**/units/${changed.unitId}/**`);
    expect(hand.counted).toEqual({ clicks: 2, keys: 0, fields: 0 });
    // With a second to read each criterion.
    expect(hand.seconds() + 11).toBeLessThanOrEqual(20);
    await page.context().close();
  });

  test('one with surprises is not accepted before each of them was looked at', async () => {
    const [, changed] = place.villages;
    const page = await stage.open(place.commune, desk);
    await page.goto(`${stage.base}/units/${changed.unitId}/programmes/${MODEL}/${place.period}`);
    const hand = clicksOn(page);
    const next = page.locator('.bar .button');
    await page.locator('.keeping.saved').waitFor();
    expect(await page.getByRole('button', { name: /duyệt phiếu/i }).count()).toBe(0);
    for (const id of ['roads', 'sanitation']) {
      await hand.click(next);
      await page.waitForURL(new RegExp(`#c-${id}$`));
      expect(await page.getByRole('button', { name: /duyệt phiếu/i }).count()).toBe(0);
      await hand.click(page.locator(`label:has([name="verdict.${id}"][value="accepted"])`));
      await page.locator('.keeping.saved').waitFor();
    }
    await page.getByRole('button', { name: 'Xác nhận 9 tiêu chí này và duyệt phiếu' }).waitFor();
    await hand.click(next);
    await hand.click(page.locator('#same button'));
    await says(page, 'Đã duyệt phiếu.');
    // Nobody waits any more: the way leads back to the list.
    await hand.click(page.getByRole('link', { name: 'Về bàn xử lý' }));
    await page.waitForURL(/\/desk/);
    expect(hand.counted).toEqual({ clicks: 7, keys: 0, fields: 0 });
    expect(await stored(changed)).toMatchObject({ state: 'accepted' });
    await page.context().close();
  });
});

describe('a treasurer with a paper list', () => {
  test('enters fifty gifts by the keyboard alone, one row each, checked against the sum of the paper', async () => {
    const [head] = place.villages;
    const { unitId } = head;
    const helper = async (name: string) => {
      const input = { unitId, name, post: 'member-official' as const, from: '2025-08-01' };
      return (await execute(stage.services, addMember, input, system)).personId;
    };
    const today = dayOf(new Date());
    const id = crypto.randomUUID();
    const drive = {
      unitId,
      id,
      title: 'Mở rộng đường ngõ 3',
      purpose: 'Mở đường ngõ 3 rộng 5 mét.',
      spendingRule: 'Mỗi khoản chi có chứng từ.',
      currency: 'VND',
      from: addDays(today, -5),
      to: addDays(today, 60),
      decision: {
        number: '03/NQ',
        issuer: 'Hội nghị thôn',
        date: addDays(today, -6),
        votes: { for: 90, of: 120 },
        threshold: 'two-thirds' as const,
      },
      treasurer: await helper('Thủ quỹ thôn'),
      supervisors: [await helper('Giám sát số 1')],
    };
    await execute(stage.services, openDrive, drive, { actor: { kind: 'person', personId: head.personId } });
    const page = await stage.open(head, desk);
    await page.goto(`${stage.base}/units/${unitId}/drives/${id}/list`);
    const paper = '%PDF-1.4\n% a list that exists only here\n%%EOF\n';
    const file = { name: 'danh-sach.pdf', mimeType: 'application/pdf', buffer: Buffer.from(paper) };
    await page.locator('[name=file]').setInputFiles(file);
    const hand = clicksOn(page);
    await page.locator('[name=total]').focus();
    await hand.type('12.600.000');
    await hand.key('Tab');
    for (let row = 1; row <= 50; row += 1) {
      await hand.type(`Hộ số ${row}`);
      await hand.key('Enter');
      await hand.type(row === 50 ? '350000' : '250000');
      await hand.key('Enter');
    }
    // 49 × 250,000 and 350,000: the sum on the paper.
    await says(page, 'Khớp với giấy');
    await hand.key('Enter');
    await hand.key('Enter');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Lưu cả danh sách');
    await hand.key('Enter');
    await says(page, 'Đã ghi 50 phiếu thu.');
    expect(hand.counted).toEqual({ clicks: 0, keys: 104, fields: 101 });
    await page.context().close();
  }, 120_000);
});

describe('a resident who scans the code of the village', () => {
  test('reads how it is on the first screen, and asks in three taps without an account', async () => {
    const [, village] = place.villages;
    const head = { actor: { kind: 'person', personId: village.personId } } as const;
    const { unitId } = village;
    const { places } = await execute(stage.services, addPlaces, { unitId, places: [{ kind: 'unit' }] }, head);
    for (const [locale, send] of [
      ['vi-VN', 'Gửi'],
      ['ar-EG', 'إرسال'],
    ] as const) {
      const page = await stage.open(null, { ...phone, locale, javaScriptEnabled: false });
      await page.goto(`${stage.base}/p/${places[0]?.code}`);
      const first = page.locator('main section').first();
      expect(await first.getAttribute('id')).toBe('now');
      const lines = (await page.locator('h1').innerText()) + (await first.innerText());
      // Some four words a second.
      expect(lines.split(/\s+/).length).toBeLessThanOrEqual(40);
      const ask = await page.locator('#ask a').boundingBox();
      expect((ask?.y ?? 999) + (ask?.height ?? 0)).toBeLessThanOrEqual(640);
      const hand = clicksOn(page);
      await hand.click(page.locator('#ask a'));
      await hand.click(page.locator('textarea'));
      await hand.type('Đèn ngõ 3 tắt từ tuần trước');
      await hand.click(page.getByRole('button', { name: send, exact: true }));
      await page.waitForURL(/\/ask\/[A-Z0-9]{12}/);
      expect(hand.counted).toEqual({ clicks: 3, keys: 0, fields: 1 });
      await page.context().close();
    }
  });
});

describe('a provincial officer', () => {
  test('sees which communes fall behind on a criterion, why, and opens the paper behind it', async () => {
    const { services } = stage;
    const since = '2025-08-01';
    const below = async (parentId: number, kind: string, name: string) =>
      (await execute(services, createUnit, { parentId, kind, name, effective: since }, system)).unitId;
    const commune = await below(place.province.unitId, 'commune', 'Xã An Bình');
    const unitId = await below(commune, 'village', 'Thôn An Bình');
    await execute(services, adopt, { unitId, programme: MODEL, from: since }, system);
    const month = { ...services, clock: () => new Date(`${periodEnd(place.period)}T03:00:00Z`) };
    const there = { unitId, programme: MODEL, period: place.period };
    await execute(month, openSheet, there, system);
    await execute(month, recordValues, { ...there, entries: { sanitation: { value: true, sustained: true } } }, system);

    const page = await stage.open(place.province, desk);
    await page.goto(`${stage.base}/units/${place.nation}/overview?programme=${MODEL}&period=${place.period}`);
    const hand = clicksOn(page);
    await hand.click(page.locator('#parts').getByRole('link', { name: 'Tỉnh Sông Xanh' }));
    await page.waitForURL(`**/units/${place.province.unitId}/overview**`);
    await hand.click(page.locator('#parts thead').getByRole('link', { name: 'Vệ sinh môi trường' }));
    await page.locator('[aria-sort=ascending]').waitFor();
    await whole(page);
    const row = page.locator('#parts tbody tr', { hasText: 'Xã Đồng Sen' });
    await hand.click(row.locator('td', { hasText: 'Vệ sinh môi trường' }).getByRole('link'));
    await hand.click(page.locator('#behind').getByRole('link', { name: place.villages[1].unit }));
    await page.waitForURL(`**/programmes/${MODEL}/${place.period}#c-sanitation`);
    await page.locator('#c-sanitation').getByText('Biên bản kiểm tra của thôn').waitFor();
    const opened = page.waitForEvent('popup');
    await hand.click(page.getByRole('link', { name: 'Kết quả rà soát của xã' }).first());
    await opened;
    expect(hand.counted).toEqual({ clicks: 5, keys: 0, fields: 0 });
    await page.context().close();
  });
});
