import type { ContributionKind } from '@dinh/domain/contributions';
import type { Translator } from '@dinh/texts/catalog';

/** Where a drive stands on a day. */
export const standOn = (drive: { from: string; to: string }, day: string) =>
  day < drive.from ? ('ahead' as const) : day > drive.to ? ('over' as const) : ('running' as const);
export const standTones = { ahead: 'calm', running: 'met', over: 'calm' } as const;

type Thing = { kind: ContributionKind; name: string; unit: string };

/** What a thing is called: a kind's own word, or the name it was given. */
export const thingName = (t: Translator, { kind, name }: Thing): string => name || t(`contributions.kind.${kind}`);

/** Money with its currency; `amount` is in the smallest unit, of which most currencies have a hundred. */
export function moneyOf(locale: string, currency: string, amount: number): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  const { maximumFractionDigits = 0 } = format.resolvedOptions();
  return format.format(amount / 10 ** maximumFractionDigits);
}

/** A quantity as people write it, with its unit. */
export function quantityText(t: Translator, locale: string, thing: Thing, quantity: string): string {
  const amount = Number(quantity);
  if (thing.kind === 'money') return moneyOf(locale, thing.unit, amount);
  if (thing.kind === 'land') return `${t.format.number(amount)}\u00a0m²`;
  if (thing.kind === 'labour') return t('contributions.days', { count: amount });
  return `${t.format.number(amount, 3)}\u00a0${thing.unit}`;
}
