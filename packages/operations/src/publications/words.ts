import type { ContributionKind } from '@dinh/domain/contributions';
import { localeOf, type Translator } from '@dinh/texts/catalog';

/** Names as people wrote them, kept apart from a sentence that runs the other way. */
export const nameIn = (t: Translator, name: string): string =>
  t.direction === 'rtl' && name !== '' ? `\u2068${name}\u2069` : name;

/** The address of another page, which goes on in the reader's language whatever their browser prefers. */
export const inLanguage = (t: Translator, address: string): string => `${address}?lang=${t.language}`;

/** Words joined as one line. */
export const line = (...parts: (string | null | undefined)[]): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(' · ');

/** Money with its currency; `amount` is an exact decimal in the smallest unit, of which most currencies have a hundred. */
export function moneyText(t: Translator, currency: string, amount: string): string {
  const format = new Intl.NumberFormat(localeOf[t.language], {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  });
  const { maximumFractionDigits = 0 } = format.resolvedOptions();
  return format.format(Number(amount) / 10 ** maximumFractionDigits);
}

type Thing = { kind: ContributionKind; name: string; unit: string };

/** What a thing is called: a kind's own word, or the name it was given. */
export const thingName = (t: Translator, { kind, name }: Thing): string =>
  name === '' ? t(`contributions.kind.${kind}`) : nameIn(t, name);

/** A quantity as people write it, with its unit. */
export function quantityText(t: Translator, thing: Thing, quantity: string): string {
  if (thing.kind === 'money') return moneyText(t, thing.unit, quantity);
  if (thing.kind === 'land') return `${t.format.number(Number(quantity))}\u00a0m²`;
  if (thing.kind === 'labour') return t('contributions.days', { count: Number(quantity) });
  return `${t.format.number(Number(quantity), 3)}\u00a0${nameIn(t, thing.unit)}`;
}

/** Words by language of something that is data: the reader's, else Vietnamese, else any. */
export const said = (t: Translator, names: Readonly<Record<string, string>>): string =>
  names[t.language] ?? names.vi ?? Object.values(names)[0] ?? '';
