import { periodEnd } from '@dinh/domain/kernel';
import { tallyItemOf, type WorkKind } from '@dinh/domain/works';
import { readUnitPlace } from '@dinh/store/units';
import { readWorkKinds } from '@dinh/store/works';
import { loadCatalog, type Translator, translator } from '@dinh/texts/catalog';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { safeText, unitIdSchema } from '../programmes/public.ts';
import { onlookers } from './access.ts';
import { readTallied, type Tallied, totalsPeriodSchema } from './totals.ts';

const decimal = /^-?\d+(\.\d+)?$/;
const fieldOf = (cell: string | number): string => {
  const text = decimal.test(String(cell)) ? String(cell) : safeText(String(cell));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** What a row is called and counted in, in words. */
function namedRow(t: Translator, kinds: readonly WorkKind[], { item }: Tallied): [string, string, string] {
  const found = tallyItemOf(item);
  const kind = found && 'kind' in found ? kinds.find(({ key }) => key === found.kind) : undefined;
  const called = kind?.names[t.language] ?? '';
  switch (found?.what) {
    case 'works':
      return [called, t.say(`works.state.${found.state}`), t('works.unit-works')];
    case 'done': {
      const measure = kind?.measures.find(({ key }) => key === found.measure);
      return [called, measure?.names[t.language] ?? '', measure?.units[t.language] ?? ''];
    }
    case 'cost':
      return [t('works.money'), t.say(`works.source.${found.source}`), found.currency];
    case 'given':
      return [
        t('works.given'),
        t.say(`contributions.kind.${found.kind}`),
        found.currency || t.say(`works.unit-${found.kind}`, {}, ''),
      ];
    default:
      return [t('works.givers'), t.say(`works.givers.${found?.kind ?? 'all'}`), ''];
  }
}

const adds = (kinds: readonly WorkKind[], { item }: Tallied): boolean => {
  const found = tallyItemOf(item);
  if (found?.what !== 'done') return true;
  return kinds.find(({ key }) => key === found.kind)?.measures.find(({ key }) => key === found.measure)?.adds ?? false;
};

/** The totals of a year or a month as CSV, with a mark in front that tells spreadsheet programs that it is UTF-8. */
export const totalsTable = operation({
  name: 'works.totals-table',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    period: totalsPeriodSchema,
    language: z.enum(['vi', 'en', 'ar']).default('vi'),
  }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run({ tx, today }, { unitId, period, language }) {
    const t = translator(await loadCatalog(language), language);
    const kinds = await readWorkKinds(tx);
    const end = periodEnd(period);
    const unit = (await readUnitPlace(tx, unitId, end < today ? end : today))?.name ?? '';
    const head = ['unit', 'period', 'kind', 'what', 'counted-in', 'number', 'value', 'of', 'vouchers', 'used'] as const;
    const rows = (await readTallied(tx, unitId, period))
      .filter((row) => adds(kinds, row))
      .map((row) => [unit, period, ...namedRow(t, kinds, row), row.n, row.value, row.of, row.uses, row.used]);
    const lines = [head.map((name) => t(`works.column.${name}`)), ...rows].map((row) => row.map(fieldOf).join(','));
    return { name: `dinh-works-${period}-${unitId}.csv`, rows: rows.length, csv: `\ufeff${lines.join('\r\n')}\r\n` };
  },
});
