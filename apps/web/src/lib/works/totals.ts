import type { Translator } from '@dinh/texts/catalog';
import { moneyOf } from '#lib/contributions/words.ts';
import { amountOf } from './words.ts';

/** How an item of the totals is counted, in the reader's words. */
export type Counted =
  | { as: 'quantity'; unit: string }
  | { as: 'money'; currency: string }
  | { as: 'land' | 'labour' | 'times' | 'works' | 'households' };

/** Amounts of one item; decimals are exact. */
export type Amounts = { n: number; value: string; of: string; uses: number; used: string };

/** The figure that stands for an item: how much where it adds up, how many where it does not. */
export const figureOf = (counted: Counted, { n, value }: Pick<Amounts, 'n' | 'value'>): number =>
  counted.as === 'times' || counted.as === 'works' || counted.as === 'households' ? n : Number(value);

/** A figure as people write it. */
export function shown(t: Translator, counted: Counted, figure: number): string {
  switch (counted.as) {
    case 'quantity':
      return amountOf(t, String(figure), counted.unit);
    case 'money':
      return moneyOf(t.locale, counted.currency, figure);
    case 'land':
      return amountOf(t, String(figure), t('works.unit-land'));
    case 'labour':
      return t('contributions.days', { count: figure });
    case 'times':
      return t('works.times', { count: figure });
    case 'works':
      return t('works.count-works', { count: figure });
    default:
      return t('works.count-households', { count: figure });
  }
}
