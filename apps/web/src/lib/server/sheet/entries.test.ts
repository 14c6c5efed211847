import { expect, test } from 'vitest';
import { plainNumber, postedAnswers } from './entries.ts';

test.each([
  ['95,5', 'vi', '95.5'],
  ['95.5', 'vi', '95.5'],
  ['1.200', 'vi', '1200'],
  ['1.200.000,25', 'vi', '1200000.25'],
  ['1,200', 'en', '1200'],
  ['1.200', 'en', '1.200'],
  ['٩٥٫٥', 'ar', '95.5'],
  ['١٬٢٠٠', 'ar', '1200'],
  ['007', 'vi', '7'],
  [' 85 % ', 'vi', '85'],
  ['0,5', 'vi', '0.5'],
  ['−3', 'en', '-3'],
  ['1.2.3', 'vi', null],
  ['hai', 'vi', null],
  ['', 'vi', null],
  ['1e5', 'en', null],
] as const)('%s in %s is %s', (typed, language, expected) => {
  expect(plainNumber(typed, language)).toBe(expected);
});

test('a form is read by criterion; what belongs to none is left out', () => {
  const data = new FormData();
  data.set('value.roads', ' true ');
  data.set('was.roads', '[null]');
  data.set('note.lamps', 'two lanes');
  data.set('command', 'x');
  expect([...postedAnswers(data)]).toEqual([
    ['roads', { answer: { value: 'true', of: '', met: '', kept: '', note: '', verdict: '' }, was: '[null]' }],
    ['lamps', { answer: { value: '', of: '', met: '', kept: '', note: 'two lanes', verdict: '' }, was: undefined }],
  ]);
});
