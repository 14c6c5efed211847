import { expect, test } from 'vitest';
import { withoutKind } from './paper.ts';

test.each([
  ['Xã Đồng Sen', 'xã', 'Đồng Sen'],
  ['Đảng ủy xã Đồng Sen', 'đảng ủy xã, phường', 'Đồng Sen'],
  ['Đảng ủy phường Đông Mai', 'đảng ủy xã, phường', 'Đông Mai'],
  ['Đảng ủy Sơn Dương', 'đảng ủy xã, phường', 'Sơn Dương'],
  ['Phường Đông Mai', 'xã, phường, đặc khu', 'Đông Mai'],
  ['Hợp tác xã Nước Sạch', 'chi nhánh hợp tác xã', 'Hợp tác xã Nước Sạch'],
])('a document of %s is written at its place', (name, vi, place) => {
  expect(withoutKind(name, { vi, en: 'commune' })).toBe(place);
});
