/** A figure a task is measured by. Exact decimals as text, never binary numbers. */
export type Measure = {
  name: string;
  unit: string;
  /** Where it stood at the beginning; null when it begins from nothing. */
  baseline: string | null;
  target: string;
  /** Reports add to it; otherwise each one says where it stands. */
  cumulative: boolean;
};

const SCALE = 6;
export const decimalPattern = /^-?\d{1,12}(\.\d{1,6})?$/;

function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + fraction.slice(0, SCALE).padEnd(SCALE, '0'));
  return text.startsWith('-') ? -size : size;
}

/** How two decimals stand: below zero when a is less than b. */
export function compareDecimals(a: string, b: string): number {
  const difference = scaled(a) - scaled(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * How much of the way from baseline to target is done, in per cent with at most one decimal ("129", "64.3"). More than 100 is allowed,
 * less than 0 is when things got worse. Null while nothing is known or when there is no way to go.
 */
export function percentDone(measure: {
  baseline: string | null;
  target: string;
  reached: string | null;
}): string | null {
  if (measure.reached === null) return null;
  const from = scaled(measure.baseline ?? '0');
  const way = scaled(measure.target) - from;
  if (way === 0n) return null;
  const gone = (scaled(measure.reached) - from) * (way < 0n ? -1n : 1n);
  const size = way < 0n ? -way : way;
  // Half away from zero, to one decimal.
  const tenths = ((gone < 0n ? -gone : gone) * 2000n + size) / (2n * size);
  const text = tenths % 10n === 0n ? `${tenths / 10n}` : `${tenths / 10n}.${tenths % 10n}`;
  return gone < 0n && tenths > 0n ? `-${text}` : text;
}
