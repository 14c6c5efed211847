import { execute } from '@dinh/operations/kernel';
import { addMember } from '@dinh/operations/people';
import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giveAccount } from './signed-in.ts';
import { phone, type Stage, setStage } from './stage.ts';
import { MODEL, type Person, plantVillage, type Village } from './village.ts';

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
  const as = { actor: { kind: 'system', label: 'cli' } } as const;
  administrator = { personId: (await execute(services, addMember, member, as)).personId, unitId, unit: '' };
  for (const person of [administrator, place.commune, ...place.villages]) await giveAccount(services, person);
});
afterAll(() => stage?.close());

function textsAsked(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const found = /\/texts\/.*\/([\w-]+)\.js$/.exec(request.url());
    if (found?.[1]) asked.push(found[1]);
  });
  return asked;
}

describe('texts', () => {
  test('a page fetches those it shows, once, and never all', async () => {
    const { nation, commune, villages } = place;
    const unit = villages[0].unitId;
    const paths = [
      '/',
      '/units',
      '/people',
      '/programmes',
      '/overview',
      '/more',
      '/account',
      `/units/${unit}`,
      `/units/${unit}/history`,
      `/units/${unit}/calendar`,
      `/units/${unit}/assets`,
      `/units/${unit}/recognitions`,
      `/units/${unit}/programmes`,
      `/units/${unit}/programmes/${MODEL}/${place.period}`,
      `/units/${villages[1].unitId}/programmes/${MODEL}/${place.period}`,
      `/units/${nation}/overview?programme=${MODEL}&period=${place.period}`,
      `/units/${commune.unitId}/desk`,
      `/units/${commune.unitId}/recognitions/board`,
      `/units/${commune.unitId}/create`,
    ];
    const sheets = paths.filter((path) => path === '/' || path.includes(MODEL));
    for (const [person, seen] of [
      [administrator, paths],
      [commune, sheets],
      [villages[0], sheets],
    ] as const) {
      const page = await stage.open(person);
      const asked = textsAsked(page);
      for (const path of seen) {
        asked.length = 0;
        const answer = await page.goto(`${stage.base}${path}`, { waitUntil: 'networkidle' });
        expect([path, asked.length, asked.includes('all')]).toEqual([path, answer?.ok() ? 2 : asked.length, false]);
      }
    }
  }, 240_000);

  test('a text that nobody foresaw is fetched when it is needed', async () => {
    const page = await stage.open(place.commune, phone);
    const asked = textsAsked(page);
    await page.route('**/texts/**/page-app-.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: 'export default()=>({})' }),
    );
    await page.goto(stage.base, { waitUntil: 'networkidle' });
    expect(asked).toContain('all');
    expect(await page.locator('main .button.main').innerText()).toBe('Mở bàn xử lý');
  });

  test('a refusal comes with its sentence', async () => {
    const page = await stage.open(null);
    const asked = textsAsked(page);
    await page.goto(`${stage.base}/sign-in`);
    await page.fill('[name=name]', 'nobody');
    await page.fill('[name=password]', 'nothing at all');
    await page.locator('form button.main').click();
    await page.locator('.refusal').waitFor();
    expect(await page.locator('.refusal').innerText()).not.toMatch(/\w+\.\w+-\w+/);
    expect(asked).not.toContain('all');
  });
});
