// Takes pictures of pages on a phone and on a desk, in Vietnamese and Arabic, to look at.
//   node tests/look/shoot.ts --out pictures [--base http://localhost:3000, where a server runs] [--langs vi,ar] [--cookie name=value] / /units …
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string', default: 'http://localhost:3000' },
    out: { type: 'string', default: 'pictures' },
    langs: { type: 'string', default: 'vi,ar' },
    cookie: { type: 'string', multiple: true, default: [] },
    /** Opened first, once per browser: a sign-in link. */
    enter: { type: 'string' },
    plain: { type: 'boolean', default: false },
  },
});

const sizes = [
  { name: 'phone', width: 360, height: 640, scale: 2 },
  { name: 'desk', width: 1280, height: 800, scale: 1 },
];

const base = values.base;
await mkdir(values.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
let faults = 0;
try {
  for (const size of sizes) {
    for (const lang of values.langs.split(',')) {
      const context = await browser.newContext({
        viewport: { width: size.width, height: size.height },
        deviceScaleFactor: size.scale,
        locale: lang,
        javaScriptEnabled: !values.plain,
      });
      await context.addCookies(
        values.cookie.map((pair) => ({
          name: pair.split('=')[0] ?? '',
          value: pair.split('=').slice(1).join('='),
          url: base,
        })),
      );
      const page = await context.newPage();
      const say = (text: string): void => {
        faults += 1;
        console.error(`${size.name} ${lang} ${page.url()}: ${text}`);
      };
      page.on('console', (message) => (message.type() === 'error' ? say(message.text()) : undefined));
      page.on('pageerror', (error) => say(error.message));
      if (values.enter) await page.goto(new URL(values.enter, base).href);
      for (const path of positionals) {
        const url = new URL(path, base);
        url.searchParams.set('lang', lang);
        let bytes = 0;
        const devtools = await context.newCDPSession(page);
        await devtools.send('Network.enable');
        devtools.on('Network.loadingFinished', (event) => {
          bytes += event.encodedDataLength;
        });
        const answer = await page.goto(url.href, { waitUntil: 'networkidle' });
        const wider = values.plain
          ? false
          : await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
        if (wider) say('wider than the screen');
        const file = `${path.replace(/[^a-z0-9-]+/gi, '_').replace(/^_|_$/g, '') || 'home'}.${size.name}.${lang}.png`;
        await page.screenshot({ path: join(values.out, file), fullPage: true });
        console.log(`${answer?.status()} ${file} ${(bytes / 1000).toFixed(1)} kB`);
        await devtools.detach();
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
}
if (faults > 0) process.exitCode = 1;
