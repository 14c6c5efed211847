import type { Day } from './dates.ts';
import { addDays } from './dates.ts';

/** `2026-11` a month, `2026-Q4` a quarter, `2026` a year. Periods of one kind compare as text. */
export type Period = string;
export type PeriodKind = 'month' | 'quarter' | 'year';

const patterns: Record<PeriodKind, RegExp> = {
  month: /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/,
  quarter: /^(19|20|21)\d{2}-Q[1-4]$/,
  year: /^(19|20|21)\d{2}$/,
};

/** Kind of a period, or null when the text is none. */
export function periodKind(text: string): PeriodKind | null {
  for (const kind of ['month', 'quarter', 'year'] as const) if (patterns[kind].test(text)) return kind;
  return null;
}

const pad = (n: number) => String(n).padStart(2, '0');

function firstMonth(period: Period): { year: number; month: number; length: number } {
  const year = Number(period.slice(0, 4));
  switch (periodKind(period)) {
    case 'month':
      return { year, month: Number(period.slice(5, 7)), length: 1 };
    case 'quarter':
      return { year, month: (Number(period.slice(6)) - 1) * 3 + 1, length: 3 };
    case 'year':
      return { year, month: 1, length: 12 };
    default:
      throw new RangeError(`not a period: ${period}`);
  }
}

function monthAt(year: number, month: number): { year: number; month: number } {
  const zeroBased = year * 12 + (month - 1);
  return { year: Math.floor(zeroBased / 12), month: (((zeroBased % 12) + 12) % 12) + 1 };
}

/** First day of the period. */
export function periodStart(period: Period): Day {
  const { year, month } = firstMonth(period);
  return `${year}-${pad(month)}-01`;
}

/** Last day of the period, inclusive. The tree of this day decides to whom the period's figures belong. */
export function periodEnd(period: Period): Day {
  const { year, month, length } = firstMonth(period);
  const after = monthAt(year, month + length);
  return addDays(`${after.year}-${pad(after.month)}-01`, -1);
}

function fromMonth(kind: PeriodKind, year: number, month: number): Period {
  if (kind === 'year') return String(year);
  return kind === 'month' ? `${year}-${pad(month)}` : `${year}-Q${Math.ceil(month / 3)}`;
}

/** The period `steps` later (earlier when negative) of the same kind. */
export function shiftPeriod(period: Period, steps: number): Period {
  const { year, month, length } = firstMonth(period);
  const moved = monthAt(year, month + steps * length);
  return fromMonth(periodKind(period)!, moved.year, moved.month);
}

/** The period of a kind in which a day lies. */
export function periodOf(kind: PeriodKind, day: Day): Period {
  return fromMonth(kind, Number(day.slice(0, 4)), Number(day.slice(5, 7)));
}

/** The periods of `kind` that make up a longer period, in order. */
export function periodsWithin(whole: Period, kind: PeriodKind): Period[] {
  const end = periodEnd(whole);
  const found: Period[] = [];
  for (let part = periodOf(kind, periodStart(whole)); periodEnd(part) <= end; part = shiftPeriod(part, 1))
    found.push(part);
  return found;
}
