import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PublicPage } from './public.ts';
import { codeOf, mainMarkup, mostPlaces, mostUnitId, printedCode, readCode } from './public.ts';

const place = fc.record({ unitId: fc.nat(mostUnitId), nth: fc.nat(mostPlaces) });

test('a code is read as people write it', () => {
  fc.assert(
    fc.property(place, (each) => {
      const code = codeOf(each);
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
      expect(readCode(code)).toEqual({ code, ...each });
      expect(readCode(` ${printedCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `)).toMatchObject({
        code,
      });
      expect(readCode(code.replace(/(...)/, '$1-'))).toMatchObject({ code });
    }),
  );
  expect(() => codeOf({ unitId: mostUnitId + 1, nth: 1 })).toThrow(RangeError);
});

test('one wrong character and two exchanged ones are always told apart from another code', () => {
  fc.assert(
    fc.property(
      place,
      fc.nat(7),
      fc.nat(7),
      fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
      (each, at, other, sign) => {
        const signs = [...codeOf(each)];
        const wrong = signs.with(at, sign).join('');
        if (sign !== signs[at]) expect(readCode(wrong)).toBeNull();
        const swapped = signs
          .with(at, signs[other] ?? '')
          .with(other, signs[at] ?? '')
          .join('');
        if (signs[at] !== signs[other]) expect(readCode(swapped)).toBeNull();
      },
    ),
    { numRuns: 2000 },
  );
});

test('what cannot be a code is not one', () => {
  for (const typed of ['', 'ABC', 'ABCDEFGHJ', '<script>', 'U'.repeat(8), '0'.repeat(10_000), '../..']) {
    expect(readCode(typed)).toBeNull();
  }
});

test('markup holds every word once, escaped, and nothing of the words becomes markup', () => {
  const page: PublicPage = {
    code: codeOf({ unitId: 1, nth: 1 }),
    language: 'ar',
    title: '<script>alert(1)</script>',
    kind: 'قرية',
    asOf: '22/11/2026',
    sections: [
      {
        key: 'works',
        heading: 'a & b',
        lines: [
          { text: '"quoted"', value: "it's", detail: '<b>', href: '/p/X"', image: { digest: 'ab', alt: '<i>' } },
          { text: 'bar', strokes: { met: 2, of: 3 } },
        ],
      },
    ],
  };
  expect(mainMarkup(page)).toBe(
    `<main data-code="${page.code}" lang="ar"><h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1><p>قرية</p><p>22/11/2026</p>` +
      '<section id="works"><h2>a &amp; b</h2><ul>' +
      '<li><img src="/p/files/ab" alt="&lt;i&gt;" loading="lazy"><a href="/p/X&quot;">&quot;quoted&quot;</a><b>it&#39;s</b><small>&lt;b&gt;</small></li>' +
      '<li><span>bar</span><p class="strokes" aria-hidden="true"><i class="met"></i><i class="met"></i><i></i></p></li>' +
      '</ul></section></main>',
  );
});
