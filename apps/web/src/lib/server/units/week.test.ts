import { expect, test } from 'vitest';
import { weekdayName } from '../../units/free-days.ts';
import { weekOf } from './week.ts';

test('the week begins as the reader’s does, under the reader’s names', () => {
  expect([weekOf('vi-VN')[0], weekOf('en-GB')[0], weekOf('ar-EG')[0]]).toEqual([1, 1, 6]);
  expect(weekOf('ar-EG').toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  const names = [weekdayName('en-GB', 0), weekdayName('vi-VN', 1), weekdayName('ar-EG', 5)];
  expect(names).toEqual(['Sunday', 'Thứ Hai', 'الجمعة']);
});
