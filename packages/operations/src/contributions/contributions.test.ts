import { recordStatements } from '@dinh/store/connection';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { as, plant, refusalOf, who } from '../testing/public.ts';
import { addsUp, closeMonth, entries, list, pledge, read, receive, receiveList, reverse, use } from './public.ts';
import { DRIVE, open, scan, servicesOn, uuid, VILLAGE } from './test-drive.ts';

const database = await testDatabase();
const on = (day: string) => servicesOn(database, day);
const supervisor = uuid('aaa', 1);
const key = { unitId: VILLAGE, driveId: DRIVE };
const household = { kind: 'household' as const, name: 'Household 7' };
const money = (quantity: string) => ({ kind: 'money' as const, quantity });
const gift = (id: string, more = {}) => ({
  ...key,
  id,
  on: '2026-03-05',
  item: money('200000'),
  giver: household,
  ...more,
});
const take = (day: string, id: string, more = {}) =>
  refusalOf(execute(on(day), receive, gift(id, more), as(who.secretary)));
const spend = (id: string, quantity: string, paper: string, more = {}) =>
  refusalOf(
    execute(
      on('2026-03-20'),
      use,
      { ...key, id, on: '2026-03-20', item: money(quantity), note: 'sand', paper, content: scan(1), ...more },
      as(who.secretary),
    ),
  );

beforeAll(async () => {
  await plant(database, []);
  await database.query(`insert into person (unit_id, id, name) values ($1, $2, 'somebody')`, [VILLAGE, supervisor]);
  await database.query(`insert into post values ($1, gen_random_uuid(), $2, 'chair', '2020-01-01', '9999-12-31')`, [
    VILLAGE,
    supervisor,
  ]);
});

describe('a drive', () => {
  it('rests on a decision, and two different people keep it and watch it', async () => {
    const day = on('2026-03-01');
    expect(await refusalOf(execute(day, receive, gift(uuid('bbb', 1)), as(who.secretary)))).toBe(
      'contributions.drive-unknown',
    );
    expect(await refusalOf(open(day, who.member))).toBe('contributions.same-person');
    expect(await refusalOf(open(day, who.secretaryBeside))).toBe('contributions.person-unknown');
    const meeting = { meetingId: uuid('aaa', 8), conclusionId: uuid('aaa', 9) };
    expect(await refusalOf(open(day, supervisor, { decision: meeting }))).toBe('contributions.decision-missing');
    const paper = { number: '1', issuer: 'x', date: '2026-02-20', threshold: 'two-thirds' };
    const decided = (more: object) => refusalOf(open(day, supervisor, { decision: { ...paper, ...more } }));
    expect(await decided({ votes: { for: 79, of: 120 } })).toBe('contributions.decision-not-carried');
    expect(await decided({ votes: { for: 80, of: 120 }, date: '2026-03-02' })).toBe('contributions.day-wrong');
    expect(await refusalOf(open(day, supervisor, { from: '2026-02-19' }))).toBe('contributions.day-wrong');
    expect(await refusalOf(open(day, supervisor))).toBe('accepted');
    expect(await refusalOf(open(day, supervisor))).toBe('contributions.already-there');
  });

  it('rests on a conclusion of a meeting of the unit once that is over', async () => {
    const [meetingId, conclusionId] = [uuid('aaa', 20), uuid('aaa', 21)];
    await database.query(
      `insert into meeting (unit_id, id, kind, title, starts_at, on_day, place, minutes, state, counts, quorum, documents_days, planned_by, planned_at)
       values ($1, $2, 'village', '', '2026-02-20T12:00Z', '2026-02-20', '', 60, 'open', 'households', '{}', 0, 'x', now())`,
      [VILLAGE, meetingId],
    );
    await database.query(
      `insert into meeting_conclusion (unit_id, meeting_id, id, place, text, actor, at) values ($1, $2, $3, 1, 'agreed', 'x', now())`,
      [VILLAGE, meetingId, conclusionId],
    );
    const again = () =>
      refusalOf(open(on('2026-03-01'), supervisor, { id: uuid('aaa', 22), decision: { meetingId, conclusionId } }));
    expect(await again()).toBe('contributions.decision-missing');
    await database.query(`update meeting set state = 'closed' where id = $1`, [meetingId]);
    expect(await again()).toBe('accepted');
    expect((await execute(on('2026-03-01'), list, { unitId: VILLAGE }, as(who.officer))).drives).toHaveLength(2);
  });
});

