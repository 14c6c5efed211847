import { expect, test } from 'vitest';
import { dayAfterMonths, standingAfter } from './public.ts';

test('a day some months later stays in its month', () => {
  expect(dayAfterMonths('2024-01-31', 1)).toBe('2024-02-29');
  expect(dayAfterMonths('2023-01-31', 1)).toBe('2023-02-28');
  expect(dayAfterMonths('2023-12-15', 14)).toBe('2025-02-15');
});

test('a recheck that is due goes before a risk, and an unknown day is never due', () => {
  expect(standingAfter({ kind: 'recognised', nextDay: null }, 0, '2199-01-01')).toBe('monitoring');
  expect(standingAfter({ kind: 'recognised', nextDay: null }, 2, '2024-01-01')).toBe('at-risk');
  expect(standingAfter({ kind: 'maintained', nextDay: '2024-01-01' }, 2, '2024-01-01')).toBe('recheck-due');
  expect(standingAfter({ kind: 'remediation', nextDay: '2024-01-01' }, 2, '2025-01-01')).toBe('remediation');
});
