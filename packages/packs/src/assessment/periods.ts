import type { PeriodKind } from '../schema/public.ts';

const MONTHS: Record<PeriodKind, number> = { month: 1, quarter: 3, 'half-year': 6, year: 12, term: 60 };

/** Months in a period; a term counts as five years unless the pack says how many periods it expects. */
export function monthsIn(kind: PeriodKind): number {
  return MONTHS[kind];
}

/** How many periods of one kind make one of the other. */
export function periodsIn(from: PeriodKind, to: PeriodKind): number {
  return Math.max(1, Math.round(MONTHS[to] / MONTHS[from]));
}
