import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDecimals } from './sums.ts';

test('decimals are added exactly, whatever their length', () => {
  expect(addDecimals('0.1', '0.2')).toBe('0.3');
  expect(addDecimals('99999999999999', '1')).toBe('100000000000000');
  expect(addDecimals('-1.5', '1.50')).toBe('0');
  expect(addDecimals('12345678901234567890.000000001', '-0.000000001')).toBe('12345678901234567890');
  const cents = fc.integer({ min: -10_000_000, max: 10_000_000 });
  const text = (n: number) =>
    `${n < 0 ? '-' : ''}${Math.floor(Math.abs(n) / 100)}.${String(Math.abs(n) % 100).padStart(2, '0')}`;
  fc.assert(fc.property(cents, cents, (a, b) => Math.round(Number(addDecimals(text(a), text(b))) * 100) === a + b));
});