describe('gifts', () => {
  it('are refused when they make no sense', async () => {
    const odd = (item: object, more = {}) => take('2026-03-05', uuid('bbb', 2), { item, ...more });
    for (const quantity of ['0', '-5', '1.5', '1e9', '9999999999999', 'x'])
      expect(await odd(money(quantity))).toBe('contributions.quantity-wrong');
    expect(await odd({ kind: 'labour', quantity: '1.25' })).toBe('contributions.quantity-wrong');
    expect(await odd({ ...money('5'), currency: 'USD' })).toBe('contributions.currency-foreign');
    expect(await odd({ kind: 'material', quantity: '5' })).toBe('contributions.item-wrong');
    expect(await odd(money('5'), { giver: { kind: 'anonymous', name: 'somebody' } })).toBe('contributions.giver-wrong');
    expect(await odd(money('5'), { on: '2026-02-28' })).toBe('contributions.outside-period');
    expect(await odd(money('5'), { on: '2026-03-06' })).toBe('contributions.day-wrong');
    const watching = execute(on('2026-03-05'), receive, gift(uuid('bbb', 2)), as(supervisor));
    expect(await refusalOf(watching)).toBe('contributions.supervisor-records');
    const beside = execute(on('2026-03-05'), receive, gift(uuid('bbb', 2)), as(who.secretaryBeside));
    expect(await refusalOf(beside)).toBe('access.denied');
  });

  it('get numbered receipts; promises stay apart, and no name reaches the journal', async () => {
    const offered = { ...gift(uuid('bbb', 3)), item: money('500000') };
    await execute(on('2026-03-05'), pledge, offered, as(who.secretary));
    expect(await take('2026-03-05', uuid('bbb', 4), { paper: 'A-1' })).toBe('accepted');
    expect(await take('2026-03-05', uuid('bbb', 5), { paper: 'A-1' })).toBe('contributions.receipt-used');
    expect(await take('2026-03-05', uuid('bbb', 4))).toBe('contributions.already-there');
    const land = { parcel: 'sheet 4, parcel 112', certificateUpdated: false };
    expect(await take('2026-03-05', uuid('bbb', 6), { item: { kind: 'land', quantity: '120.5' }, land })).toBe(
      'accepted',
    );
    expect(await take('2026-03-05', uuid('bbb', 7), { item: { kind: 'labour', quantity: '2.5' } })).toBe('accepted');
    const { things } = await execute(on('2026-03-05'), read, key, as(who.officer));
    expect(things.map(({ kind, pledged, received, worth }) => [kind, pledged, received, worth])).toEqual([
      ['money', '500000', '200000', null],
      ['land', '0', '120.5', null],
      ['labour', '0', '2.5', 750_000],
    ]);
    const found = await execute(on('2026-03-05'), entries, { ...key, kind: 'receive' }, as(who.member));
    expect(found.entries.map(({ receiptNumber }) => receiptNumber)).toEqual([3, 2, 1]);
    const namesFor = async (person: string) =>
      (await execute(on('2026-03-05'), entries, key, as(person))).entries.map(({ giverName }) => giverName);
    expect(new Set(await namesFor(who.secretary))).toEqual(new Set(['Household 7']));
    expect(new Set(await namesFor(supervisor))).toEqual(new Set(['Household 7']));
    expect(new Set(await namesFor(who.officer))).toEqual(new Set(['']));
    const lines = await database.query(
      `select row_to_json(j)::text as line from journal j where j::text ~ 'Household 7'`,
    );
    const answers = await database.query(`select 1 from command_answer a where a::text ~ 'Household 7'`);
    expect([lines.length, answers.length]).toEqual([0, 0]);
  });

  it('are used with a voucher each, never more than came, and undone with a reason', async () => {
    expect(await spend(uuid('ccc', 1), '200001', 'V1')).toBe('contributions.more-than-received');
    expect(
      await spend(uuid('ccc', 1), '5', 'V1', { item: { kind: 'service', name: 'a', unit: 'b', quantity: '1' } }),
    ).toBe('contributions.more-than-received');
    expect(await spend(uuid('ccc', 1), '150000', 'V1')).toBe('accepted');
    expect(await spend(uuid('ccc', 2), '5', 'V1')).toBe('contributions.receipt-used');
    const undo = (id: number, entryId: string) =>
      refusalOf(
        execute(
          on('2026-03-21'),
          reverse,
          { unitId: VILLAGE, id: uuid('ddd', id), entryId, reason: 'typed twice' },
          as(who.secretary),
        ),
      );
    expect(await undo(1, uuid('bbb', 4))).toBe('contributions.more-than-received');
    expect(await undo(1, uuid('ccc', 1))).toBe('accepted');
    expect(await undo(2, uuid('ccc', 1))).toBe('contributions.already-reversed');
    expect(await undo(2, uuid('ddd', 1))).toBe('contributions.not-reversible');
    expect(await undo(2, uuid('ccc', 99))).toBe('contributions.entry-unknown');
    expect(await undo(2, uuid('bbb', 4))).toBe('accepted');
    // The voided receipt stays; its paper may be entered rightly.
    expect(await take('2026-03-22', uuid('bbb', 8), { paper: 'A-1' })).toBe('accepted');
    const proof = await execute(on('2026-03-22'), addsUp, key, as(who.member));
    expect([proof.addsUp, proof.entries, proof.reversed]).toEqual([true, 8, 2]);
    expect(proof.things[0]).toMatchObject({
      kind: 'money',
      receipts: 1,
      received: '200000',
      vouchers: 0,
      held: '200000',
    });
  });

  it('come in whole paper lists, which must come to their totals, in few statements', async () => {
    const rows = Array.from({ length: 1_000 }, (_, n) => ({
      item: n % 4 === 0 ? { kind: 'labour' as const, quantity: '0.5' } : money('100000'),
      giver: { kind: 'household' as const, name: `Household ${n}` },
    }));
    const totals = { money: '75000000', labour: '125' };
    const paper = { ...key, id: uuid('eee', 1), on: '2026-04-02', content: scan(2), rows, totals };
    const send = (more = {}) => execute(on('2026-04-02'), receiveList, { ...paper, ...more }, as(who.secretary));
    expect(await refusalOf(send({ totals: { ...totals, money: '75100000' } }))).toBe('contributions.total-differs');
    expect(await refusalOf(send({ totals: { money: '75000000' } }))).toBe('contributions.total-differs');
    expect(await refusalOf(send({ rows: [...rows, ...rows] }))).toBe('input.invalid');
    let answer: Awaited<ReturnType<typeof send>> | null = null;
    const statements = await recordStatements(database, async () => {
      answer = await send();
    });
    // As few for a thousand lines as for one; how long it takes is the bench's to say.
    expect(statements.length).toBeLessThan(30);
    expect(answer).toMatchObject({
      receipts: 1_000,
      first: { year: 2026, number: 5 },
      last: { year: 2026, number: 1_004 },
    });
    expect((await execute(on('2026-04-02'), addsUp, key, as(who.member))).addsUp).toBe(true);
  });

  it('are not written into a closed month, which stays closed', async () => {
    const close = (day: string, month: string) =>
      refusalOf(execute(on(day), closeMonth, { unitId: VILLAGE, month }, as(who.secretary)));
    expect(await close('2026-04-10', '2026-04')).toBe('contributions.month-running');
    expect(await close('2026-04-10', '2026-03')).toBe('accepted');
    expect(await close('2026-04-10', '2026-03')).toBe('contributions.already-closed');
    expect(await close('2026-04-10', '2026-02')).toBe('contributions.already-closed');
    expect(await take('2026-04-10', uuid('bbb', 9))).toBe('contributions.month-closed');
    // A correction of March goes into April.
    const undo = { unitId: VILLAGE, id: uuid('ddd', 9), entryId: uuid('bbb', 8), reason: 'wrong household' };
    expect(await refusalOf(execute(on('2026-04-10'), reverse, undo, as(who.secretary)))).toBe('accepted');
  });
});
