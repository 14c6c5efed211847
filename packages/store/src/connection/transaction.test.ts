import { forEachEngine, testDatabase } from '@dinh/store/testing';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { countStatements, recordStatements, transaction } from './public.ts';

forEachEngine('transaction', async (engine) => {
  const database = await testDatabase(engine, { empty: true });
  await database.query('create table account (id int primary key, amount int not null)');

  test('commits what was written, and rolls back when the function throws', async () => {
    await transaction(database, {}, (tx) => sql`insert into account values (1, 10)`.execute(tx));
    const failed = transaction(database, {}, async (tx) => {
      await sql`insert into account values (2, 20)`.execute(tx);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await database.query('select id from account')).toEqual([{ id: 1 }]);
  });

  test('sends begin, the statement and commit, nothing else', async () => {
    const sent = await recordStatements(database, () =>
      transaction(database, { readOnly: true }, (tx) => sql`select count(*) from account`.execute(tx)),
    );
    expect(sent).toEqual(['begin isolation level repeatable read read only', 'select count(*) from account', 'commit']);
    expect(await countStatements(database, () => sql`select 1`.execute(database.db))).toBe(1);
  });
});
