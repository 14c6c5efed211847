import { expect, test } from 'vitest';
import { deviceSchema, isQuiet, mailAddressSchema, pauseAfter, reachClasses, sendAt, usualQuiet } from './public.ts';

test.each([
  ['21:29', false],
  ['21:30', true],
  ['00:00', true],
  ['06:29', true],
  ['06:30', false],
  ['12:00', false],
])('at %s the usual hours are quiet: %s', (time, quiet) => {
  expect(isQuiet(time, usualQuiet)).toBe(quiet);
});

test('quiet hours within a day, and none at all', () => {
  expect(isQuiet('13:00', { from: '12:00', until: '14:00' })).toBe(true);
  expect(isQuiet('14:00', { from: '12:00', until: '14:00' })).toBe(false);
  expect(isQuiet('03:00', { from: '08:00', until: '08:00' })).toBe(false);
});

// 15:00 UTC is 22:00 by the installation's clock, 20:00 UTC is 03:00 of the next day.
test.each([
  ['meeting-called', '2026-11-20T15:00:00Z', '2026-11-20T23:30:00.000Z'],
  ['task-soon', '2026-11-20T20:00:00Z', '2026-11-20T23:30:00.000Z'],
  ['task-soon', '2026-11-20T23:29:59Z', '2026-11-20T23:30:00.000Z'],
  ['meeting-called', '2026-11-20T03:00:00Z', '2026-11-20T03:00:00.000Z'],
  ['meeting-hours', '2026-11-20T20:00:00Z', '2026-11-20T20:00:00.000Z'],
  ['mail-confirm', '2026-11-20T20:00:00Z', '2026-11-20T20:00:00.000Z'],
] as const)('%s of %s is sent at %s', (kind, at, sent) => {
  expect(sendAt(kind, new Date(at), usualQuiet).toISOString()).toBe(sent);
});

test('pauses grow, and come to an end', () => {
  const pauses = [1, 2, 3, 4, 5, 6].map(pauseAfter);
  expect(pauses.at(-1)).toBeNull();
  const told = pauses.slice(0, -1).map(Number);
  expect(told.every((pause, nth) => nth === 0 || pause > (told[nth - 1] ?? 0))).toBe(true);
});

test('the register: ways to reach a person are their own', () => {
  expect(new Set(Object.values(reachClasses))).toEqual(new Set(['personal']));
});

test.each([
  'a@example.org\r\nBcc: b@example.org',
  'a@example.org, b@example.org',
  'Somebody <a@example.org>',
  'a',
  '',
  `${'a'.repeat(300)}@example.org`,
])('%j is no address', (typed) => {
  expect(mailAddressSchema.safeParse(typed).success).toBe(false);
});

test('a device has an address over TLS and keys of their length', () => {
  const device = { endpoint: 'https://push.example.org/x', p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) };
  expect(deviceSchema.safeParse(device).success).toBe(true);
  for (const wrong of [
    { endpoint: 'http://push.example.org/x' },
    { endpoint: 'https://user:word@push.example.org/x' },
    { endpoint: 'file:///etc/passwd' },
    { endpoint: '' },
    { p256dh: 'B' },
    { auth: `${'a'.repeat(21)}!` },
  ]) {
    expect(deviceSchema.safeParse({ ...device, ...wrong }).success).toBe(false);
  }
});
