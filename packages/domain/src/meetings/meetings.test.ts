import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf } from '../kernel/public.ts';
import {
  attendanceShare,
  countRoll,
  fixedDayIn,
  instantAt,
  isQuorate,
  mayBecome,
  monthsOfYear,
  postsCalled,
  quorumNeeded,
  timeOf,
} from './public.ts';

test('a fixed day stays in its month', () => {
  expect(fixedDayIn('2026-02', { monthDay: 31 })).toBe('2026-02-28');
  expect(fixedDayIn('2026-11', { monthDay: 3 })).toBe('2026-11-03');
  expect(fixedDayIn('2026-11', { weekday: 6, nth: 1 })).toBe('2026-11-07');
  expect(fixedDayIn('2026-11', { weekday: 7, nth: 1 })).toBe('2026-11-01');
  expect(fixedDayIn('2026-11', { weekday: 6, nth: 5 })).toBe('2026-11-28');
  expect(fixedDayIn('2026-10', { weekday: 6, nth: 5 })).toBe('2026-10-31');
});

test('a year has twelve months and four thematic meetings', () => {
  const months = monthsOfYear(2026, 2);
  expect(months.filter(({ thematic }) => thematic).map(({ month }) => month)).toEqual([
    '2026-02',
    '2026-05',
    '2026-08',
    '2026-11',
  ]);
});

test('a wall clock and an instant lead to each other, in any zone', () => {
  expect(instantAt('2026-11-21', '19:30').toISOString()).toBe('2026-11-21T12:30:00.000Z');
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100 * 365 * 24 * 60 }),
      fc.constantFrom('Asia/Ho_Chi_Minh', 'UTC', 'Africa/Cairo', 'America/New_York'),
      (minute, zone) => {
        const instant = new Date(minute * 60_000);
        const again = instantAt(dayOf(instant, zone), timeOf(instant, zone), zone);
        // In the hour that clocks show twice a year two instants have one wall clock.
        expect(timeOf(again, zone)).toBe(timeOf(instant, zone));
      },
    ),
    { numRuns: 300 },
  );
});

test('a roll counts those who had to come', () => {
  const line = (state: Parameters<typeof countRoll>[0][number]['state'], votes = true, left = false) => ({
    state,
    votes,
    left,
  });
  const roll = countRoll([
    ...Array.from({ length: 19 }, () => line('present')),
    line('present', false),
    line('excused'),
    line('exempt'),
  ]);
  expect(roll).toMatchObject({ members: 22, present: 20, exempt: 1, voters: 20, votersPresent: 19 });
  expect(attendanceShare(roll)).toBeCloseTo(20 / 21);
  expect(attendanceShare({ members: 1, exempt: 1, present: 0 })).toBeNull();
});

test('half is not more than half, and two thirds of nine are six', () => {
  const half = { parts: 1, of: 2, strict: true };
  expect(quorumNeeded(half, 20)).toBe(11);
  expect(isQuorate(half, { voters: 20, votersPresent: 10 })).toBe(false);
  expect(isQuorate(half, { voters: 21, votersPresent: 11 })).toBe(true);
  expect(quorumNeeded({ parts: 2, of: 3, strict: false }, 9)).toBe(6);
  expect(isQuorate({ parts: 1, of: 2, strict: false }, { voters: 0, votersPresent: 0 })).toBe(false);
});

test('a committee is called by its posts; a signed meeting stays', () => {
  expect(postsCalled('committee')).not.toContain('member-official');
  expect(postsCalled('regular')).toContain('member-probationary');
  expect(postsCalled('regular')).not.toContain('officer');
  expect(mayBecome('closed', 'open')).toBe(true);
  for (const to of ['planned', 'open', 'closed', 'cancelled'] as const) expect(mayBecome('signed', to)).toBe(false);
});
