import { expect, test } from 'vitest';
import { standingOn, worstOf } from './public.ts';

test('a broken asset is broken whatever its next check, an unchecked one says nothing any more', () => {
  const asset = { state: 'working' as const, nextCheck: '2024-06-30', retiredOn: null };
  expect(standingOn(asset, '2024-06-30')).toBe('working');
  expect(standingOn(asset, '2024-07-01')).toBe('overdue');
  expect(standingOn({ ...asset, state: 'broken' }, '2024-07-01')).toBe('broken');
  expect(standingOn({ ...asset, retiredOn: '2024-07-01' }, '2024-07-01')).toBe('retired');
});

test('the worst of a kind decides, and none at all decides nothing', () => {
  expect(worstOf({ working: 9, broken: 1, unchecked: 1 })).toBe('broken');
  expect(worstOf({ working: 9, broken: 0, unchecked: 1 })).toBe('unchecked');
  expect(worstOf({ working: 1, broken: 0, unchecked: 0 })).toBe('working');
  expect(worstOf({ working: 0, broken: 0, unchecked: 0 })).toBeNull();
});
