import { testDatabase } from '@dinh/store/testing';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { as, plant, refusalOf, who } from '../testing/public.ts';
import { addsUp, closeMonth, pledge, read, receive, reverse, use } from './public.ts';
import { open, scan, servicesOn, uuid, VILLAGE } from './test-drive.ts';

const database = await testDatabase();
const supervisor = uuid('aaa', 1);
const household = { kind: 'household' as const, name: 'Household 1' };
const things = [
  { kind: 'money' as const, step: 1_000 },
  { kind: 'labour' as const, step: 0.5 },
  { kind: 'material' as const, step: 0.25, name: 'Sand', unit: 'm³' },
];
let runs = 0;

beforeAll(async () => {
  await plant(database, []);
  await database.query(`insert into person (unit_id, id, name) values ($1, $2, 'somebody')`, [VILLAGE, supervisor]);
});

const step = fc.record({
  what: fc.constantFrom('pledge', 'receive', 'receive', 'use', 'reverse', 'close'),
  thing: fc.nat(2),
  amount: fc.integer({ min: -1, max: 12 }),
  target: fc.nat(30),
  paper: fc.constantFrom('', 'P1', 'P2'),
  hop: fc.nat(12),
});

/** Sums in quarters, by thing: what the book must say, counted without it. */
type Model = { pledged: number; received: number; used: number };

it('any sequence of entries keeps the book balanced and equal to a recount', async () => {
  const property = fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
    runs += 1;
    const driveId = uuid('d00', runs);
    let day = new Date(Date.UTC(2026 + runs, 2, 1));
    const today = () => day.toISOString().slice(0, 10);
    const on = () => servicesOn(database, today());
    const year = 2026 + runs;
    await open(on(), supervisor, { id: driveId, from: `${year}-03-01`, to: `${year + 1}-12-31` });
    const key = { unitId: VILLAGE, driveId };
    const model: Model[] = things.map(() => ({ pledged: 0, received: 0, used: 0 }));
    const written: { id: string; thing: number; field: keyof Model; amount: number; undone: boolean }[] = [];
    for (const [place, { what, thing, amount, target, paper, hop }] of steps.entries()) {
      day = new Date(day.getTime() + hop * 86_400_000);
      const { step: size, ...kind } = things[thing]!;
      const id = uuid('e00', runs * 1_000 + place);
      const item = { ...kind, quantity: String(amount * size) };
      const gift = { ...key, id, on: today(), item, giver: household };
      if (what === 'close') {
        await refusalOf(execute(on(), closeMonth, { unitId: VILLAGE, month: today().slice(0, 7) }, as(who.secretary)));
        continue;
      }
      if (what === 'reverse') {
        const entry = written[target % Math.max(1, written.length)];
        if (!entry) continue;
        const undo = { unitId: VILLAGE, id, entryId: entry.id, reason: 'wrong' };
        const said = await refusalOf(execute(on(), reverse, undo, as(who.secretary)));
        const { received, used } = model[entry.thing]!;
        const possible = !entry.undone && (entry.field !== 'received' || received - used >= entry.amount);
        expect(said === 'accepted').toBe(possible);
        if (!possible) continue;
        entry.undone = true;
        model[entry.thing]![entry.field] -= entry.amount;
        continue;
      }
      const voucher = { ...key, id, on: today(), item, note: 'x', paper: paper || `V${place}`, content: scan(1) };
      const said = await refusalOf(
        what === 'use'
          ? execute(on(), use, voucher, as(who.secretary))
          : what === 'receive'
            ? execute(on(), receive, { ...gift, paper }, as(who.secretary))
            : execute(on(), pledge, gift, as(who.secretary)),
      );
      const stand = model[thing]!;
      if (amount <= 0) expect(said).toBe('contributions.quantity-wrong');
      else if (what === 'use' && amount > stand.received - stand.used) expect(said).not.toBe('accepted');
      else expect(['accepted', ...(what === 'pledge' ? [] : ['contributions.receipt-used'])]).toContain(said);
      if (said !== 'accepted') continue;
      const field = what === 'pledge' ? 'pledged' : what === 'receive' ? 'received' : 'used';
      stand[field] += amount;
      written.push({ id, thing, field, amount, undone: false });
    }
    const proof = await execute(on(), addsUp, key, as(who.secretary));
    expect(proof.addsUp).toBe(true);
    const book = (await execute(on(), read, key, as(who.secretary))).things;
    for (const [thing, { step: size, kind }] of things.entries()) {
      const found = book.find((each) => each.kind === kind);
      const { pledged, received, used } = model[thing]!;
      const said = found ? [found.pledged, found.received, found.used, found.held].map(Number) : [0, 0, 0, 0];
      expect(said).toEqual([pledged, received, used, received - used].map((amount) => amount * size));
    }
  });
  await fc.assert(property, { numRuns: 25, seed: 20260301 });
}, 240_000);

