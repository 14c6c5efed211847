import { compare, parseExact } from './exact.ts';

/**
 * Points, sums and measured values travel as decimal text ("92.5"), never as binary floats; `numeric` in SQL and JSON both
 * keep them. These are for readers that only sort or draw.
 */
export type Decimal = string;

/** Negative, zero or positive. Text that is no decimal sorts before every number. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const [left, right] = [parseExact(a), parseExact(b)];
  if (!left || !right) return (left ? 1 : 0) - (right ? 1 : 0);
  return compare(left, right);
}

/** For drawing a bar or a line only: a binary float near the decimal. NaN when the text is no decimal. */
export function decimalToNumber(value: Decimal): number {
  return parseExact(value) ? Number(value) : Number.NaN;
}
