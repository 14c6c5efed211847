import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readPage, verifyPage } from '@dinh/domain/proof';
import { execute } from '@dinh/operations/kernel';
import { makeHead } from '@dinh/operations/proof';
import { testDatabase } from '@dinh/store/testing';
import fc from 'fast-check';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { play, serve } from './stage.ts';

const database = await testDatabase();
const job = { actor: { kind: 'system', label: 'job' } } as const;
const DAY = '2026-03-25';
let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
let seal = '';
/** Copies as a browser saves them, by address: three places in three languages. */
const copies = new Map<string, string>();

beforeAll(async () => {
  const { codes, on } = await play(database);
  server = await serve(on(DAY));
  const addresses = Object.values(codes).flatMap((code) => ['vi', 'en', 'ar'].map((l) => `/p/${code}?lang=${l}`));
  // Asked once, a page is sealed; once the log took it in, it carries its proof.
  for (const address of addresses) await server.get(address);
  await vi.waitFor(
    async () => expect(await database.query('select 1 from proof_waiting')).toHaveLength(addresses.length),
    { timeout: 10_000 },
  );
  seal = (await execute(on(DAY), makeHead, {}, job)).hash;
  browser = await chromium.launch({
    executablePath: process.env.DINH_TEST_BROWSER ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage();
  for (const address of addresses) {
    await page.goto(`http://localhost:${server.port}${address}`);
    copies.set(address, await page.content());
  }
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const faults = (html: string, site = '') => verifyPage(html, [seal], site).faults;

describe('copies of public pages', () => {
  it('are what was published, as the browser writes them', () => {
    for (const [address, html] of copies)
      expect([address, verifyPage(html, [seal])]).toMatchObject([address, { faults: [], trusted: true }]);
  });

  it('pass also when the browser saved them whole, with links written out', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'dinh-saved-'));
    const page = await browser.newPage();
    const [address = ''] = copies.keys();
    await page.goto(`http://localhost:${server.port}${address}`);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Page.enable');
    const base = `http://localhost:${server.port}`;
    const whole = (await page.evaluate(() => {
      for (const link of document.querySelectorAll('a')) link.setAttribute('href', link.href);
      for (const image of document.querySelectorAll('img'))
        image.setAttribute('src', `./saved_files/${image.src.split('/').at(-1)}`);
      return document.documentElement.outerHTML;
    })) as string;
    const file = path.join(folder, 'page.html');
    await writeFile(file, `<!-- saved from url=(0040)${base}${address} -->\n${whole}`);
    const saved = await readFile(file, 'utf8');
    expect(faults(saved, base)).toEqual([]);
    expect(faults(saved)).not.toEqual([]);
    await rm(folder, { recursive: true });
  });
});

/** Where a pattern stands in a page: start and text of each. */
const spots = (html: string, pattern: RegExp) =>
  [...html.matchAll(pattern)].map((found) => ({ at: found.index, text: found[0] }));
const replaced = (html: string, { at, text }: { at: number; text: string }, by: string) =>
  html.slice(0, at) + by + html.slice(at + text.length);

type Forge = (html: string, nth: number, other: number) => string;
const pick = <T>(from: readonly T[], nth: number): T | undefined => from[nth % Math.max(from.length, 1)];
const body = (html: string) => html.indexOf('<body');

/** Changes one of the places a pattern finds, from <body> on. */
const change =
  (pattern: RegExp, how: (text: string, other: number) => string): Forge =>
  (html, nth, other) => {
    const spot = pick(
      spots(html, pattern).filter(({ at }) => at > body(html)),
      nth,
    );
    return spot ? replaced(html, spot, how(spot.text, other)) : html;
  };
const moved =
  (pattern: RegExp): Forge =>
  (html, nth, other) => {
    const found = spots(html, pattern);
    const [one, two] = [pick(found, nth), pick(found, other)];
    if (!one || !two || one.at === two.at) return html;
    const [first, last] = one.at < two.at ? [one, two] : [two, one];
    return replaced(replaced(html, last, first.text), first, last.text);
  };
const letters = 'aăâbcdđeêghiklmnoôơpqrstuưvxyابتثج0123456789';
const letter = (text: string, other: number) => {
  const at = 1 + (other % Math.max(text.length - 2, 1));
  const sign = [...letters].find((each, nth) => nth >= other % letters.length && each !== text[at]) ?? '?';
  return text.slice(0, at) + sign + text.slice(at + 1);
};

const forges: Record<string, Forge> = {
  'a letter': change(/>[^<>\s][^<>]*</g, letter),
  'a figure': change(/>[^<>]*\d[^<>]*</g, (text) => text.replace(/\d/, (figure) => String((Number(figure) + 1) % 10))),
  'a word gone': change(/>[^<>\s][^<>]*</g, () => '><'),
  'a line gone': change(/<li>.*?<\/li>/g, () => ''),
  'a line twice': change(/<li>.*?<\/li>/g, (text) => text + text),
  'a line more': change(/<li>.*?<\/li>/g, (text) => `${text}<li><span>mới</span><b>1</b></li>`),
  'lines exchanged': moved(/<li>.*?<\/li>/g),
  'a section gone': change(/<section.*?<\/section>/g, () => ''),
  'a section twice': change(/<section.*?<\/section>/g, (text) => text + text),
  'sections exchanged': moved(/<section.*?<\/section>/g),
  'a link elsewhere': change(/href="[^"]+"/g, (_text, other) =>
    other % 2 ? 'href="https://other.example/p"' : 'href="/p/roots"',
  ),
  'a figure in the proof': change(/<pre id="proof">[^<]*</g, (text, other) => {
    const found = spots(text, /[0-9a-f]/g).filter(({ at }) => at > 40);
    const spot = pick(found, other);
    return spot ? replaced(text, spot, spot.text === '1' ? '2' : '1') : text;
  }),
  'the proof gone': change(/<pre id="proof">[^<]*</g, () => '<pre id="proof"><'),
  'the day': change(/<\/h1><p>[^<]*<\/p><p>[^<]*<\/p>/g, (text) =>
    text.replace(/\d(?=\D*$)|[٠-٩](?=[^٠-٩]*$)/, '7').replace('<p>', '<p>~'),
  ),
  strokes: change(/<i><\/i>|<i class="met"><\/i>/g, (text) => (text === '<i></i>' ? '<i class="met"></i>' : '<i></i>')),
  'a line hidden': change(/<(li|section|p|b|small|span|h2|ul)( id="\w+")?>/g, (text, other) =>
    text.replace('>', [' hidden>', ' style="display:none">', ' class="skip">', ' aria-hidden="true">'][other % 4]!),
  ),
  'a script': change(/<\/(main|footer|header|body)>/g, (text) => `<script>1</script>${text}`),
  'a style': change(/<\/(main|footer|header|body)>/g, (text) => `<style>main{display:none}</style>${text}`),
  'another main': change(/<\/main>/g, (text) => `${text}<main lang="vi"><h1>x</h1></main>`),
  'words around': change(/<\/(header|footer)>/g, (text) => `<p>thêm</p>${text}`),
  'the language': (html, nth) => {
    const own = /<html lang="(\w+)"/.exec(html)?.[1];
    const code = /<main data-code="(\w+)"/.exec(html)?.[1];
    const rest = [...copies].filter(
      ([address, copy]) => address.includes(code ?? '') && !copy.includes(`<html lang="${own}"`),
    );
    const main = /<main.*<\/main>/.exec(pick(rest, nth)?.[1] ?? '')?.[0];
    return main ? html.replace(/<main.*<\/main>/, () => main) : html;
  },
};

const contentOf = (html: string) => {
  const { page, frame, proof, foreign } = readPage(html);
  return JSON.stringify([page, frame, proof, foreign]);
};

it('a thousand and more tamperings with them are found, every one', () => {
  const tried: Record<string, number> = {};
  const forgery = fc.tuple(
    fc.constantFrom(...Object.keys(forges)),
    fc.constantFrom(...copies.values()),
    fc.nat(10_000),
    fc.nat(10_000),
  );
  fc.assert(
    fc.property(forgery, ([kind, html, nth, other]) => {
      const forged = forges[kind]!(html, nth, other);
      // Two lines that are alike, exchanged, are no tampering.
      fc.pre(contentOf(forged) !== contentOf(html));
      tried[kind] = (tried[kind] ?? 0) + 1;
      expect(faults(forged), `${kind} ${nth} ${other}`).not.toEqual([]);
    }),
    { numRuns: 1500 },
  );
  const sum = Object.values(tried).reduce((all, each) => all + each, 0);
  expect(sum).toBeGreaterThan(1000);
  expect(Object.keys(tried).sort()).toEqual(Object.keys(forges).sort());
}, 120_000);
