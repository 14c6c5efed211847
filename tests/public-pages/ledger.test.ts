import { testDatabase } from '@dinh/store/testing';
import { beforeAll, expect, it } from 'vitest';
import { DRIVE, type Played, play, serve, VILLAGE } from './stage.ts';

const database = await testDatabase();
const DAY = '2026-03-25';
let played: Played;

beforeAll(async () => {
  played = await play(database);
});

it('a drive with a hundred thousand lines behind it is read as quickly as one with ten', {
  timeout: 120_000,
}, async () => {
  const time = async () => {
    const fresh = await serve(played.on(DAY));
    const address = `/p/${played.codes.drive}?lang=en`;
    const began = performance.now();
    const { status } = await fresh.get(address);
    const took = performance.now() - began;
    await fresh.close();
    expect(status).toBe(200);
    return took;
  };
  const best = async () => Math.min(await time(), await time(), await time());
  const small = await best();
  await fillBook(100_000);
  expect(await best()).toBeLessThan(Math.max(small * 3, 60));
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
