import { testDatabase } from '@dinh/store/testing';
import { beforeAll, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { as, plant, refusalOf, who } from '../testing/public.ts';
import {
  addsUp,
  closeMonth,
  entries,
  entry,
  file,
  forget,
  nameConsent,
  openDrive,
  read,
  receive,
  receiveList,
  reverse,
  use,
} from './public.ts';
import { DRIVE, open, scan, servicesOn, terms, uuid, VILLAGE } from './test-drive.ts';

const database = await testDatabase();
const supervisor = uuid('aaa', 1);
const key = { unitId: VILLAGE, driveId: DRIVE };
const day = servicesOn(database, '2026-03-05');
const money = (quantity: string) => ({ kind: 'money' as const, quantity });
const household = (n: number) => ({ kind: 'household' as const, name: `Household ${n}` });
const said = async (n: number, more = {}, person: string = who.secretary) =>
  refusalOf(
    execute(
      day,
      receive,
      { ...key, id: uuid('bbb', n), on: '2026-03-05', item: money('1000'), giver: household(n), ...more },
      as(person),
    ),
  );
const seen = async (person: string) => (await execute(day, entries, key, as(person))).entries;

beforeAll(async () => {
  await plant(database, []);
  await database.query(`insert into person (unit_id, id, name) values ($1, $2, 'somebody')`, [VILLAGE, supervisor]);
  await database.query(`insert into post values ($1, gen_random_uuid(), $2, 'chair', '2020-01-01', '9999-12-31')`, [
    VILLAGE,
    supervisor,
  ]);
  await open(day, supervisor);
});

it('the names of those who gave are for those who need them, on lists and receipts too', async () => {
  const land = { item: { kind: 'land', quantity: '40' }, land: { parcel: 'parcel 12', certificateUpdated: false } };
  expect(await said(1, { ...land, note: 'beside the well' })).toBe('accepted');
  const rows = [2, 3].map((n) => ({ item: money('500'), giver: household(n) }));
  const list = { ...key, id: uuid('eee', 1), on: '2026-03-05', content: scan(71), rows, totals: { money: '1000' } };
  await execute(day, receiveList, list, as(who.secretary));
  const [digest] = (await seen(who.secretary)).flatMap(({ listFile }) => listFile ?? []);
  const outside = JSON.stringify(await seen(who.officer));
  expect(outside).not.toMatch(/Household|parcel 12|beside the well/);
  expect(outside).not.toContain(digest);
  const look = (person: string) => refusalOf(execute(day, file, { unitId: VILLAGE, digest: digest! }, as(person)));
  const one = (person: string) =>
    refusalOf(execute(day, entry, { unitId: VILLAGE, entryId: uuid('bbb', 1) }, as(person)));
  for (const person of [who.secretary, supervisor, who.member])
    expect([await look(person), await one(person)]).toEqual(['accepted', 'accepted']);
  expect([await look(who.officer), await one(who.officer)]).toEqual([
    'contributions.names-kept',
    'contributions.names-kept',
  ]);
  expect(await one(who.secretaryBeside)).toBe('access.denied');
});

it('a giver takes a name back, or is forgotten: the book stays as it was', async () => {
  const ask = (publish: boolean, n = 1, person: string = who.secretary) =>
    refusalOf(execute(day, nameConsent, { unitId: VILLAGE, entryId: uuid('bbb', n), publish }, as(person)));
  expect(await ask(true, 1, supervisor)).toBe('contributions.supervisor-records');
  expect(await ask(true)).toBe('accepted');
  expect(JSON.stringify(await seen(who.officer))).toContain('Household 1');
  expect(JSON.stringify(await seen(who.officer))).not.toContain('parcel 12');
  expect(await ask(false)).toBe('accepted');
  expect(JSON.stringify(await seen(who.officer))).not.toContain('Household 1');
  const before = (await execute(day, read, key, as(who.secretary))).things;
  const go = (n: number, person: string = who.secretary) =>
    refusalOf(execute(day, forget, { unitId: VILLAGE, entryId: uuid('bbb', n) }, as(person)));
  await said(4, { giver: household(1) });
  await execute(
    day,
    reverse,
    { unitId: VILLAGE, id: uuid('ddd', 1), entryId: uuid('bbb', 4), reason: 'Household 1 said so' },
    as(who.secretary),
  );
  expect(await go(1, supervisor)).toBe('contributions.supervisor-records');
  expect(await go(99)).toBe('contributions.entry-unknown');
  expect(await go(1)).toBe('accepted');
  expect(await go(1)).toBe('contributions.nobody-named');
  expect(await said(5, { giver: { kind: 'anonymous' } })).toBe('accepted');
  expect([await go(5), await ask(true, 5)]).toEqual(['contributions.nobody-named', 'contributions.nobody-named']);
  const left = await database.query<{ line: string }>(
    `select row_to_json(t)::text as line from contribution_giver t union all select row_to_json(t)::text from contribution_entry t
     union all select row_to_json(t)::text from journal t union all select row_to_json(t)::text from command_answer t`,
  );
  expect(left.filter(({ line }) => /Household 1\b|parcel 12|beside the well/.test(line))).toEqual([]);
  const proof = await execute(day, addsUp, key, as(who.secretary));
  expect([proof.addsUp, proof.checks.counted]).toEqual([true, true]);
  const after = (await execute(day, read, key, as(who.secretary))).things;
  expect(after.find(({ kind }) => kind === 'land')).toEqual(before.find(({ kind }) => kind === 'land'));
});

it('the database lets an entry be emptied of words alone, and a giver be forgotten alone', async () => {
  await said(6, { note: 'said something' });
  const id = uuid('bbb', 6);
  const broken = (change: string) =>
    database.query(change).then(
      () => 'accepted',
      (error: unknown) => (error as { constraint?: string }).constraint ?? String(error),
    );
  for (const change of [
    `update contribution_entry set note = 'other' where id = '${id}'`,
    `update contribution_entry set note = '', on_day = on_day + 1 where id = '${id}'`,
    `update contribution_entry set note = '', households = households + 1 where id = '${id}'`,
    `update contribution_entry set note = note where id = '${id}'`,
    `update contribution_giver set name = 'Somebody else' where name <> ''`,
    `update contribution_giver set kind = 'person' where kind = 'household'`,
    `update contribution_giver set drive_id = null`,
    'delete from contribution_giver',
  ])
    expect([change, await broken(change)]).toEqual([change, 'contribution_append_only']);
  expect(await broken(`update contribution_entry set note = '', parcel = '' where id = '${id}'`)).toBe('accepted');
});

it('a third person closes: neither who holds the money nor who watches', async () => {
  const march = servicesOn(database, '2026-04-02');
  const second = uuid('aaa', 77);
  await open(servicesOn(database, '2026-03-20'), who.member, { id: second, treasurer: who.secretary });
  const close = (person: string, month = '2026-03') =>
    refusalOf(execute(march, closeMonth, { unitId: VILLAGE, month }, as(person)));
  const gift = { unitId: VILLAGE, driveId: second, on: '2026-03-21', item: money('5'), giver: household(9) };
  await execute(servicesOn(database, '2026-03-21'), receive, { ...gift, id: uuid('bbb', 50) }, as(supervisor));
  expect(await close(supervisor)).toBe('contributions.supervisor-records');
  expect(await close(who.secretary)).toBe('contributions.treasurer-closes');
  expect(await close(who.member)).toBe('access.denied');
  // The months before either wrote anything are closed by whoever keeps the book.
  expect(await close(who.secretary, '2026-02')).toBe('accepted');
});

it('words that steer text are refused, markup is only text, goods differ by their accents', async () => {
  const named = (name: string) => said(60, { giver: { kind: 'household', name } });
  for (const name of ['a\u202eb', 'a\u0000b', 'a\nb', 'x'.repeat(201)]) expect(await named(name)).toBe('input.invalid');
  const purpose = '<script>alert(1)</script>';
  const id = uuid('aaa', 88);
  expect(await refusalOf(open(day, supervisor, { id, purpose }))).toBe('accepted');
  expect((await execute(day, read, { unitId: VILLAGE, driveId: id }, as(who.secretary))).drive.purpose).toBe(purpose);
  const goods = (n: number, name: string) =>
    said(n, { driveId: id, item: { kind: 'material', name, unit: 'kg', quantity: '2' } });
  expect([await goods(61, 'dầu'), await goods(62, 'đậu'), await goods(63, '  ĐẬU ')]).toEqual(
    Array.from({ length: 3 }, () => 'accepted'),
  );
  const { things } = await execute(day, read, { unitId: VILLAGE, driveId: id }, as(who.secretary));
  expect(things.map(({ name, received }) => [name, received])).toEqual([
    ['dầu', '2'],
    ['đậu', '4'],
  ]);
});

it('a meeting that voted opens a drive only when the vote carried, and what is used first came', async () => {
  const [meetingId, conclusionId, carried, lost] = [20, 21, 22, 23].map((n) => uuid('aaa', n)) as [
    string,
    string,
    string,
    string,
  ];
  await database.query(
    `insert into meeting (unit_id, id, kind, title, starts_at, on_day, place, minutes, state, counts, quorum, documents_days, planned_by, planned_at)
     values ($1, $2, 'village', '', '2026-02-20T12:00Z', '2026-02-20', '', 60, 'closed', 'households', '{}', 0, 'x', now())`,
    [VILLAGE, meetingId],
  );
  await database.query(
    `insert into meeting_conclusion (unit_id, meeting_id, id, place, text, actor, at) values ($1, $2, $3, 1, 'agreed', 'x', now())`,
    [VILLAGE, meetingId, conclusionId],
  );
  for (const [id, state, votes] of [
    [carried, 'carried', 90],
    [lost, 'not-carried', 50],
  ] as const)
    await database.query(
      `insert into poll (unit_id, id, meeting_id, kind, way, question, choices, rule, round, first_id, state, eligible, opened_at, opened_by,
         ended_at, ended_by, present, result)
       values ($1, $2, $3, 'question', 'hands', 'Shall we?', '[]', '{}', 1, $2, 'closed', 120, now(), 'x', now(), 'x', 120, $4)`,
      [
        VILLAGE,
        id,
        meetingId,
        JSON.stringify({
          tally: { for: votes, against: 120 - votes },
          outcome: { state, winners: state === 'carried' ? ['for'] : [], base: 120 },
        }),
      ],
    );
  const begin = (n: number, pollId: string) =>
    refusalOf(
      execute(
        day,
        openDrive,
        { ...terms(supervisor), id: uuid('aaa', n), decision: { meetingId, conclusionId, pollId } },
        as(who.secretary),
      ),
    );
  expect(await begin(30, lost)).toBe('contributions.decision-not-carried');
  expect(await begin(30, uuid('aaa', 99))).toBe('contributions.decision-not-carried');
  expect(await begin(30, carried)).toBe('accepted');
  const { drive } = await execute(day, read, { unitId: VILLAGE, driveId: uuid('aaa', 30) }, as(who.secretary));
  expect([drive.votesFor, drive.votesOf]).toEqual([90, 120]);
  const spend = { ...key, driveId: uuid('aaa', 30), id: uuid('ccc', 1), on: '2026-03-05', item: money('1'), note: 'x' };
  expect(await refusalOf(execute(day, use, { ...spend, paper: 'V', content: scan(5) }, as(who.secretary)))).toBe(
    'contributions.more-than-received',
  );
});
