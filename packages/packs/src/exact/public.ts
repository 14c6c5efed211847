/**
 * Exact numbers. A rational with bigint parts: no binary float ever takes part in a score, so 33.3 + 33.3 + 33.4 is 100.
 */
export class Exact {
  readonly numerator: bigint;
  /** Always positive; numerator and denominator have no common divisor. */
  readonly denominator: bigint;

  constructor(numerator: bigint, denominator = 1n) {
    if (denominator === 0n) throw new RangeError('an exact number has no zero denominator');
    const sign = denominator < 0n ? -1n : 1n;
    const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator * sign);
    this.numerator = (numerator * sign) / divisor;
    this.denominator = (denominator * sign) / divisor;
  }
}

export const ZERO = new Exact(0n);
export const ONE = new Exact(1n);
export const HUNDRED = new Exact(100n);

/** Longest decimal that is read; longer input is refused, which bounds the cost of every later operation. */
const MAX_LENGTH = 40;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?$/;

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

/** Reads a decimal as people write it. A JS number means its shortest decimal text (0.1 is one tenth). Null when it is no decimal. */
export function parseExact(value: string | number | bigint): Exact | null {
  if (typeof value === 'bigint') return new Exact(value);
  // Entries come from JSON that a host may not have checked; what is neither text nor number is no decimal.
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = typeof value === 'number' ? String(value) : value.trim();
  if (text.length > MAX_LENGTH) return null;
  const match = DECIMAL.exec(text);
  if (!match) return null;
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const scale = Number(exponent) - fraction.length;
  return scale >= 0 ? new Exact(digits * 10n ** BigInt(scale)) : new Exact(digits, 10n ** BigInt(-scale));
}

export function add(a: Exact, b: Exact): Exact {
  return new Exact(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function subtract(a: Exact, b: Exact): Exact {
  return new Exact(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiply(a: Exact, b: Exact): Exact {
  return new Exact(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** Null when b is zero: a division by zero is an answer the caller must name, not a crash. */
export function divide(a: Exact, b: Exact): Exact | null {
  return b.numerator === 0n ? null : new Exact(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Negative, zero or positive, as a is less than, equal to or greater than b. */
export function compare(a: Exact, b: Exact): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function smaller(a: Exact, b: Exact): Exact {
  return compare(a, b) <= 0 ? a : b;
}

export function larger(a: Exact, b: Exact): Exact {
  return compare(a, b) >= 0 ? a : b;
}

export function sum(values: readonly Exact[]): Exact {
  return values.reduce(add, ZERO);
}

export type RoundingMode = 'half-up' | 'down' | 'up';
export interface Rounding {
  /** Digits kept after the decimal point, 0 to 6. */
  readonly places: number;
  readonly mode: RoundingMode;
}

/** Half-up means away from zero at one half, as people round by hand; down is toward zero, up away from it. */
export function round(value: Exact, rounding: Rounding): Exact {
  const scale = 10n ** BigInt(rounding.places);
  const negative = value.numerator < 0n;
  const scaled = (negative ? -value.numerator : value.numerator) * scale;
  const whole = scaled / value.denominator;
  const rest = scaled % value.denominator;
  const goesUp =
    rounding.mode === 'up' ? rest > 0n : rounding.mode === 'half-up' ? rest * 2n >= value.denominator : false;
  const magnitude = goesUp ? whole + 1n : whole;
  return new Exact(negative ? -magnitude : magnitude, scale);
}

/** Decimal text without trailing zeros ("92.5"). What has no finite decimal within 6 places is rounded half-up to 6. */
export function formatExact(value: Exact): string {
  const scaled = round(value, { places: 6, mode: 'half-up' });
  const millionths = (scaled.numerator * 1_000_000n) / scaled.denominator;
  const magnitude = millionths < 0n ? -millionths : millionths;
  const fraction = (magnitude % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  const whole = (magnitude / 1_000_000n).toString();
  return `${millionths < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
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
