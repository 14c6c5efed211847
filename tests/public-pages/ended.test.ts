import { verifyPage } from '@dinh/domain/proof';
import { execute } from '@dinh/operations/kernel';
import { makeHead } from '@dinh/operations/proof';
import { addPlaces, closePlace } from '@dinh/operations/publications';
import { as, who } from '@dinh/operations/testing';
import { dissolveUnit, mergeUnits } from '@dinh/operations/units';
import { recordStatements } from '@dinh/store/connection';
import { testDatabase } from '@dinh/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Played, play, serve, VILLAGE } from './stage.ts';

const BESIDE = 4;
const database = await testDatabase();
const system = { actor: { kind: 'system', label: 'cli' } } as const;
const patience = () => new Promise((resolve) => setTimeout(resolve, 1_050));
const AFTER = '2026-06-02';
let played: Played;
let server: Awaited<ReturnType<typeof serve>>;
let saved = '';
let seal = '';
let road = '';
let successor = '';

async function proven(path: string, on: string, from: typeof server): Promise<{ html: string; seal: string }> {
  await from.get(path);
  await patience();
  const made = await execute(played.on(on), makeHead, {}, { actor: { kind: 'system', label: 'job' } });
  await patience();
  return { html: (await from.get(path)).body.toString(), seal: made.hash };
}

beforeAll(async () => {
  played = await play(database);
  const before = await serve(played.on('2026-05-30'));
  ({ html: saved, seal } = await proven(`/p/${played.codes.unit}?lang=vi`, '2026-05-30', before));
  await before.close();
  road = played.codes.road;
  await database.query(`select setval(pg_get_serial_sequence('unit', 'id'), 100)`);
  await execute(played.on('2026-05-30'), closePlace, { unitId: VILLAGE, nth: 2, reason: 'ngập' }, as(who.secretary));
  const into = { parentId: 2, kind: 'village', name: 'Thôn Nam Bắc' };
  const terms = { sources: [VILLAGE, BESIDE], effective: '2026-06-01', into, note: '' };
  const { unitId } = await execute(played.on('2026-06-01'), mergeUnits, terms, system);
  const given = await execute(played.on('2026-06-01'), addPlaces, { unitId, places: [{ kind: 'unit' }] }, system);
  successor = given.places[0]?.code ?? '';
  server = await serve(played.on(AFTER));
});
afterAll(() => server.close());

it('the old code leads to the unit that came after, in three languages, and says what the old one had published', async () => {
  for (const [language, words] of [
    ['vi', 'đã nhập vào đơn vị khác'],
    ['en', 'became part of another unit'],
    ['ar', 'في وحدة أخرى'],
  ] as const) {
    const { status, body } = await server.get(`/p/${played.codes.unit}?lang=${language}`);
    const html = body.toString();
    expect([status, html.includes(words)]).toEqual([200, true]);
    expect(html.indexOf(`href="/p/${successor}?lang=${language}"`)).toBeLessThan(html.indexOf('Đường trục thôn'));
    expect(html).toContain(`href="/p/${successor}?lang=${language}"`);
    expect(html).toContain('Mở rộng đường thôn');
    // Nobody is there to be reached, and its progress is not anybody's any more.
    expect(html).not.toMatch(/Trưởng ban giám sát|class="met"|\/ask\?/);
    expect(html).not.toMatch(/Hidden Household|parcel 77|<script/);
  }
  expect((await server.get(`/p/${successor}?lang=vi`)).body.toString()).toContain('Thôn Nam Bắc');
});

it('it comes cold in at most five statements, and weighs what any page may', async () => {
  const fresh = await serve(played.on(AFTER));
  const path = `/p/${played.codes.unit}?lang=en`;
  const cold = await recordStatements(database, () => fresh.get(path));
  expect(cold.length, cold.join('\n')).toBeLessThanOrEqual(5);
  expect((await fresh.get(path, { 'accept-encoding': 'br' })).body.length).toBeLessThan(15_000);
  await fresh.close();
});

it('what was saved before stays provable, and so is what the old code shows now', async () => {
  expect(saved).toContain('Trưởng ban giám sát');
  expect(verifyPage(saved, [seal])).toMatchObject({ faults: [], trusted: true });
  const now = await proven(`/p/${played.codes.unit}?lang=vi`, AFTER, server);
  expect(verifyPage(now.html, [now.seal])).toMatchObject({ faults: [], trusted: true });
  expect(verifyPage(now.html.replaceAll(successor, played.codes.drive), [now.seal]).faults).not.toEqual([]);
  expect(verifyPage(saved, [now.seal, seal])).toMatchObject({ faults: [], trusted: true });
});

it('the accounts of its drive stay open under their own code, and as data', async () => {
  const html = (await server.get(`/p/${played.codes.drive}?lang=vi`)).body.toString();
  for (const words of ['PC-01', 'Hai chữ ký', 'Named Household', `href="/p/${successor}?lang=vi"`])
    expect(html).toContain(words);
  const data = await server.get(`/p/${played.codes.unit}/data.csv`);
  expect(data.body.toString()).toContain('money/received,1500000,VND');
  expect(data.body.toString()).not.toContain('smart-test,met');
});

it('a place taken out of use before says so, is sealed, and gives no data', async () => {
  const { html, seal: last } = await proven(`/p/${road}?lang=vi`, AFTER, server);
  expect((await server.get(`/p/${road}`)).status).toBe(200);
  expect(html).toContain(`href="/p/${successor}?lang=vi"`);
  expect(verifyPage(html, [last])).toMatchObject({ faults: [], trusted: true });
  const data = await server.get(`/p/${road}/data.csv`);
  expect([data.status, String(data.headers['content-type'])]).toEqual([410, 'text/html; charset=utf-8']);
});

it('a unit that nothing came after says whom to ask, is gone for machines, and is sealed', async () => {
  const given = await execute(played.on('2026-03-21'), addPlaces, { unitId: 7, places: [{ kind: 'unit' }] }, system);
  const path = `/p/${given.places[0]?.code}?lang=en`;
  await execute(played.on('2026-06-01'), dissolveUnit, { unitId: 7, effective: '2026-06-01', note: '' }, system);
  const { html, seal: last } = await proven(path, AFTER, server);
  expect((await server.get(path)).status).toBe(410);
  expect(html).toContain('turn to the level above');
  expect(verifyPage(html, [last])).toMatchObject({ faults: [], trusted: true });
});
