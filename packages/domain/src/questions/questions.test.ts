import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeFrom, lastTwelveMonths, leastShown, readTypedCode, shownCode, suppressed, typedText } from './public.ts';

test('figures for everyone are of twelve whole months, so that none grows from one day to the next', () => {
  expect(lastTwelveMonths('2026-11-22')).toEqual({ from: '2025-11-01', to: '2026-10-31' });
  expect(lastTwelveMonths('2026-11-01')).toEqual({ from: '2025-11-01', to: '2026-10-31' });
  expect(lastTwelveMonths('2028-03-31')).toEqual({ from: '2027-03-01', to: '2028-02-29' });
});

test('what nobody types is refused, everything else is kept as it is', () => {
  expect(typedText('  Đường\r\nthôn  ', 100)).toBe('Đường\nthôn');
  expect(typedText('<script>alert(1)</script>', 100)).toBe('<script>alert(1)</script>');
  expect(typedText('طريق القرية 😀', 100)).toBe('طريق القرية 😀');
  for (const wrong of [
    '',
    '  \n ',
    'a\u0000b',
    'a\u202eb',
    'a\u001b[31m',
    'x'.repeat(101),
    'x'.repeat(1_000_000),
    '\ud800',
  ])
    expect(typedText(wrong, 100)).toBeNull();
});

test('codes are read as people write them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 40, maxLength: 40 }), (bytes) => {
      const code = codeFrom(bytes);
      fc.pre(code !== null);
      expect(readTypedCode(` ${shownCode(code!).toLowerCase()} `)).toBe(code);
    }),
  );
  for (const typed of ['', 'AAAA AAAA AAAA', '<script>', '2'.repeat(11), '2'.repeat(10_000)])
    expect(readTypedCode(typed)).toBeNull();
  expect(codeFrom([])).toBeNull();
});

test('no small count can be reckoned back from those that are shown', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }), (counts) => {
      const shown = suppressed(counts);
      const sum = counts.reduce((all, each) => all + each, 0);
      const hidden = counts.filter((_, at) => shown[at] === null);
      expect(shown.every((each) => each === null || each === 0 || each >= leastShown)).toBe(true);
      if (hidden.length === 0) return;
      const everything = hidden.length === counts.length;
      const hiddenSum = hidden.reduce((all, each) => all + each, 0);
      if (!everything) expect(hidden.filter((each) => each > 0).length >= 2 && hiddenSum >= leastShown).toBe(true);
      if (sum < leastShown) expect(everything).toBe(true);
    }),
    { numRuns: 2000 },
  );
  expect(suppressed([30, 2, 9])).toEqual([30, null, null]);
  expect(suppressed([30, 2, 2])).toEqual([null, null, null]);
  expect(suppressed([30, 0, 9])).toEqual([30, 0, 9]);
});
