import type { Decimal, Measures } from './contribution.ts';

const safe = /^-?\d{1,14}$/;

/** The exact sum of two decimals, with no zeros left behind the point. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (safe.test(a) && safe.test(b)) return String(Number(a) + Number(b));
  const scale = Math.max(a.length, b.length);
  const scaled = (text: string) => {
    const [whole = '0', part = ''] = text.replace('-', '').split('.');
    const value = BigInt(whole + part.padEnd(scale, '0'));
    return text.startsWith('-') ? -value : value;
  };
  const sum = scaled(a) + scaled(b);
  const digits = String(sum < 0n ? -sum : sum).padStart(scale + 1, '0');
  const text = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, '');
  return sum < 0n ? `-${text}` : text;
}

/** Two rows of the same item as one. */
export function addMeasures(a: Measures, b: Measures): Measures {
  return {
    declared: a.declared + b.declared,
    declaredMet: a.declaredMet + b.declaredMet,
    declaredSustained: a.declaredSustained + b.declaredSustained,
    declaredValue: addDecimals(a.declaredValue, b.declaredValue),
    declaredOf: addDecimals(a.declaredOf, b.declaredOf),
    verified: a.verified + b.verified,
    verifiedMet: a.verifiedMet + b.verifiedMet,
    verifiedSustained: a.verifiedSustained + b.verifiedSustained,
    verifiedValue: addDecimals(a.verifiedValue, b.verifiedValue),
    verifiedOf: addDecimals(a.verifiedOf, b.verifiedOf),
    differing: a.differing + b.differing,
    regressed: a.regressed + b.regressed,
  };
}
