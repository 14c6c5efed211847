import { type MetShare, shareOf } from '@dinh/domain/programmes';
import type { Translator } from '@dinh/texts/catalog';
import type { OverviewView } from './view.ts';

export const percent = (t: Translator, { met, of }: { met: number; of: number }): string =>
  t.format.percent(shareOf({ met, of }), 0);

/** The colour of a share; the figure stands beside it. */
export function heatLevel(share: MetShare | null): 0 | 1 | 2 | 3 | 4 | 5 {
  if (share === null) return 0;
  const value = shareOf(share);
  if (value < 0.65) return 1;
  if (value < 0.75) return 2;
  if (value < 0.85) return 3;
  return value < 0.92 ? 4 : 5;
}

/** "21 of 36 units meet it (confirmed by the level above)". */
export const shareWords = (t: Translator, share: MetShare): string =>
  t('overview.share-words', { met: share.met, of: share.of, side: share.side });

export const levelWords = (t: Translator, { levels }: Pick<OverviewView, 'levels'>): string => {
  const most = levels.levels.reduce((best, each) => (each.count > best.count ? each : best), { label: '', count: 0 });
  return levels.of === 0
    ? t('overview.levels-none')
    : t('overview.levels-words', { of: levels.of, level: most.label, count: most.count, side: levels.side });
};

/** A period on an axis of twelve: "10/26" for a month. */
export function periodTick(t: Translator, period: string): string {
  const month = /^\d\d(\d\d)-(\d\d)$/.exec(period);
  if (!month) return t.format.periodShort(period);
  const digits = (text: string | undefined) =>
    Number(text).toLocaleString(t.locale, { minimumIntegerDigits: 2, useGrouping: false });
  return `${t.format.number(Number(month[2]))}/${digits(month[1])}`;
}

/** How the share moved over the periods: first, last, lowest. */
export function trendWords(t: Translator, trend: OverviewView['trend']): string {
  const known = trend.flatMap(({ period, met }) => (met ? [{ period, value: shareOf(met) }] : []));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return t('overview.trend-none');
  const { percent: shown, period } = t.format;
  if (known.length === 1) return t('overview.trend-one', { period: period(last.period), value: shown(last.value, 0) });
  const low = known.reduce((least, each) => (each.value < least.value ? each : least));
  const change = Math.round(last.value * 100) - Math.round(first.value * 100);
  return t('overview.trend-words', {
    way: change > 0 ? 'up' : change < 0 ? 'down' : 'same',
    from: shown(first.value, 0),
    fromPeriod: period(first.period),
    to: shown(last.value, 0),
    toPeriod: period(last.period),
    low: shown(low.value, 0),
    lowPeriod: period(low.period),
  });
}
