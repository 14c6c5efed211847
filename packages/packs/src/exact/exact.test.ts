import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, compare, compareDecimals, divide, Exact, formatExact, parseExact, round, sum, ZERO } from './public.ts';

const hundredths = fc.integer({ min: -1_000_000, max: 1_000_000 });
const asText = (value: number): string => (value / 100).toFixed(2);

test('a tenth and two tenths are three tenths', () => {
  const total = [0.1, 0.2].map((value) => parseExact(value) ?? ZERO);
  expect(formatExact(sum(total))).toBe('0.3');
  expect(formatExact(sum(['33.3', '33.3', '33.4'].map((value) => parseExact(value) ?? ZERO)))).toBe('100');
});

test('any sum of hundredths equals the integer sum, in any order', () => {
  fc.assert(
    fc.property(fc.array(hundredths, { maxLength: 40 }), (values) => {
      const exact = values.map((value) => parseExact(asText(value)) ?? ZERO);
      const expected = values.reduce((a, b) => a + b, 0);
      expect(compare(sum(exact), new Exact(BigInt(expected), 100n))).toBe(0);
      expect(formatExact(sum(exact.toReversed()))).toBe(formatExact(sum(exact)));
    }),
  );
});

test('text and back is the same number; order of text is order of numbers', () => {
  fc.assert(
    fc.property(hundredths, hundredths, (a, b) => {
      const exact = parseExact(asText(a)) ?? ZERO;
      expect(compare(parseExact(formatExact(exact)) ?? ZERO, exact)).toBe(0);
      expect(Math.sign(compareDecimals(asText(a), asText(b)))).toBe(Math.sign(a - b));
    }),
  );
});

test('rounding goes by hand: one half away from zero', () => {
  const rounded = (text: string, mode: 'half-up' | 'down' | 'up') =>
    formatExact(round(parseExact(text) ?? ZERO, { places: 1, mode }));
  expect(['84.85', '84.84', '-84.85'].map((text) => rounded(text, 'half-up'))).toEqual(['84.9', '84.8', '-84.9']);
  expect(['84.89', '-84.89'].map((text) => rounded(text, 'down'))).toEqual(['84.8', '-84.8']);
  expect(['84.81', '-84.81', '84.8'].map((text) => rounded(text, 'up'))).toEqual(['84.9', '-84.9', '84.8']);
});

test('division by zero is null and nothing that is not a decimal is read', () => {
  expect(divide(add(ZERO, new Exact(1n)), ZERO)).toBeNull();
  for (const text of ['', 'x', '1,5', '0x10', 'Infinity', 'NaN', '1'.repeat(41), '1e400'])
    expect(parseExact(text)).toBeNull();
  expect(parseExact(Number.NaN)).toBeNull();
  expect(formatExact(parseExact(1e-5) ?? ZERO)).toBe('0.00001');
});
