import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SAMPLE_FILES, SAMPLE_PACK } from '../testing/public.ts';
import { loadPack } from './load.ts';

const billionLaughs = `a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
e: [*d, *d, *d, *d, *d, *d, *d, *d, *d]
`;
const staircase = Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');

const BOMBS: readonly (readonly [string, string, string])[] = [
  ['aliases that multiply', billionLaughs, 'packs.alias'],
  ['ten megabytes', `title: ${'x'.repeat(10_000_000)}`, 'packs.file-too-large'],
  ['a hundred thousand brackets', '['.repeat(100_000), 'packs.too-deep'],
  ['a hundred thousand dashes', '- '.repeat(100_000), 'packs.too-deep'],
  ['a hundred thousand explicit keys', '? '.repeat(100_000), 'packs.too-deep'],
  ['a staircase of keys', staircase, 'packs.too-deep'],
  ['a merge key', 'x: &x { a: 1 }\ny: { <<: *x }', 'packs.alias'],
  ['a tag that would make an object', 'x: !!js/function "f"', 'packs.yaml-syntax'],
  ['two documents', 'a: 1\n---\nb: 2', 'packs.yaml-syntax'],
  ['binary', '\u0000\u0001\u0002', 'packs.'],
  ['nothing', '', 'packs.wrong-type'],
];

test.each(BOMBS)('%s is a coded problem, and quickly', (_name, text, code) => {
  const started = performance.now();
  for (const files of [
    { ...SAMPLE_FILES, pack: text },
    { ...SAMPLE_FILES, examples: text },
    { ...SAMPLE_FILES, strings: { ...SAMPLE_FILES.strings, ar: text } },
  ]) {
    const result = loadPack(files);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.problems[0]?.code.startsWith(code)).toBe(true);
  }
  expect(performance.now() - started).toBeLessThan(4000);
});

test('names that JavaScript treats in its own way stay names', () => {
  for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString']) {
    const strings = `${SAMPLE_FILES.strings.vi}${name}: x\n`;
    const result = loadPack({ ...SAMPLE_FILES, strings: { ...SAMPLE_FILES.strings, vi: strings } });
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'packs.string-unknown', params: { key: name } }] });
    const criterion = loadPack({ ...SAMPLE_FILES, pack: SAMPLE_PACK.replace('id: tidy', `id: ${name}`) });
    expect(criterion.ok).toBe(false);
  }
});

test('whatever is cut out of or put into a pack, loading answers and never throws', () => {
  const edit = fc.record({
    at: fc.nat(SAMPLE_PACK.length),
    remove: fc.nat(12),
    insert: fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('\n', '  ', '- ', '[', '{', ': ', '&a ', '*a', '|', '"', "'"),
    ),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let text = SAMPLE_PACK;
      for (const { at, remove, insert } of edits) text = text.slice(0, at) + insert + text.slice(at + remove);
      const result = loadPack({ ...SAMPLE_FILES, pack: text });
      if (!result.ok) expect(result.problems.every((problem) => problem.line >= 1 && problem.column >= 1)).toBe(true);
    }),
    { numRuns: 100 },
  );
});
