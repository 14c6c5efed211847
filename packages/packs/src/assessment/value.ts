import { compare, divide, type Exact, HUNDRED, multiply, parseExact, ZERO } from '../exact/public.ts';
import type { Criterion, Entry } from '../schema/public.ts';
import type { Reason, ReasonCode } from './result.ts';

export type Read =
  | { readonly kind: 'value'; readonly value: Exact | boolean | string }
  | { readonly kind: 'none'; readonly reason: Reason };

function none(code: ReasonCode, params: Record<string, string> = {}): Read {
  return { kind: 'none', reason: { code, params } };
}

function readPercent(value: Entry['value']): Read {
  if (typeof value !== 'object') return none('packs.value-type');
  const [numerator, denominator] = [parseExact(value.numerator), parseExact(value.denominator)];
  if (!numerator || !denominator) return none('packs.value-type');
  if (compare(numerator, ZERO) < 0 || compare(denominator, ZERO) < 0) return none('packs.value-negative');
  const share = divide(numerator, denominator);
  return share ? { kind: 'value', value: multiply(share, HUNDRED) } : none('packs.denominator-zero');
}

function readNumber(criterion: Criterion, value: Entry['value']): Read {
  const exact = typeof value === 'number' || typeof value === 'string' ? parseExact(value) : null;
  if (!exact) return none('packs.value-type');
  if (criterion.type !== 'measure' && compare(exact, ZERO) < 0) return none('packs.value-negative');
  if (criterion.type === 'count' && exact.denominator !== 1n) return none('packs.value-not-whole');
  if (criterion.type === 'points') {
    const most = parseExact(criterion.points) ?? ZERO;
    if (compare(exact, most) > 0) return none('packs.value-above-points', { most: String(criterion.points) });
  }
  return { kind: 'value', value: exact };
}

/** Reads what was entered for a typed criterion; a percent becomes percent points. Never throws. */
export function readEntry(criterion: Criterion, entry: Entry | undefined): Read {
  const value = entry?.value;
  if (value === undefined || value === null) return none('packs.unanswered');
  switch (criterion.type) {
    case 'pass-fail':
      return typeof value === 'boolean' ? { kind: 'value', value } : none('packs.value-type');
    case 'text':
    case 'file':
      if (typeof value !== 'string') return none('packs.value-type');
      return value.trim() === '' ? none('packs.unanswered') : { kind: 'value', value };
    case 'percent':
      return readPercent(value);
    case 'computed':
      return none('packs.value-type');
    default:
      return readNumber(criterion, value);
  }
}
