import { forEachEngine, testDatabase } from '@dinh/store/testing';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { transaction } from './public.ts';

forEachEngine('values', async (engine) => {
  const database = await testDatabase(engine, { empty: true });
  const one = async (expression: string) => {
    const { rows } = await sql.raw<{ value: unknown }>(`select ${expression} as value`).execute(database.db);
    return rows[0]?.value;
  };

  test.each([
    ['count(*)', 1],
    ['9007199254740991::int8', 9_007_199_254_740_991],
    ['array[1, null, -3]::int8[]', [1, null, -3]],
    ['12345678901234567890.10::numeric', '12345678901234567890.10'],
    ['sum(9007199254740991::int8)', '9007199254740991'],
    ['array[0.1, null]::numeric[]', ['0.1', null]],
    ["date '0001-01-01'", '0001-01-01'],
    ["date '9999-12-31'", '9999-12-31'],
    ["array[date '2025-07-01', null]", ['2025-07-01', null]],
    ["timestamptz '2025-07-01 00:00:00.123+07'", new Date('2025-06-30T17:00:00.123Z')],
    ["timestamp '2025-07-01 06:00'", '2025-07-01 06:00:00'],
    ["(timestamptz '2025-07-01 01:00+07')::date", '2025-06-30'],
    ['\'{"n": 1}\'::jsonb', { n: 1 }],
    ["'đình'", 'đình'],
    ['null::int8', null],
  ])('%s', async (expression, expected) => {
    expect(await one(expression)).toEqual(expected);
  });

  test('an integer that a number cannot hold is refused, not rounded', async () => {
    await expect(one('9007199254740993::int8')).rejects.toMatchObject({ code: 'database.unsafe-integer' });
    await expect(one('array[-9007199254740993]::int8[]')).rejects.toMatchObject({ code: 'database.unsafe-integer' });
    expect(await one('1')).toBe(1);
  });

  test('rows that are streamed have the same values', async () => {
    const streamed = await transaction(database, { readOnly: true }, async (tx) => {
      const query = tx
        .selectNoFrom([sql<number>`generate_series(1, 250)::int8`.as('n'), sql<string>`date '2025-07-01'`.as('day')])
        .stream(100);
      const rows: unknown[] = [];
      for await (const row of query) rows.push(row);
      return rows;
    });
    expect(streamed).toHaveLength(250);
    expect(streamed[249]).toEqual({ n: 250, day: '2025-07-01' });
  });
});
