import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gapsOf, isOwnName, mayTurn, nextNumber, signersOf } from './public.ts';

test('minutes are read out before they are approved; what is signed goes nowhere', () => {
  expect(mayTurn('minutes', 'draft', 'approved')).toBe(false);
  expect(mayTurn('minutes', 'draft', 'read')).toBe(true);
  expect(mayTurn('minutes', 'read', 'approved')).toBe(true);
  expect(mayTurn('resolution', 'draft', 'approved')).toBe(true);
  for (const to of ['draft', 'read', 'approved', 'withdrawn'] as const) {
    expect(mayTurn('minutes', 'signed', to)).toBe(false);
  }
  expect(signersOf('minutes')).toHaveLength(2);
  expect(signersOf('resolution')).toEqual(['chair']);
});

test.each([
  ['Nguyễn Văn  A ', 'nguyễn văn a', true],
  ['Nguyen Van A', 'Nguyễn Văn A', false],
  ['', '', false],
  ['Đảng viên số 3'.normalize('NFD'), 'Đảng viên số 3', true],
])('"%s" typed by %s: %s', (typed, name, own) => {
  expect(isOwnName(typed, name)).toBe(own);
});

test('gaps are exactly what is missing between the first and the last number', () => {
  expect(gapsOf([3, 4, 7])).toEqual([{ from: 5, to: 6 }]);
  expect(gapsOf([])).toEqual([]);
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (taken) => {
      const missing = gapsOf(taken).flatMap(({ from, to }) =>
        Array.from({ length: to - from + 1 }, (_, i) => from + i),
      );
      const all = Array.from({ length: 60 }, (_, i) => i + 1).filter(
        (n) => n > Math.min(...taken) && n < Math.max(...taken) && !taken.includes(n),
      );
      expect(missing).toEqual(all);
      expect(taken).not.toContain(nextNumber(taken));
    }),
  );
});
