import type { Locator, Page } from 'playwright-core';

/** What a person at a desk does: presses of the mouse, of single keys, and fields filled by typing. */
export interface Clicks {
  counted: { clicks: number; keys: number; fields: number };
  click: (target: Locator) => Promise<void>;
  /** Chooses in a list: a click on it, and one on the choice. */
  choose: (target: Locator, label: string) => Promise<void>;
  key: (name: string) => Promise<void>;
  /** Types into what has the focus. */
  type: (text: string) => Promise<void>;
  /** Clicks into a field and types. */
  fill: (target: Locator, text: string) => Promise<void>;
  /** Seconds of an unhurried person: three to find and press something, a quarter for a key under the hand, ten for a field. */
  seconds: () => number;
}

/** Counts the work of one person on one page from here on. */
export function clicksOn(page: Page): Clicks {
  const counted = { clicks: 0, keys: 0, fields: 0 };
  const click = async (target: Locator) => {
    counted.clicks += 1;
    await target.click();
  };
  return {
    counted,
    click,
    choose: async (target, label) => {
      counted.clicks += 2;
      await target.selectOption({ label });
    },
    key: async (name) => {
      counted.keys += 1;
      await page.keyboard.press(name);
    },
    type: async (text) => {
      counted.fields += 1;
      await page.keyboard.type(text);
    },
    fill: async (target, text) => {
      counted.fields += 1;
      await target.fill(text);
    },
    seconds: () => counted.clicks * 3 + counted.keys * 0.25 + counted.fields * 10,
  };
}
