import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync } from 'node:zlib';
import { verifyPage } from '@dinh/domain/proof';
import { codeOf } from '@dinh/domain/publications';
import { execute } from '@dinh/operations/kernel';
import { heads, makeHead } from '@dinh/operations/proof';
import { places, printCodes, renamePlace, setContacts, tryCodes, withdraw } from '@dinh/operations/publications';
import { as, who } from '@dinh/operations/testing';
import { recordStatements } from '@dinh/store/connection';
import { testDatabase } from '@dinh/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Played, play, serve, VILLAGE } from './stage.ts';

const database = await testDatabase();
let played: Played;
let server: Awaited<ReturnType<typeof serve>>;
const DAY = '2026-03-25';
const packed = { 'accept-encoding': 'gzip, deflate, br' };
const page = (kind: keyof Played['codes'], query = '', headers: Record<string, string> = {}) =>
  server.get(`/p/${played.codes[kind]}${query}`, headers);
const textOf = ({ body, headers }: Answer) =>
  (headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : body).toString();
const patience = () => new Promise((resolve) => setTimeout(resolve, 1_050));

beforeAll(async () => {
  played = await play(database);
  server = await serve(played.on(DAY));
});
afterAll(() => server.close());

describe('the page of a village', () => {
  it('says what the village is and did, by verified figures, in three languages', async () => {
    const [vi, en, ar] = await Promise.all(
      ['vi', 'en', 'ar'].map(async (l) => textOf(await page('unit', `?lang=${l}`))),
    );
    for (const words of ['Thôn Nam', '7/8 đạt', '12/QĐ-UBND', '12,5 công', '2.150', 'Mở rộng đường thôn', '05/KH'])
      expect(vi).toContain(words);
    expect(vi).toMatch(/1\.500\.000\s₫/);
    expect(vi).toContain('Trưởng ban giám sát');
    expect(en).toContain('7 of 8 met');
    expect(en).toMatch(/<html lang="en">/);
    expect(ar).toMatch(/<html lang="ar" dir="rtl">/);
    expect(ar).toContain('ما قدّمه الأهالي');
    for (const html of [vi, en, ar]) expect(html?.match(/<i class="met">/g)).toHaveLength(7);
  });

  it('follows the language of the reader, and what is asked for', async () => {
    const spoken = await page('unit', '', { 'accept-language': 'ar;q=0.9, en;q=0.4' });
    expect(spoken.headers['content-language']).toBe('ar');
    const chosen = await page('unit', '?lang=en', { 'accept-language': 'ar' });
    expect(chosen.headers['content-language']).toBe('en');
    // Whoever chose a language keeps it on the pages behind this one.
    const [main = ''] = /<main.*<\/main>/s.exec(textOf(chosen)) ?? [];
    const ways = [...main.matchAll(/<a href="(\/p\/[^"]+)"/g)].map(([, way]) => way ?? '');
    const pages = ways.filter((way) => !way.startsWith('/p/files/'));
    expect(pages.length).toBeGreaterThan(0);
    for (const way of pages) expect(way).toMatch(/\?lang=en$/);
    expect((await page('unit', '?lang=xx', { 'accept-language': 'fr' })).headers['content-language']).toBe('vi');
  });

  it('keeps to itself who gave, where their land lies, and who sits on the board', async () => {
    for (const kind of ['unit', 'road', 'drive'] as const) {
      const html = textOf(await page(kind));
      expect(html).not.toMatch(/Hidden Household|parcel 77|Watcher Person/);
      expect(html.includes('Named Household')).toBe(kind === 'drive');
    }
    // Three of 120 were against: too few to tell.
    const drive = textOf(await page('drive'));
    expect(drive).not.toMatch(/117/);
    expect(drive).toContain('Từ hai phần ba');
    // Five households gave, so they are counted; it would say nothing of four.
    expect(drive).toMatch(/<b>5<\/b>/);
    expect(drive).toContain('PC-01');
  });

  it('runs nothing, sets no cookie, takes nothing from elsewhere', async () => {
    const answer = await page('unit');
    const html = textOf(answer);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(html).not.toMatch(/<script|javascript:|\son[a-z]+=|style=|https?:\/\//);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('weighs at most 15 kB, and 40 kB with its stylesheet, icon and faces', async () => {
    for (const language of ['vi', 'en', 'ar']) {
      const answer = await page('unit', `?lang=${language}`, packed);
      const html = textOf(answer);
      expect(answer.body.length).toBeLessThan(15_000);
      const sheetAt = /href="(\/p\/style-\w+\.css)"/.exec(html)?.[1] ?? '';
      const sheet = await server.get(sheetAt, packed);
      expect(sheet.status).toBe(200);
      expect(sheet.headers['cache-control']).toContain('immutable');
      const faces =
        language === 'ar'
          ? ['arabic-400', 'arabic-600']
          : ['latin-400', 'latin-600', 'vietnamese-400', 'vietnamese-600'];
      const bytes = await Promise.all(
        faces.map(async (name) => (await server.get(`/p/fonts/${name}.woff2`)).body.length),
      );
      expect(Math.min(...bytes)).toBeGreaterThan(1_000);
      expect(answer.body.length + sheet.body.length + bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(40_000);
    }
  });
});

describe('how it is answered', () => {
  it('cold in at most five statements, warm in none, after a second in one look', async () => {
    const fresh = await serve(played.on(DAY));
    const address = `/p/${played.codes.unit}?lang=en`;
    const cold = await recordStatements(database, () => fresh.get(address));
    expect(cold.length, cold.join('\n')).toBeLessThanOrEqual(5);
    // Sealing follows the answer.
    await patience();
    await fresh.get(address);
    await execute(played.on(DAY), makeHead, {}, { actor: { kind: 'system', label: 'job' } });
    await patience();
    await fresh.get(address);
    expect(
      await recordStatements(database, () => Promise.all(Array.from({ length: 20 }, () => fresh.get(address)))),
    ).toEqual([]);
    await patience();
    const look = await recordStatements(database, () => fresh.get(address));
    expect(look.filter((statement) => !/^(begin|commit)/.test(statement))).toHaveLength(1);
    await fresh.close();
  });

  it('with a proof that anybody can check, also in Arabic', async () => {
    for (const language of ['vi', 'en', 'ar']) await page('unit', `?lang=${language}`);
    await patience();
    for (const language of ['vi', 'en', 'ar']) await page('unit', `?lang=${language}`);
    const made = await execute(played.on(DAY), makeHead, {}, { actor: { kind: 'system', label: 'job' } });
    await patience();
    for (const language of ['vi', 'en', 'ar']) {
      const html = textOf(await page('unit', `?lang=${language}`));
      expect(verifyPage(html, [made.hash])).toMatchObject({ faults: [], trusted: true });
      expect(verifyPage(html.replace('12/Q', '13/Q'), [made.hash]).faults).not.toEqual([]);
    }
    expect((await execute(played.on(DAY), heads, {}, { actor: { kind: 'anonymous' } })).heads.length).toBeGreaterThan(
      0,
    );
  });

  it('with 304 while nothing changed, and anew within a second of a command in the unit', async () => {
    const first = await page('unit', '?lang=vi', packed);
    const etag = String(first.headers.etag);
    const again = await page('unit', '?lang=vi', { ...packed, 'if-none-match': etag });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    const contacts = [{ post: 'Bí thư chi bộ' }];
    await execute(played.on(DAY), setContacts, { unitId: VILLAGE, contacts }, as(who.secretary));
    await patience();
    const later = await page('unit', '?lang=vi', { ...packed, 'if-none-match': etag });
    expect(later.status).toBe(200);
    expect(textOf(later)).toContain('Bí thư chi bộ');
    expect(textOf(later)).not.toContain('912');
  });

  it('packed as the reader takes it', async () => {
    expect((await page('unit', '', packed)).headers['content-encoding']).toBe('br');
    expect((await page('unit', '', { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBe('gzip');
    expect((await page('unit', '', { 'accept-encoding': 'br;q=0' })).headers['content-encoding']).toBeUndefined();
    const head = await server.get(`/p/${played.codes.unit}`, {}, 'HEAD');
    expect([head.status, head.body.length]).toEqual([200, 0]);
  });

  it('as data: CSV and JSON with the same figures', async () => {
    const csv = await server.get(`/p/${played.codes.unit}/data.csv`);
    const lines = csv.body.toString().split('\r\n');
    expect(lines[0]).toBe('\ufeffsection,item,measure,value,unit,on');
    expect(lines).toContain('given,Mở rộng đường thôn,money/received,1500000,VND,2026-03-01');
    expect(lines).toContain('programme,smart-test,met,7,criteria,2026-01');
    expect(lines).toContain('work,Đường trục thôn,length/planned,800,,2026-03-02');
    const json = await server.get(`/p/${played.codes.unit}/data.json`);
    const data = JSON.parse(json.body.toString()) as { figures: object[]; name: string };
    expect(data.name).toBe('Thôn Nam');
    expect(data.figures).toHaveLength(lines.length - 2);
    expect(json.body.toString()).not.toMatch(/Hidden|Watcher|parcel/);
  });
});

describe('what leads nowhere', () => {
  it('is said in the language of the reader, with what to do', async () => {
    const mistyped = await server.get(
      `/p/${played.codes.unit.slice(0, 7)}${played.codes.unit.endsWith('2') ? '3' : '2'}?lang=en`,
    );
    expect(mistyped.status).toBe(404);
    expect(textOf(mistyped)).toContain('The code is mistyped');
    expect(textOf(mistyped)).toContain('<form action="/p"');
    const unknown = await server.get(`/p/${codeOf({ unitId: VILLAGE, nth: 700 })}?lang=ar`);
    expect(unknown.status).toBe(404);
    expect(textOf(unknown)).toContain('لا مكان يحمل هذا الرمز');
    for (const path of [
      '/p/%00',
      '/p/%zz',
      '/p/<script>alert(1)</script>',
      `/p/${'x'.repeat(5_000)}`,
      "/p/'%20or%201=1",
    ]) {
      const answer = await server.get(encodeURI(path).replaceAll('%25', '%'));
      expect([path, answer.status]).toEqual([path, 404]);
      expect(textOf(answer)).not.toContain('<script');
    }
    const missing = await server.get(`/p/${played.codes.unit}/posted/99`);
    expect(missing.status).toBe(404);
    expect((await server.get(`/p/files/${'a'.repeat(64)}`)).status).toBe(404);
    expect((await server.get('/p/files/..%2f..%2fetc%2fpasswd')).status).toBe(404);
    expect((await server.get(`/p/${played.codes.unit}/other`)).status).toBe(404);
  });

  it('leads on when it was only written in another way', async () => {
    const { unit } = played.codes;
    const written = await server.get(`/p/${unit.toLowerCase().replace(/^(....)/, '$1-')}?lang=en`);
    expect([written.status, written.headers.location]).toEqual([301, `/p/${unit}?lang=en`]);
    const typed = await server.get(`/p?code=${unit.slice(0, 4)}+${unit.slice(4).toLowerCase()}&lang=ar`);
    expect([typed.status, typed.headers.location]).toEqual([303, `/p/${unit}?lang=ar`]);
    expect((await server.get('/p')).status).toBe(200);
  });

  it('leaves to others what is theirs', async () => {
    for (const path of ['/', '/people', '/p/roots', '/p/verify', `/p/${played.codes.unit}/ask`])
      expect([path, (await server.get(path)).status]).toEqual([path, 599]);
    expect((await server.get(`/p/${played.codes.unit}`, {}, 'POST')).status).toBe(599);
  });
});

it('a paper that was taken down early leaves its reason until its day', async () => {
  await execute(played.on(DAY), withdraw, { unitId: VILLAGE, nth: 1, reason: 'figures were wrong' }, as(who.secretary));
  await patience();
  expect(textOf(await page('unit', '?lang=en'))).toContain('figures were wrong');
  const later = await serve(played.on('2026-05-01'));
  expect(textOf(await later.get(`/p/${played.codes.unit}?lang=en`))).not.toContain('figures were wrong');
  await later.close();
});

it('a renamed road is called by its new name under the old code', async () => {
  const name = 'Đường hoa </h1><script>';
  await execute(played.on(DAY), renamePlace, { unitId: VILLAGE, nth: 2, name }, as(who.secretary));
  await patience();
  const html = textOf(await page('road'));
  expect(html).toContain('Đường hoa &lt;/h1&gt;&lt;script&gt;');
  expect(html).not.toContain('<script');
});

it('a printed code whose page stops answering is noted as broken by the job that tries it', async () => {
  const own = { unitId: VILLAGE, nths: [1, 2], base: 'https://dinh.example' };
  await execute(played.on(DAY), printCodes, own, as(who.secretary));
  const at = `http://127.0.0.1:${server.port}`;
  expect(await tryCodes(played.on(DAY), at)).toEqual({ tried: 2, changed: 0 });
  // Tried today already; and a server that is down says nothing about one page.
  expect(await tryCodes(played.on(DAY), at)).toEqual({ tried: 0, changed: 0 });
  expect(await tryCodes(played.on('2026-03-27'), 'http://127.0.0.1:1')).toEqual({ tried: 0, changed: 0 });
  const silent = createServer((request, response) => {
    response.writeHead(request.url?.endsWith(played.codes.road) ? 404 : 200).end();
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  expect(await tryCodes(played.on('2026-03-28'), `http://127.0.0.1:${port}`)).toEqual({ tried: 2, changed: 1 });
  silent.close();
  const { places: all } = await execute(played.on('2026-03-28'), places, { unitId: VILLAGE }, as(who.secretary));
  expect(all.filter(({ answers }) => answers === false).map(({ nth }) => nth)).toEqual([2]);
});
