import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Services } from '@dinh/operations/kernel';
import { createSignIn, type SignIn } from '@dinh/operations/people';
import type { Database } from '@dinh/store/connection';
import { webHandler } from '@dinh/web/server';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { buildIsFresh, buildWeb } from '../../apps/cli/src/serving/build.ts';
import { signedIn } from './signed-in.ts';
import type { Person } from './village.ts';

export const phone: BrowserContextOptions = { viewport: { width: 360, height: 640 }, locale: 'vi-VN' };
export const desk: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'vi-VN' };

export interface Stage {
  services: Services;
  base: string;
  /** A browser of this person's own, signed in; of a stranger for null. */
  open: (person: Person | null, options?: BrowserContextOptions) => Promise<Page>;
  close: () => Promise<void>;
}

/** The built pages on a database, and a browser in front of them. */
export async function setStage(database: Database): Promise<Stage> {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'dinh-e2e-'));
  const services: Services = { database, filesDirectory: path.join(dataDirectory, 'files') };
  const closing = new AbortController();
  if (!(await buildIsFresh())) await buildWeb(closing.signal);
  const signIn: SignIn = await createSignIn(services, { dataDirectory });
  const api = async () => new Response(null, { status: 404 });
  const handler = await webHandler({ services: { services, signIn, api, closing: closing.signal } });
  const server = createServer((request, response) => handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const base = typeof address === 'object' && address ? `http://localhost:${address.port}` : '';
  const browser: Browser = await chromium.launch({
    executablePath: process.env.DINH_TEST_BROWSER ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer'],
  });
  return {
    services,
    base,
    open: async (person, options = phone) => {
      const context = await browser.newContext(options);
      const cookies = person ? await signedIn(signIn, person) : [];
      await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: base })));
      return context.newPage();
    },
    close: async () => {
      closing.abort();
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
