import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '@dinh/store/connection';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, expect, it } from 'vitest';
import { DRIVE, type Played, play, serve, VILLAGE } from './stage.ts';

const database = await testDatabase();
const DAY = '2026-03-25';
let played: Played;

beforeAll(async () => {
  played = await play(database);
});

/** Rows that statements touched so far in the tables of the book, by table or index. */
async function touched(): Promise<number> {
  const [row] = await database.query<{ rows: string }>(`
    select (select sum(seq_tup_read) from pg_stat_user_tables where relname like 'contribution%')
      + (select sum(idx_tup_read) from pg_stat_user_indexes where relname like 'contribution%') as rows`);
  return Number(row!.rows);
}

/** The same, after every connection has told what it did: one that is idle keeps that to itself for some seconds. */
async function touchedInAll(): Promise<number> {
  const tell = () => database.query('select pg_stat_force_next_flush(), pg_sleep(0.3)');
  await Promise.all(Array.from({ length: 20 }, tell));
  return touched();
}

/** Rows of the book that one cold reading of a page touches. */
async function readPage(code: string): Promise<number> {
  const before = await touchedInAll();
  const own = openDatabase({ url: database.url });
  const server = await serve({ ...played.on(DAY), database: own });
  const { status } = await server.get(`/p/${code}?lang=en`);
  await server.close();
  // Connections tell the rest when they end.
  await own.close();
  expect(status).toBe(200);
  await expect.poll(touched).toBeGreaterThan(before);
  await setTimeout(500);
  return (await touched()) - before;
}

it('pages with forty thousand lines of the book behind them are read by as few rows as with ten', {
  timeout: 120_000,
}, async () => {
  const { drive, unit } = played.codes;
  const few = [await readPage(drive), await readPage(unit)];
  await fillBook(20_000);
  for (const [nth, code] of [drive, unit].entries()) {
    expect(await readPage(code)).toBeLessThanOrEqual((few[nth] ?? 0) + 50);
  }
});

/** Many receipts, written past the guards that a million times over would take minutes. */
async function fillBook(receipts: number): Promise<void> {
  const key = [VILLAGE, DRIVE];
  const tables = ['contribution_entry', 'contribution_line'];
  for (const table of tables) await database.query(`alter table ${table} disable trigger user`);
  await database.query(
    `insert into contribution_entry (unit_id, id, drive_id, seq, kind, on_day, recorded_at, actor, lines, giver_id, receipt_year, receipt_number)
     select $1, gen_random_uuid(), $2, m.seq + n, 'receive', '2026-03-22', '2026-03-22', 'x', 2, g.id, 2026, m.receipt + n
     from generate_series(1, ${receipts}) n,
       (select max(seq) as seq, max(receipt_number) as receipt from contribution_entry where unit_id = $1) m,
       (select id from contribution_giver where unit_id = $1 limit 1) g`,
    key,
  );
  await database.query(
    `with tail as materialized (
       select distinct on (account) account, place, balance, case account when 'given' then -1 else 1 end as sign
       from contribution_line where unit_id = $1 and drive_id = $2 and account in ('given', 'held') and commodity = 'money:VND'
       order by account, place desc
     ), entry as materialized (
       select id, row_number() over (order by seq) as n from contribution_entry where unit_id = $1 and actor = 'x'
     )
     insert into contribution_line (unit_id, drive_id, account, commodity, place, entry_id, quantity, balance)
     select $1, $2, t.account, 'money:VND', t.place + e.n, e.id, t.sign * 1000, t.balance + t.sign * 1000 * e.n from entry e cross join tail t`,
    key,
  );
  for (const table of tables) await database.query(`alter table ${table} enable trigger user`);
  await database.query('analyze contribution_entry, contribution_line');
}
