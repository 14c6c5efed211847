import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { dumpTables, loadTables } from '@dinh/store/backup';
import { testDatabase } from '@dinh/store/testing';
import { expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { as, plant, refusalOf, who } from '../testing/public.ts';
import { addsUp, closeMonth, entries, forget, receive, receiveList, reverse, use } from './public.ts';
import { DRIVE, open, scan, servicesOn, uuid, VILLAGE } from './test-drive.ts';

const database = await testDatabase();
const other = await testDatabase();
const supervisor = uuid('aaa', 1);
const key = { unitId: VILLAGE, driveId: DRIVE };
const money = (quantity: string) => ({ kind: 'money' as const, quantity });
const household = (n: number) => ({ kind: 'household' as const, name: `Household ${n}` });
const secretary = as(who.secretary);

it('a book comes whole out of a backup, with its guards up, and is written on', async () => {
  await plant(database, []);
  await database.query(`insert into person (unit_id, id, name) values ($1, $2, 'somebody')`, [VILLAGE, supervisor]);
  const march = servicesOn(database, '2026-03-05');
  await open(march, supervisor);
  const gift = { ...key, on: '2026-03-05', item: money('1000') };
  for (const n of [1, 2, 3])
    await execute(march, receive, { ...gift, id: uuid('bbb', n), giver: household(n) }, secretary);
  const rows = [4, 5].map((n) => ({ item: money('500'), giver: household(n) }));
  const list = { ...key, id: uuid('eee', 1), on: '2026-03-05', content: scan(81), rows, totals: { money: '1000' } };
  await execute(march, receiveList, list, secretary);
  const spent = { ...key, id: uuid('ccc', 1), on: '2026-03-05', item: money('700'), note: 'sand', paper: 'V1' };
  await execute(march, use, { ...spent, content: scan(82) }, secretary);
  const undo = { unitId: VILLAGE, id: uuid('ddd', 1), entryId: uuid('bbb', 2), reason: 'twice' };
  await execute(march, reverse, undo, secretary);
  await execute(march, forget, { unitId: VILLAGE, entryId: uuid('bbb', 3) }, secretary);
  await execute(servicesOn(database, '2026-04-02'), closeMonth, { unitId: VILLAGE, month: '2026-03' }, secretary);

  const kept = new Map<string, Buffer>();
  const tables: { name: string; columns: string[] }[] = [];
  await dumpTables(database, async (table, stream) => {
    tables.push(table);
    kept.set(table.name, await buffer(stream.pipe(new PassThrough())));
  });
  const loaded = await loadTables(other, tables, async function* ({ name }) {
    yield kept.get(name) ?? Buffer.alloc(0);
  });
  expect(loaded).toMatchObject({ rows: expect.any(Number) });
  for (const table of ['drive', 'commodity', 'giver', 'list', 'entry', 'line', 'close']) {
    const digest = `select count(*)::int as n, md5(string_agg(t::text, ',' order by t::text)) as content from contribution_${table} t`;
    const [there] = await other.query<{ n: number }>(digest);
    expect([table, there]).toEqual([table, (await database.query(digest))[0]]);
    expect(there!.n).toBeGreaterThan(0);
  }
  const refused = (change: string) =>
    other.query(change).then(
      () => 'accepted',
      (error: unknown) => (error as { constraint?: string }).constraint ?? String(error),
    );
  for (const table of ['drive', 'commodity', 'list', 'entry', 'line', 'close'])
    for (const change of [`update contribution_${table} set unit_id = unit_id`, `delete from contribution_${table}`])
      expect(await refused(change)).toBe('contribution_append_only');
  const april = servicesOn(other, '2026-04-03');
  const proof = await execute(april, addsUp, key, secretary);
  expect([proof.addsUp, proof.entries, proof.reversed]).toEqual([true, 7, 1]);
  const late = { ...gift, id: uuid('bbb', 9), giver: household(9) };
  expect(await refusalOf(execute(april, receive, late, secretary))).toBe('contributions.month-closed');
  await execute(april, receive, { ...late, on: '2026-04-03' }, secretary);
  const [last] = (await execute(april, entries, key, secretary)).entries;
  expect([last?.receiptNumber, last?.seq]).toEqual([6, 8]);
  expect((await execute(april, addsUp, key, secretary)).addsUp).toBe(true);
});
