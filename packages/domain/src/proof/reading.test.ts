import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mainMarkup, type PublicPage } from '../publications/public.ts';
import { canonicalPage } from './canonical.ts';
import { readPage } from './page-reading.ts';
import { proofText } from './paper.ts';
import { leafProof, shell } from './test-page.ts';
import { verifyPage } from './verify.ts';

const page: PublicPage = {
  code: '0000011',
  language: 'vi',
  title: 'Thôn Đông',
  kind: 'Thôn, xã Đồng Sen',
  asOf: 'Tính đến 22/11/2026',
  sections: [
    {
      key: 'works',
      heading: 'Công trình',
      lines: [
        { text: 'Đường thôn', value: '1,2 km', detail: 'xong 5/2026', href: '/p/0000022' },
        { text: 'Tiêu chí', strokes: { met: 2, of: 3 } },
        { text: 'Sân', image: { digest: 'ab'.repeat(32), alt: 'sân sau khi lát' } },
      ],
    },
    { key: 'given', heading: 'Đóng góp', lines: [{ text: 'Tiền', value: '12.000.000 đ' }] },
  ],
};
const sealed = leafProof(page);
const genuine = shell(page, proofText(sealed.proof));
const roots = [sealed.hash];
const faultsOf = (html: string) => verifyPage(html, roots).faults.map(({ kind }) => kind);

describe('a saved page', () => {
  it('is what was sealed, also as browsers write it', () => {
    expect(verifyPage(genuine, roots)).toMatchObject({ faults: [], trusted: true, page });
    expect(verifyPage(genuine, null)).toMatchObject({ faults: [], trusted: false });
    const loose = genuine
      .replaceAll('><', '>\n  <')
      .replace('<main data-code="0000011" lang="vi">', "<main lang=vi  data-code='0000011'><!-- saved -->");
    expect(faultsOf(loose)).toEqual([]);
    const full = genuine.replaceAll(/(href|src)="\//g, '$1="https://dinh.example/');
    expect(faultsOf(full)).toContain('content');
    expect(verifyPage(full, roots, 'https://dinh.example').faults).toEqual([]);
    const beside = genuine.replace(/src="\/p\/files\/(\w+)"/, 'src="./Th%C3%B4n_files/$1.jpg"');
    expect(faultsOf(beside)).toEqual([]);
  });

  it('cannot carry anything the renderer does not write', () => {
    const tricks: [RegExp | string, string][] = [
      ['<h1>', '<h1 style="color:red">'],
      ['<ul>', '<ul hidden>'],
      ['<span>Tiền', '<span class="met">Tiền'],
      ['<span>Tiền', '<span onclick="x()">Tiền'],
      ['Tiền</span>', 'Ti<b hidden>x</b>ền</span>'],
      ['Tiền</span>', 'Tiền<script>document.title=1</script></span>'],
      ['</main>', '<aside>x</aside></main>'],
      ['</main>', '</main><main>x</main>'],
      ['<main ', '<div hidden><main data-code="0000011" lang="vi"></main></div><main '],
      ['<main ', '<section><main '],
      ['<header>', '<header style="display:none">'],
      ['<header>', '<header><img src="/x.png">'],
      ['</head>', '<style>main{display:none}</style></head>'],
      ['</head>', '<link rel="stylesheet" href="/other.css"></head>'],
      ['</head>', '<meta http-equiv="refresh" content="0;url=/x"></head>'],
      ['</head>', '<base href="https://other.example/"></head>'],
      ['</head>', '<script src="/x.js"></script></head>'],
      ['</body>', '<iframe src="/x"></iframe></body>'],
      ['</body>', '<template><p>x</p></template></body>'],
      ['</body>', '<p id="proof">x</p></body>'],
      ['<html lang="vi">', '<html lang="vi" dir="rtl">'],
      ['<html lang="vi">', '<html lang="ar">'],
      ['<p class="strokes"', '<p class="strokes" hidden'],
      ['"strokes" aria-hidden="true"', '"strokes" aria-hidden="false"'],
      ['"strokes" aria-hidden="true"', '"strokes" aria-hidden="true" role="img"'],
      ['</body>', `${'<div>'.repeat(50_000)}x</body>`],
      ['</head>', `</head>${' '.repeat(2_000_001)}`],
    ];
    for (const [from, to] of tricks) {
      const changed = genuine.replace(from, to);
      expect(changed, to.slice(0, 60)).not.toBe(genuine);
      expect(verifyPage(changed, roots).faults, to.slice(0, 60)).not.toEqual([]);
    }
    for (const empty of ['', '<', 'x'.repeat(100), '<main>', '<html><body><main></main><pre id=proof>{}</pre>']) {
      expect(verifyPage(empty, roots).faults).not.toEqual([]);
    }
  });

  it('says around its content what it said when it was sealed', () => {
    for (const [from, to] of [
      ['Đình</a>', 'Khác</a>'],
      ['href="/p/0000011?lang=en"', 'href="https://other.example/"'],
      ['<footer>', '<footer><p>more</p>'],
      ['<title>Thôn Đông', '<title>Thôn Đoài'],
      ['d="M0 0"', 'd="M0 1"'],
    ] as const) {
      const changed = genuine.replace(from, to);
      expect(changed).not.toBe(genuine);
      expect(faultsOf(changed), to).toEqual(['content']);
    }
  });

  it('is not proven by another proof, or by another root', () => {
    const other = leafProof({ ...page, title: 'Thôn Đoài' });
    expect(faultsOf(shell(page, proofText(other.proof)))).toEqual(['content', 'root']);
    expect(faultsOf(shell({ ...page, title: 'Thôn Đoài' }, proofText(other.proof)))).toEqual(['root']);
    for (const broken of ['', '{}', 'null', proofText(sealed.proof).slice(1), '[]'.repeat(1000)]) {
      expect(faultsOf(shell(page, broken))).toContain('no-proof');
    }
    expect(faultsOf(genuine.replace(`"day":"${sealed.proof.head.day}"`, '"day":"2020-01-01"'))).toEqual(['root']);
  });
});

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !/[\0\r]/.test(text));
const anyLine = fc.record(
  {
    text: words,
    value: words,
    detail: words,
    href: fc.constantFrom('/p/1', '/p/2?a=1&b="2"'),
    image: fc.record({ digest: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)), alt: words }),
    strokes: fc.nat(5).chain((of) => fc.record({ met: fc.nat(of), of: fc.constant(of) })),
  },
  { requiredKeys: ['text'] },
);
const anyPage: fc.Arbitrary<PublicPage> = fc.record({
  code: fc.constant('0000011'),
  language: fc.constantFrom('vi', 'en', 'ar'),
  title: words,
  kind: words,
  asOf: words,
  sections: fc.array(
    fc.record({ key: fc.constantFrom('works', 'given'), heading: words, lines: fc.array(anyLine, { maxLength: 4 }) }),
    { maxLength: 3 },
  ),
});

describe('what is read', () => {
  it('is what was written, whatever the words', () => {
    fc.assert(
      fc.property(anyPage, (each) => {
        const read = readPage(shell(each, ''));
        expect(read.foreign).toEqual([]);
        expect(canonicalPage(read.page!, [])).toBe(canonicalPage(each, []));
        expect(mainMarkup(read.page!)).toBe(mainMarkup(each));
      }),
      { numRuns: 500 },
    );
  });
});
