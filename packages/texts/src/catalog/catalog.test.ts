import { describe, expect, test } from 'vitest';
import { compileMessage } from '../../scripts/emit.ts';
import { formats, languages, loadCatalog, preferredLanguage, translator } from './public.ts';

const space = String.fromCharCode(0xa0);

describe('formats', () => {
  test.each([
    ['vi', 'tháng 11/2026', 'quý IV/2026', `95,5${space}%`],
    ['en', 'November 2026', 'Q4 2026', '95.5%'],
    ['ar', 'نوفمبر ٢٠٢٦', 'الربع الرابع ٢٠٢٦', '٩٥٫٥٪'],
  ] as const)('writes periods and shares as %s readers do', (language, month, quarter, share) => {
    const format = formats(language);
    expect(format.period('2026-11')).toBe(month);
    expect(format.period('2026-Q4')).toBe(quarter);
    expect(format.percent(0.955).replace(/\u061c/g, '')).toBe(share);
  });

  test('a day stays the same day in every zone', () => {
    expect(formats('vi', 'America/Los_Angeles').date('2026-11-20')).toBe('20/11/2026');
  });

  test('names of another script in a list from right to left stay whole', () => {
    expect(formats('ar').list(['Ban số 1', 'Ban số 2'])).toBe('\u2068Ban số 1\u2069 و\u2068Ban số 2\u2069');
    expect(formats('en').list(['a', 'b'])).toBe('a and b');
  });

  test('a text that is no date or period is shown as it came', () => {
    expect(formats('vi').date('soon')).toBe('soon');
    expect(formats('vi').period('term')).toBe('term');
  });
});

describe('messages', () => {
  test.each(languages)('every message of %s renders', async (language) => {
    const catalog = await loadCatalog(language);
    const t = translator(catalog, language);
    // A message may be nothing but its argument ("{month}"): every one is given a value, whatever its name.
    const filled = new Proxy<Record<string, number>>({}, { get: () => 1 });
    const empty = Object.keys(catalog).filter((key) => t.say(key, filled).trim() === '');
    expect(empty).toEqual([]);
    for (const key of Object.keys(catalog)) expect(() => t.say(key, {})).not.toThrow();
  });

  test('plurals follow the language, digits the locale', async () => {
    const [en, ar] = await Promise.all([loadCatalog('en'), loadCatalog('ar')]);
    expect(translator(en, 'en')('ui.results', { count: 1 })).toBe('1 result');
    expect(translator(en, 'en')('ui.results', { count: 0 })).toBe('No results');
    expect(translator(ar, 'ar')('ui.results', { count: 2 })).toBe('نتيجتان');
    expect(translator(ar, 'ar')('ui.results', { count: 5 })).toBe('٥ نتائج');
  });

  test('a refusal writes days and periods as the reader does', async () => {
    const t = translator(await loadCatalog('vi'), 'vi');
    expect(t.refusal({ code: 'units.dissolved', params: { unit: 'Xã A', day: '2025-07-01' } }).sentence).toBe(
      'Xã A không còn từ ngày 1/7/2025.',
    );
    expect(t.refusal({ code: 'units.has-later-data', params: { unit: 'Xã A', period: '2025-07' } }).sentence).toContain(
      'tháng 7/2025',
    );
  });

  test('an unknown refusal is still explained, with its code', async () => {
    const t = translator(await loadCatalog('en'), 'en');
    expect(t.refusal({ code: 'nowhere.nothing' })).toEqual({
      sentence: 'This could not be done (nowhere.nothing).',
      remedy: undefined,
    });
  });

  test('a sentence that was made already is kept', () => {
    const said = { sentence: 'Chỉ bí thư mở được.', remedy: undefined };
    expect(translator({}, 'vi').refusal({ code: 'access.denied', said })).toEqual(said);
  });

  test('a text that is not there yet is asked for, and written once it is there', () => {
    let there = {};
    const asked: string[] = [];
    const t = translator(
      () => there,
      'en',
      undefined,
      (key) => asked.push(key),
    );
    expect(t('ui.working')).toBe('ui.working');
    there = { 'ui.working': 'Working' };
    expect(t('ui.working')).toBe('Working');
    expect(asked).toEqual(['ui.working']);
  });

  test('a prototype member is not a message', async () => {
    expect(translator(await loadCatalog('vi'), 'vi').has('constructor')).toBe(false);
  });
});

describe('compiler', () => {
  test('refuses a plural form the language does not have', () => {
    expect(() => compileMessage('{n, plural, one {a} other {b}}', 'vi-VN')).toThrow(/one/);
  });

  test('refuses one argument used in two ways', () => {
    expect(() => compileMessage('{n, plural, other {#}} {n, select, other {x}}', 'vi-VN')).toThrow(/\{n\}/);
  });

  test('does not let a message reach into the code', () => {
    expect(compileMessage('"; process.exit() //', 'en-GB').source).toBe(JSON.stringify('"; process.exit() //'));
  });
});

test.each([
  ['vi,en;q=0.8', 'vi'],
  ['fr-FR, ar-EG;q=0.9, en;q=0.5', 'ar'],
  ['en;q=oops, de', undefined],
  ['', undefined],
])('Accept-Language %s prefers %s', (header, expected) => {
  expect(preferredLanguage(header)).toBe(expected);
});
