import { expect, test } from 'vitest';
import { byYear, stretchesOf } from './free-days.ts';

const free = (day: string, name: string) => ({ day, name });

test('days one after the other under one name are one stretch', () => {
  const days = [free('2026-02-16', 'A'), free('2026-02-17', 'A'), free('2026-02-18', 'B'), free('2026-02-20', 'B')];
  expect(stretchesOf(days)).toEqual([
    { from: '2026-02-16', to: '2026-02-17', name: 'A' },
    { from: '2026-02-18', to: '2026-02-18', name: 'B' },
    { from: '2026-02-20', to: '2026-02-20', name: 'B' },
  ]);
});

test('this year and the next are always there, others where they have days', () => {
  const stretches = stretchesOf([free('2024-05-01', 'A'), free('2026-12-31', 'B'), free('2027-01-01', 'B')]);
  const years = byYear(stretches, '2026-11-22');
  expect(years.map(({ year, shown, stretches }) => [year, shown, stretches.length])).toEqual([
    [2024, false, 1],
    [2026, true, 1],
    [2027, true, 0],
  ]);
});