it('the database itself refuses what does not add up and what was altered', async () => {
  const driveId = uuid('d00', 9_999);
  const day = servicesOn(database, '2090-03-02');
  await open(day, supervisor, { id: driveId, from: '2090-03-01', to: '2090-12-31' });
  const give = (n: number) => ({
    unitId: VILLAGE,
    driveId,
    id: uuid('f00', n),
    on: '2090-03-02',
    item: { kind: 'money' as const, quantity: '1000' },
    giver: household,
  });
  for (const n of [1, 2]) await execute(day, receive, give(n), as(who.secretary));
  // Statements sent together are one transaction.
  const broken = (...statements: string[]) =>
    database.query(statements.join('; ')).then(
      () => 'accepted',
      (error: unknown) => (error as { constraint?: string }).constraint ?? String(error),
    );
  const rows = await database.query<{ seq: number }>(
    `select max(seq)::int as seq from contribution_entry where unit_id = 3`,
  );
  const seq = rows[0]!.seq;
  const entry = (id: string, at = seq + 1, receipt = 3, more = { lines: 2, on: '2090-03-03' }) =>
    `insert into contribution_entry (unit_id, id, drive_id, seq, kind, on_day, recorded_at, actor, lines, giver_id, receipt_year, receipt_number)
     select 3, '${id}', drive_id, ${at}, 'receive', '${more.on}', now(), 'x', ${more.lines}, giver_id, 2090, ${receipt}
     from contribution_entry where id = '${uuid('f00', 2)}'`;
  type Line = [account: string, place: number, quantity: number, balance: number];
  const lines = (id: string, ...given: Line[]) =>
    `insert into contribution_line values ${given
      .map(([account, ...figures]) => {
        const [place, quantity, balance] = figures;
        return `(3, '${driveId}', '${account}', 'money:VND', ${place}, '${id}', ${quantity}, ${balance})`;
      })
      .join(', ')}`;
  const [fresh, old] = [uuid('f00', 50), uuid('f00', 1)];
  const good = lines(fresh, ['given', 3, -5, -2005], ['held', 3, 5, 2005]);
  const tampered: [constraint: string, ...statements: string[]][] = [
    ['contribution_balanced', entry(fresh), lines(fresh, ['given', 3, -5, -2005], ['held', 3, 6, 2006])],
    ['contribution_balanced', entry(fresh), lines(fresh, ['held', 3, 5, 2005])],
    ['contribution_balanced', entry(fresh)],
    ['contribution_balanced', lines(old, ['given', 3, -5, -2005], ['held', 3, 5, 2005])],
    ['contribution_line_follows', entry(fresh), lines(fresh, ['given', 3, -5, -2005], ['held', 3, 5, 9005])],
    ['contribution_line_follows', entry(fresh), lines(fresh, ['given', 4, -5, -2005], ['held', 3, 5, 2005])],
    ['contribution_line_check', entry(fresh), lines(fresh, ['held', 3, -3000, -1000], ['given', 3, 3000, 1000])],
    ['contribution_seq_whole', entry(fresh, seq + 2), good],
    ['contribution_receipts_whole', entry(fresh, seq + 1, 4), good],
  ];
  for (const [constraint, ...statements] of tampered) expect(await broken(...statements)).toBe(constraint);
  for (const table of ['drive', 'commodity', 'entry', 'line', 'list', 'close']) {
    const has = await database.query(`select 1 from contribution_${table} where unit_id = 3 limit 1`);
    if (has.length === 0) continue;
    for (const change of [
      `update contribution_${table} set unit_id = unit_id`,
      `delete from contribution_${table}`,
      `truncate contribution_${table} cascade`,
    ])
      expect(await broken(change)).toBe('contribution_append_only');
  }
  expect(await broken(`delete from contribution_giver`)).toBe('contribution_append_only');
  await execute(
    servicesOn(database, '2090-04-01'),
    closeMonth,
    { unitId: VILLAGE, month: '2090-03' },
    as(who.secretary),
  );
  expect(await broken(entry(fresh), good)).toBe('contribution_month_open');
  const april = entry(fresh, seq + 1, 3, { lines: 2, on: '2090-04-01' });
  expect(await broken(april, good)).toBe('accepted');
});
