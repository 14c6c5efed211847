import { expect, test } from 'vitest';
import { option, readArguments } from './arguments.ts';
import { languageOf } from './terminal.ts';

test('words and options are told apart', () => {
  expect(readArguments(['units.create', '--name', 'Thôn Đông', '--tags=a', '--tags', 'b', '--open'])).toEqual({
    words: ['units.create'],
    options: [
      ['name', 'Thôn Đông'],
      ['tags', 'a'],
      ['tags', 'b'],
      ['open', 'true'],
    ],
  });
});

test('an option followed by another one is true; a value may begin with a minus or hold an equals sign', () => {
  const given = readArguments(['--dry-run', '--shift', '-3', '--where=a=b']);
  expect(given.options).toEqual([
    ['dry-run', 'true'],
    ['shift', '-3'],
    ['where', 'a=b'],
  ]);
  expect(option(readArguments(['--n=1', '--n=2']), 'n')).toBe('2');
  expect(option(given, 'nothing')).toBeUndefined();
});

test.each([
  [undefined, { LANG: 'vi_VN.UTF-8' }, 'vi'],
  [undefined, { LANG: 'vi_VN.UTF-8', LC_ALL: 'ar_EG' }, 'ar'],
  [undefined, { LANG: 'C.UTF-8' }, 'en'],
  [undefined, {}, 'en'],
  [undefined, { LANG: 'fr_FR.UTF-8' }, 'en'],
  ['ar', { LANG: 'vi_VN.UTF-8' }, 'ar'],
] as const)('language asked %s in %o is %s', (asked, environment, expected) => {
  expect(languageOf(asked, environment)).toBe(expected);
});
