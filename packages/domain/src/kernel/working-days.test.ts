import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, addWorkingDays, ordinaryCalendar } from './public.ts';

const cairo = { weekend: [5, 6], holidays: [] };
const wed = { weekend: [0, 6], holidays: ['2026-09-02', '2026-09-03'] };

test.each([
  ['a Friday', '2026-11-20', 1, ordinaryCalendar, '2026-11-23'],
  ['a Saturday', '2026-11-21', 1, ordinaryCalendar, '2026-11-23'],
  ['a whole week', '2026-11-16', 5, ordinaryCalendar, '2026-11-23'],
  ['where Friday and Saturday are free', '2026-11-19', 1, cairo, '2026-11-22'],
  ['two holidays between', '2026-08-31', 5, wed, '2026-09-09'],
  ['nobody ever rests', '2026-11-20', 3, { weekend: [], holidays: [] }, '2026-11-23'],
  ['nobody ever works', '2026-11-20', 1, { weekend: [0, 1, 2, 3, 4, 5, 6], holidays: [] }, null],
] as const)('working days from %s', (_from, day, count, calendar, due) => {
  expect(addWorkingDays(day, count, calendar)).toBe(due);
});

test('of the days up to the day that is due exactly so many are worked, and it is one of them', () => {
  const days = fc.integer({ min: 0, max: 800 }).map((n) => addDays('2026-01-01', n));
  fc.assert(
    fc.property(
      days,
      fc.integer({ min: 1, max: 100 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 6 }),
      fc.array(days, { maxLength: 60 }),
      (from, count, weekend, holidays) => {
        const due = addWorkingDays(from, count, { weekend, holidays })!;
        const worked = [];
        for (let day = addDays(from, 1); day <= due; day = addDays(day, 1))
          if (!weekend.includes(new Date(day).getUTCDay()) && !holidays.includes(day)) worked.push(day);
        expect([worked.length, worked.at(-1)]).toEqual([count, due]);
      },
    ),
  );
});
