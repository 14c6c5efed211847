import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

type Found = { violations: { id: string; nodes: { html: string }[] }[] };
type Axe = { run: (root: Document, options: RunOptions) => Promise<Found> };
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Every rule; only what is wrong is told of, which takes half the time. */
const options: RunOptions = { resultTypes: ['violations'], preload: false, iframes: false };

/** What a person who cannot see, hear or point would stumble over, by every rule of axe. */
export async function faults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  return page.evaluate(async (given) => {
    const { axe: loaded } = globalThis as unknown as { axe: Axe };
    const { violations } = await loaded.run(document, given);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, options);
}

/** Pixels by which the page is wider than the screen. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
