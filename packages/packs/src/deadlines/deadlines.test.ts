import { expect, test } from 'vitest';
import { dueDate } from './public.ts';

const hanoi = { weekend: [0, 6], holidays: ['2026-09-02'] };
const cairo = { weekend: [5, 6], holidays: [] };

test.each([
  [5, 'calendar-days', '2026-08-31', hanoi, '2026-09-05'],
  [5, 'working-days', '2026-08-31', hanoi, '2026-09-08'],
  [5, 'working-days', '2026-08-31', cairo, '2026-09-07'],
  [1, 'months', '2026-01-31', hanoi, '2026-02-28'],
  [24, 'months', '2024-02-29', hanoi, '2026-02-28'],
  [3, 'working-days', 'soon', hanoi, null],
  [1, 'working-days', '2026-08-31', { weekend: [0, 1, 2, 3, 4, 5, 6], holidays: [] }, null],
] as const)('%i %s after %s', (count, unit, from, calendar, due) => {
  expect(dueDate({ count, unit, after: 'period-end' }, from, calendar)).toBe(due);
});
