import type { Locator } from 'playwright-core';

/** Counts what a thumb does: a tap, a choice out of a list (two: open it, take one), and what has to be typed. */
export function thumb() {
  const counted = { taps: 0, typed: 0 };
  return {
    counted,
    tap: async (target: Locator) => {
      counted.taps += 1;
      await target.click();
    },
    choose: async (target: Locator, label: string) => {
      counted.taps += 2;
      await target.selectOption({ label });
    },
    /** One tap opens the phone's own picker, which is not counted. */
    pick: async (target: Locator, file: { name: string; mimeType: string; buffer: Buffer }) => {
      counted.taps += 1;
      await target.setInputFiles(file);
    },
    type: async (target: Locator, text: string) => {
      counted.typed += 1;
      await target.fill(text);
      await target.blur();
    },
  };
}
