import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Axe = { run: (root: Document) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };

/** What a person who cannot see, hear or point would stumble over, by every rule of axe. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as { axe: Axe };
    const { violations } = await loaded.run(document);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

/** Pixels by which the page is wider than the screen. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
