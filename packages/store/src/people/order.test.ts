import { orderText } from '@dinh/domain/kernel';
import { testDatabase } from '@dinh/store/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const database = await testDatabase();

test('people stand in lists as units do: number 4 before number 10', async () => {
  const letter = fc.constantFrom('a', 'ا', ' ', '0', '1', '4', '9', '٤');
  const names = [
    ...['dang vien so 10', 'dang vien so 4', 'ho 0012', 'so 1234567', 'so 99', ''],
    ...fc.sample(fc.string({ unit: letter, maxLength: 20 }), 300),
  ];
  const rows = await database.query<{ search: string; ordered: string }>(
    `insert into person (unit_id, id, name, search) select 1, gen_random_uuid(), 'x', name from unnest($1::text[]) name
     returning search, ordered`,
    [names],
  );
  expect(rows.length).toBe(names.length);
  for (const { search, ordered } of rows) expect([search, ordered]).toEqual([search, orderText(search)]);
});
