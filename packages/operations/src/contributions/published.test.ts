import { recordStatements, transaction } from '@dinh/store/connection';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { as, plant, refusalOf, who } from '../testing/public.ts';
import { publishedDrives, receive, receiveList, reverse, use } from './public.ts';
import { DRIVE, open, scan, servicesOn, uuid, VILLAGE } from './test-drive.ts';

const database = await testDatabase();
const supervisor = uuid('aaa', 1);
const key = { unitId: VILLAGE, driveId: DRIVE };
const day = servicesOn(database, '2026-03-05');
const money = (quantity: number) => ({ kind: 'money' as const, quantity: String(quantity) });
const give = (n: number, giver: object, item: object = money(1_000)) =>
  execute(
    day,
    receive,
    { ...key, id: uuid('bbb', n), on: '2026-03-05', item: item as never, giver: giver as never },
    as(who.secretary),
  );
const household = (n: number, publish = false) => ({ kind: 'household', name: `Household ${n}`, publish });
const undo = (id: number, n: number) =>
  execute(
    day,
    reverse,
    { unitId: VILLAGE, id: uuid('ddd', id), entryId: uuid('bbb', n), reason: 'wrong' },
    as(who.secretary),
  );

async function shown() {
  let drives: Awaited<ReturnType<typeof publishedDrives>> = [];
  const statements = await recordStatements(database, async () => {
    drives = await transaction(database, { readOnly: true }, (tx) =>
      publishedDrives(
        {
          tx,
          today: '2026-03-05',
          now: day.clock!(),
          actor: { kind: 'anonymous' },
          commandId: uuid('999', 1),
          filesDirectory: day.filesDirectory,
        },
        VILLAGE,
      ),
    );
  });
  return { drive: drives[0]!, statements: statements.filter((each) => /^\s*select/i.test(each)).length };
}

beforeAll(async () => {
  await plant(database, []);
  await database.query(`insert into person (unit_id, id, name) values ($1, $2, 'somebody')`, [VILLAGE, supervisor]);
  await open(day, supervisor);
});

it('shows what was given by kind, and nobody who did not agree', async () => {
  for (const n of [1, 2, 3, 4]) await give(n, household(n, n === 2));
  await give(5, household(1));
  await give(6, { kind: 'anonymous' }, { kind: 'labour', quantity: '1.5' });
  const few = await shown();
  expect([few.drive.households, few.drive.givers, few.drive.named]).toEqual([null, null, ['Household 2']]);
  expect(few.drive.given.map(({ kind, received, worth }) => [kind, received, worth])).toEqual([
    ['money', '5000', null],
    ['labour', '1.5', 450_000],
  ]);
  expect(few.drive.decision.paper).toMatchObject({ number: '03/NQ', votes: { for: 90, of: 120 } });
  expect([few.drive.state, few.statements]).toEqual(['running', 1]);
});

it('counts a household once, however often and in whatever list it gives, and no longer when nothing of it stands', async () => {
  await give(7, household(5));
  expect((await shown()).drive.households).toBe(5);
  await undo(1, 5);
  expect((await shown()).drive.households).toBe(5);
  await undo(2, 1);
  expect((await shown()).drive.households).toBeNull();
  const names = ['Household 9', 'household  9', 'Household 5', 'Household 8', 'Household 7'];
  const rows = names.map((name) => ({ item: money(1), giver: { kind: 'household' as const, name } }));
  const list = { ...key, id: uuid('eee', 1), on: '2026-03-05', content: scan(9), rows, totals: { money: '5' } };
  await execute(day, receiveList, list, as(who.secretary));
  expect((await shown()).drive.households).toBe(7);
  // One organisation beside them would be told by the difference.
  await give(8, { kind: 'organisation', name: 'A shop', publish: true });
  const { drive } = await shown();
  expect([drive.households, drive.givers, drive.named]).toEqual([7, null, ['A shop', 'Household 2']]);
});

it('shows vouchers that stand, without their pictures', async () => {
  const spend = (n: number, paper: string) =>
    execute(
      day,
      use,
      { ...key, id: uuid('ccc', n), on: '2026-03-05', item: money(100), note: 'sand', paper, content: scan(n) },
      as(who.secretary),
    );
  await spend(1, 'V1');
  await spend(2, 'V2');
  await execute(
    day,
    reverse,
    { unitId: VILLAGE, id: uuid('ddd', 9), entryId: uuid('ccc', 1), reason: 'twice' },
    as(who.secretary),
  );
  const { drive } = await shown();
  const voucher = {
    number: 'V2',
    on: '2026-03-05',
    what: 'sand',
    kind: 'money',
    name: '',
    unit: 'VND',
    quantity: '100',
  };
  expect(drive.vouchers).toEqual([voucher]);
  expect(JSON.stringify(drive)).not.toMatch(/Household [134]|digest|file/);
  expect(await refusalOf(undo(10, 1))).toBe('contributions.already-reversed');
});
