import { expect, test } from 'vitest';
import { readMemberList } from './public.ts';

test('a pasted list without headings goes by place; empty lines keep the numbering', async () => {
  expect(await readMemberList('Đinh Một\t0912 345 678\t05/03/1970\n\nHai\n')).toEqual([
    { line: 1, member: { name: 'Đinh Một', phone: '0912 345 678', born: '1970-03-05' } },
    { line: 3, member: { name: 'Hai' } },
  ]);
});

test('headings in three languages, in any order, with a byte order mark', async () => {
  const expected = [{ line: 2, member: { name: 'A', email: 'a@example.org', born: '1990-12-01' } }];
  expect(await readMemberList('\uFEFFThư điện tử;HỌ VÀ TÊN;Ngày sinh;Ghi chú\na@example.org;A;1.12.1990;x\n')).toEqual(
    expected,
  );
  expect(await readMemberList('E-mail,Name,Date of birth\na@example.org,A,1990-12-01\n')).toEqual(expected);
  expect(await readMemberList('البريد,الاسم,تاريخ الميلاد\na@example.org,A,١/١٢/١٩٩٠\n')).toEqual(expected);
});
