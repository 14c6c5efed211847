import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { measurePublicPage } from './public-page.ts';
import type { Result } from './result.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const PORT = 3977;
const base = `http://127.0.0.1:${PORT}`;

async function startDemo(data: string): Promise<{ seconds: number; child: ChildProcess }> {
  const began = Date.now();
  const child = spawn(process.execPath, [path.join(ROOT, 'apps/cli/src/dinh.ts'), 'demo'], {
    env: { ...process.env, DINH_DATA: data, PORT: String(PORT), HOST: '127.0.0.1', DATABASE_URL: '' },
    stdio: 'ignore',
  });
  for (;;) {
    const page = await fetch(base).catch(() => null);
    if (page?.ok) return { seconds: (Date.now() - began) / 1000, child };
    if (child.exitCode !== null) throw new Error('the demo stopped before its first page');
    await sleep(100);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  while (child.exitCode === null && child.signalCode === null) await sleep(50);
}

/** Bytes that a browser fetches to show a page for the first time, everything included. */
async function transferred(link: string): Promise<number | null> {
  const program = process.env['DINH_TEST_BROWSER'] ?? '/usr/bin/chromium';
  if (!existsSync(program)) return null;
  const browser = await chromium.launch({
    executablePath: program,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 640 }, locale: 'vi' });
    const client = await page.context().newCDPSession(page);
    await client.send('Network.enable');
    let bytes = 0;
    client.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(link, { waitUntil: 'networkidle' });
    return bytes;
  } finally {
    await browser.close();
  }
}

/** From an empty folder to the demo's first page, the second start, and what the first page weighs. */
export async function measureFirstPage(say: (line: string) => void): Promise<Result[]> {
  const data = await mkdtemp(path.join(tmpdir(), 'dinh-bench-demo-'));
  const seconds = (name: string, value: number, most: number): Result => ({
    name,
    value,
    unit: 's',
    floor: null,
    ratio: null,
    limit: `≤ ${most} s`,
    ok: value <= most,
  });
  try {
    say('the demo from nothing');
    const first = await startDemo(data);
    const card = JSON.parse(await readFile(path.join(data, 'demo.json'), 'utf8')) as {
      posts: { link: string }[];
      pages: string[];
    };
    const bytes = await transferred(`${base}${new URL(card.posts[0]!.link).pathname}`);
    const cached = await measurePublicPage(PORT, `${new URL(card.pages[0]!).pathname}?lang=vi`, say);
    await stop(first.child);
    say('the demo again');
    const second = await startDemo(data);
    await stop(second.child);
    const weight: Result[] =
      bytes === null
        ? []
        : [
            {
              name: 'first page, all included',
              value: bytes / 1000,
              unit: 'kB',
              floor: null,
              ratio: null,
              limit: '≤ 120 kB',
              ok: bytes <= 120_000,
            },
          ];
    return [
      seconds('demo to its first page', first.seconds, 60),
      seconds('second start', second.seconds, 3),
      ...weight,
      ...cached,
    ];
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
