import { forEachEngine, testDatabase } from '@dinh/store/testing';
import { sql } from 'kysely';
import { expect, expectTypeOf, test } from 'vitest';
import type { Db, Reader, Tx } from './public.ts';
import { copyIn, copyOut, countStatements, openDatabase, recordStatements, transaction } from './public.ts';

forEachEngine('transaction', async (engine) => {
  const database = await testDatabase(engine, { empty: true });
  await database.query('create table account (id int primary key, amount int not null)');
  const put = (tx: Tx, id: number, amount: number) => sql`insert into account values (${id}, ${amount})`.execute(tx);
  const amountOf = async (id: number) =>
    (await database.query('select amount from account where id = $1', [id]))[0]?.amount;
  const increase = (tx: Tx, id: number) => sql`update account set amount = amount + 1 where id = ${id}`.execute(tx);

  test('commits what was written, and rolls back when the function throws', async () => {
    await transaction(database, {}, (tx) => put(tx, 1, 10));
    const failed = transaction(database, {}, async (tx) => {
      await put(tx, 2, 20);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await amountOf(1)).toBe(10);
    expect(await amountOf(2)).toBeUndefined();
  });

  test('sends begin, the statements and commit, nothing else', async () => {
    const read = () => transaction(database, { readOnly: true }, (tx) => sql`select count(*) from account`.execute(tx));
    expect(await recordStatements(database, read)).toEqual([
      'begin isolation level repeatable read read only',
      'select count(*) from account',
      'commit',
    ]);
    expect(await countStatements(database, () => sql`select 1`.execute(database.db))).toBe(1);
    await sql`select 1`.execute(database.db);
    expect(await countStatements(database, async () => undefined)).toBe(0);
  });

  test('read only refuses writes and sees one moment', async () => {
    await expect(transaction(database, { readOnly: true }, (tx) => put(tx, 30, 1))).rejects.toMatchObject({
      code: '25006',
    });
    await transaction(database, { readOnly: true }, async (tx) => {
      const count = async () => (await sql<{ n: number }>`select count(*) as n from account`.execute(tx)).rows[0]?.n;
      const before = await count();
      await transaction(database, {}, (other) => put(other, 31, 1));
      expect(await count()).toBe(before);
    });
  });

  test('works that collide are done again until each has counted', async () => {
    await transaction(database, {}, (tx) => put(tx, 40, 0));
    let runs = 0;
    // The first three have all read before any of them writes: two of them must collide.
    const allRead = Promise.withResolvers<void>();
    const once = () =>
      transaction(database, { isolation: 'serializable' }, async (tx) => {
        const isFirst = ++runs <= 3;
        const { rows } = await sql<{ amount: number }>`select amount from account where id = 40`.execute(tx);
        if (runs === 3) allRead.resolve();
        if (isFirst) await allRead.promise;
        await sql`update account set amount = ${(rows[0]?.amount ?? 0) + 1} where id = 40`.execute(tx);
      });
    await Promise.all([once(), once(), once()]);
    expect(await amountOf(40)).toBe(3);
    expect(runs).toBeGreaterThan(3);
  });

  test('of two that wait for each other one is done again', async () => {
    await transaction(database, {}, async (tx) => {
      await put(tx, 50, 0);
      await put(tx, 51, 0);
    });
    const met = Promise.withResolvers<void>();
    let arrived = 0;
    const crosswise = (first: number, second: number) =>
      transaction(database, {}, async (tx) => {
        await increase(tx, first);
        if (++arrived === 2) met.resolve();
        await met.promise;
        await increase(tx, second);
      });
    await Promise.all([crosswise(50, 51), crosswise(51, 50)]);
    expect(await amountOf(50)).toBe(2);
    expect(await amountOf(51)).toBe(2);
  });

  test('gives up after a few attempts, with the cause', async () => {
    let runs = 0;
    const hopeless = transaction(database, {}, async (tx) => {
      runs++;
      await sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`.execute(tx);
    });
    await expect(hopeless).rejects.toMatchObject({ code: '40001' });
    expect(runs).toBe(6);
  });

  test('an error that was swallowed does not look like success', async () => {
    const swallowed = transaction(database, {}, async (tx) => {
      await put(tx, 60, 1);
      await put(tx, 60, 2).catch(() => undefined);
    });
    await expect(swallowed).rejects.toMatchObject({ code: 'database.aborted' });
    expect(await amountOf(60)).toBeUndefined();
  });

  test('a statement sent after the end is refused and leaves the connection usable', async () => {
    const leaked = await transaction(database, {}, async (tx) => tx);
    await expect(put(leaked, 70, 1)).rejects.toThrow('has ended');
    expect(await amountOf(70)).toBeUndefined();
  });

  test('a connection that is cut off fails its transaction and nothing else', async () => {
    const cut = transaction(database, {}, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await database.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await increase(tx, 1);
    });
    await expect(cut).rejects.toThrow();
    await transaction(database, {}, (tx) => increase(tx, 1));
  });

  test('more work than connections waits its turn', async () => {
    const narrow = openDatabase({ url: database.url, connections: 2 });
    await transaction(database, {}, (tx) => put(tx, 80, 0));
    await Promise.all(Array.from({ length: 20 }, () => transaction(narrow, {}, (tx) => increase(tx, 80))));
    await narrow.close();
    await narrow.close();
    expect(await amountOf(80)).toBe(20);
  });

  test('rows go in and out by COPY within the transaction', async () => {
    await database.query('create table line (n int, word text)');
    function* source() {
      for (let n = 1; n <= 50_000; n++) yield `${n}\tđình ${n}\n`;
    }
    const copied = await transaction(database, {}, (tx) => copyIn(tx, 'copy line from stdin', source()));
    expect(copied).toBe(50_000);
    const text = await transaction(database, { readOnly: true }, async (tx) => {
      const parts: Buffer[] = [];
      for await (const part of copyOut(tx, 'copy (select * from line where n > 49998 order by n) to stdout'))
        parts.push(part);
      return Buffer.concat(parts).toString();
    });
    expect(text).toBe('49999\tđình 49999\n50000\tđình 50000\n');
    const broken = transaction(database, {}, (tx) => copyIn(tx, 'copy line from stdin', ['1\tone\n', 'two\ttwo\n']));
    await expect(broken).rejects.toMatchObject({ code: '22P02' });
    expect(await database.query('select count(*)::int as n from line')).toEqual([{ n: 50_000 }]);
  });

  test('a source that fails half-way leaves nothing behind', async () => {
    async function* source() {
      yield '1\tone\n';
      throw new Error('file ended early');
    }
    const before = await database.query('select count(*)::int as n from line');
    await expect(transaction(database, {}, (tx) => copyIn(tx, 'copy line from stdin', source()))).rejects.toThrow(
      'file ended early',
    );
    expect(await database.query('select count(*)::int as n from line')).toEqual(before);
  });
});

test('writing without a transaction does not compile', () => {
  expectTypeOf<Db>().not.toExtend<Tx>();
  expectTypeOf<Reader>().not.toHaveProperty('insertInto');
  expectTypeOf<Reader>().not.toHaveProperty('transaction');
  expectTypeOf<Tx>().not.toHaveProperty('transaction');
  expectTypeOf<Tx>().toExtend<Reader>();
});
