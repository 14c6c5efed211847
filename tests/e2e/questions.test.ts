import { dayOf } from '@dinh/domain/kernel';
import { execute } from '@dinh/operations/kernel';
import { addPlaces } from '@dinh/operations/publications';
import { openSurvey } from '@dinh/operations/questions';
import { testDatabase } from '@dinh/store/testing';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults, overflow } from './looks.ts';
import { giveAccount } from './signed-in.ts';
import { desk, phone, type Stage, setStage } from './stage.ts';
import { plantVillage, type Village } from './village.ts';

let stage: Stage;
let village: Village;
let code = '';
let slips: string[] = [];

beforeAll(async () => {
  const database = await testDatabase();
  stage = await setStage(database);
  village = await plantVillage(stage.services);
  const [{ unitId, personId }] = village.villages;
  await giveAccount(stage.services, village.villages[0]);
  const head = { actor: { kind: 'person', personId } } as const;
  const { places } = await execute(stage.services, addPlaces, { unitId, places: [{ kind: 'unit' }] }, head);
  code = places[0]?.code ?? '';
  const asked = {
    unitId,
    id: crypto.randomUUID(),
    title: 'Đường mới',
    questions: ['Đường?'],
    households: 12,
    to: '2027-01-31',
  };
  const today = dayOf(new Date());
  slips = (await execute(stage.services, openSurvey, { ...asked, to: today }, head)).codes;
});
afterAll(() => stage?.close());

/** A reader's phone without JavaScript. */
const plain = (locale: string): BrowserContextOptions => ({ ...phone, locale, javaScriptEnabled: false });

async function widest(page: Page): Promise<number> {
  // Without scripts of its own the page can still be measured from outside.
  const session = await page.context().newCDPSession(page);
  const { cssContentSize } = await session.send('Page.getLayoutMetrics');
  return cssContentSize.width;
}

describe.each([
  ['vi', 'vi-VN', 'Đèn ngõ 3 tắt từ tuần trước', 'Gửi', 'Đã nhận'],
  ['ar', 'ar-EG', 'مصباح الزقاق ٣ لا يعمل', 'إرسال', 'وصلتنا رسالتك'],
] as const)('a resident with a phone without JavaScript, in %s', (language, locale, text, send, received) => {
  it('asks in three taps and sees the answer by a code', async () => {
    const page = await stage.open(null, plain(locale));
    await page.goto(`${stage.base}/p/${code}`);
    expect(await page.getAttribute('html', 'lang')).toBe(language);
    let taps = 0;
    const tap = async (what: ReturnType<Page['locator']>) => {
      taps += 1;
      await what.click();
    };
    await tap(page.locator(`a[href^="/p/${code}/ask?"]`));
    expect(await widest(page)).toBeLessThanOrEqual(360);
    await tap(page.locator('textarea'));
    await page.keyboard.type(`${text} <script>alert(1)</script>`);
    await tap(page.getByRole('button', { name: send, exact: true }));
    await page.waitForURL(/\/ask\/[A-Z0-9]{12}/);
    expect(taps).toBeLessThanOrEqual(4);
    expect(await page.textContent('h1')).toContain(received);
    expect(await page.textContent('main')).toContain('<script>alert(1)</script>');
    expect(await widest(page)).toBeLessThanOrEqual(360);
    const address = page.url();

    // The village head finds it on Today, and answers.
    const head = await stage.open(village.villages[0], { ...phone, locale });
    await head.goto(`${stage.base}/?lang=${language}`);
    await head.locator('a[href*="/questions#"]').last().click();
    const card = head.locator('section.sheet', { hasText: text });
    await card.locator('summary').first().click();
    await card.locator('textarea').first().fill('Đã sửa · أُصلح');
    await card.locator('form[action="?/answer"] button').click();
    await head
      .locator('[role=status]', { hasText: /Đã trả lời|أُرسلت/ })
      .first()
      .waitFor();
    await head.context().close();

    await page.goto(address);
    expect(await page.textContent('.answer')).toContain('Đã sửa · أُصلح');
    await page.context().close();
  });

  it('is told what is wrong, and keeps what was typed', async () => {
    const page = await stage.open(null, plain(locale));
    await page.goto(`${stage.base}/p/${code}/ask?lang=${language}`);
    await page.locator('textarea').fill('a\u202eb');
    await page.getByRole('button', { name: send, exact: true }).click();
    await page.locator('[role=alert]').waitFor();
    expect(await page.inputValue('textarea')).toBe('a\u202eb');
    await page.goto(`${stage.base}/p/${code}/ask/WRONG?lang=${language}`);
    await page.locator('[role=alert]').waitFor();
    await page.context().close();
  });

  it('answers for the household with the code of a slip, once', async () => {
    const page = await stage.open(null, plain(locale));
    const slip = slips.pop() ?? '';
    await page.goto(`${stage.base}/p/${code}/ask/household?slip=${slip}&lang=${language}`);
    await page.locator('.steps label').first().click();
    await page.locator('main button').click();
    await page.locator('p.due').waitFor();
    await page.goto(`${stage.base}/p/${code}/ask/household?slip=${slip}&lang=${language}`);
    await page.locator('[role=alert]').waitFor();
    await page.context().close();
  });
});

it('pages of questions suit everybody, on a phone and on a desk', async () => {
  const { unitId } = village.villages[0];
  for (const [language, options] of [
    ['vi', phone],
    ['ar', phone],
    ['vi', desk],
    ['ar', desk],
  ] as const) {
    const page = await stage.open(village.villages[0], options);
    for (const path of [
      `/p/${code}/ask`,
      `/p/${code}/ask/household?slip=${slips[0]}`,
      '/p/roots',
      '/p/verify',
      `/units/${unitId}/questions`,
      `/units/${unitId}/questions/ask`,
      `/units/${unitId}/surveys`,
    ]) {
      const url = new URL(path, stage.base);
      url.searchParams.set('lang', language);
      await page.goto(url.href);
      expect([path, await faults(page), await overflow(page)]).toEqual([path, [], 0]);
    }
    await page.context().close();
  }
});

it('who floods the form is turned away with a sentence', async () => {
  let status = 200;
  for (let sent = 0; sent < 30 && status !== 429; sent++) {
    const form = await (await fetch(`${stage.base}/p/${code}/ask?lang=vi`)).text();
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)`).exec(form)?.[1] ?? '';
    const body = new URLSearchParams({ id: field('id'), receipt: field('receipt'), text: `Câu ${sent}` });
    const headers = { origin: stage.base };
    const answer = await fetch(`${stage.base}/p/${code}/ask?lang=vi`, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
    });
    status = answer.status;
    if (status === 429) expect(await answer.text()).toContain('quá nhiều câu hỏi');
  }
  expect(status).toBe(429);
});
