import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { execute } from '@dinh/operations/kernel';
import { makeHead } from '@dinh/operations/proof';
import { addPlaces } from '@dinh/operations/publications';
import { testDatabase } from '@dinh/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { phone, type Stage, setStage } from './stage.ts';
import { plantVillage } from './village.ts';

const database = await testDatabase();
const job = { actor: { kind: 'system', label: 'job' } } as const;
let stage: Stage;
let folder = '';
let seal = '';
const file = (name: string) => path.join(folder, name);

beforeAll(async () => {
  stage = await setStage(database);
  folder = await mkdtemp(path.join(tmpdir(), 'dinh-check-'));
  const { villages } = await plantVillage(stage.services);
  const { unitId, personId } = villages[0];
  const head = { actor: { kind: 'person', personId } } as const;
  const { places } = await execute(stage.services, addPlaces, { unitId, places: [{ kind: 'unit' }] }, head);
  const address = `${stage.base}/p/${places[0]?.code ?? ''}?lang=ar`;
  await fetch(address);
  await vi.waitFor(async () => expect(await database.query('select 1 from proof_waiting')).toHaveLength(1), 10_000);
  seal = (await execute(stage.services, makeHead, {}, job)).hash;
  const page = await stage.open(null, phone);
  await vi.waitFor(async () => {
    await page.goto(address);
    expect(await page.locator('#proof').textContent()).toContain('dinh-proof-1');
  }, 10_000);
  const copy = await page.content();
  await writeFile(file('page.html'), copy);
  await writeFile(file('forged.html'), copy.replace(/<h1>[^<]*/, '<h1>Thôn khác'));
  await writeFile(file('roots.json'), await (await fetch(`${stage.base}/p/roots.json`)).text());
  await writeFile(file('verify.html'), await (await fetch(`${stage.base}/p/verify?download&lang=ar`)).text());
  await page.context().close();
});
afterAll(async () => {
  await stage?.close();
  await rm(folder, { recursive: true, force: true });
});

async function check(page: Page, given: { page: string; root?: string; roots?: string }): Promise<string> {
  await page.setInputFiles('#page', file(given.page));
  await page.fill('#root', given.root ?? '');
  if (given.roots) {
    if (!(await page.locator('#roots').isVisible())) await page.click('summary');
    await page.setInputFiles('#roots', file(given.roots));
  }
  // What was said of something else is gone before this is asked.
  expect(await page.locator('#result section').count()).toBe(0);
  await page.click('button.do');
  const result = page.locator('#result section');
  await result.waitFor();
  return (await result.getAttribute('class')) ?? '';
}

it('anybody checks a saved page from a file, without a network', async () => {
  const page = await stage.open(null, phone);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.context().setOffline(true);
  const start = async () => page.goto(pathToFileURL(file('verify.html')).href);
  await start();
  expect(await page.getAttribute('html', 'dir')).toBe('rtl');
  expect(await check(page, { page: 'page.html', root: seal })).toContain('intact');
  expect(await page.locator('#result').textContent()).toContain('سليمة');
  expect(await check(page, { page: 'page.html' })).toContain('self-consistent');
  expect(await check(page, { page: 'page.html', root: 'f'.repeat(64) })).toContain('altered');
  expect(await check(page, { page: 'forged.html', root: seal })).toContain('altered');
  await page.click('[data-speak=en]');
  expect(await page.textContent('h1')).toBe('Check a saved page');
  await start();
  expect(await check(page, { page: 'page.html', roots: 'roots.json' })).toContain('intact');
  expect(await check(page, { page: 'forged.html', roots: 'roots.json' })).toContain('altered');
  expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([]);
  await page.context().close();
});

it('the seals are in public, and the latest is the one the page leads to', async () => {
  const page = await stage.open(null, { ...phone, javaScriptEnabled: false });
  await page.goto(`${stage.base}/p/roots?lang=en`);
  expect((await page.locator('code').first().textContent())?.replaceAll(' ', '')).toBe(seal);
  await page.goto(`${stage.base}/p/roots?lang=en&to=1999-01-01`);
  expect(await page.locator('code').count()).toBe(0);
  expect((await fetch(`${stage.base}/p/roots.json?from=never`)).status).toBe(422);
  await page.context().close();
});
