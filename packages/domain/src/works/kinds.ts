import { type Milli, milliOf } from '../contributions/public.ts';

/** Words by language. */
export type Named = Readonly<Record<string, string>>;

/** What is counted of a kind of work. */
export type Measure = {
  key: string;
  names: Named;
  /** Short, as it stands after a figure. */
  units: Named;
  /** Whether figures of several works add up: lengths do, widths do not. */
  adds: boolean;
  /** Counted things have no fractions. */
  whole: boolean;
  /** More than this of one work is a slip of the hand. A decimal. */
  most: string;
};

export type WorkKind = { key: string; names: Named; measures: Measure[]; retired: boolean };

/** Most measures one kind has: a form on a phone stays short. */
export const MOST_MEASURES = 4;

/**
 * Reads what somebody wrote of a measure, in thousandths.
 * @returns null for what is negative, absurdly large, or a fraction of what is counted whole
 */
export function quantityOf(measure: Pick<Measure, 'whole' | 'most'>, text: string): Milli | null {
  const milli = milliOf(text);
  const most = milliOf(measure.most) ?? 0n;
  if (milli === null || milli < 0n || milli > most) return null;
  return measure.whole && milli % 1000n !== 0n ? null : milli;
}

/** How much of what was planned is done, in whole percent rounded down; null where nothing was planned. May be above 100. */
export function percentDone(planned: string | null, done: string): number | null {
  const of = planned === null ? null : milliOf(planned);
  const part = milliOf(done);
  return of === null || of <= 0n || part === null ? null : Number((part * 100n) / of);
}
