import { tmpdir } from 'node:os';
import { Refusal } from '@dinh/domain/kernel';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../kernel/public.ts';
import { execute } from '../kernel/public.ts';
import {
  addMember,
  administerRoot,
  correctMember,
  endPost,
  eraseMember,
  givePost,
  importMembers,
  listMembers,
  readMember,
  transfer,
} from './public.ts';

const database = await testDatabase();
const services = { database, filesDirectory: tmpdir(), clock: () => new Date('2026-11-21T03:00:00Z') };
const [PROVINCE, COMMUNE, CELL, OTHER, ISLAND] = [1, 2, 3, 4, 5];
const system: Actor = { kind: 'system', label: 'cli' };

const run = <T>(work: (call: { actor: Actor }) => Promise<T>, actor: Actor = system) => work({ actor });
const as = (personId: string): Actor => ({ kind: 'person', personId });

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'accepted',
    (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      return error.fields[0] ? `${error.code}:${error.fields[0].path}:${error.fields[0].code}` : error.code;
    },
  );
}

async function person(unitId: number, name: string, post: Parameters<typeof givePost.run>[1]['post']): Promise<string> {
  const { personId } = await run((call) =>
    execute(
      services,
      addMember,
      { unitId, name, phone: '0912 345 678', born: '1970-05-01', post, from: '2020-01-01', another: true },
      call,
    ),
  );
  return personId;
}

const who = { administrator: '', local: '', provincial: '', officer: '', secretary: '', member: '', stranger: '' };

beforeAll(async () => {
  await database.query(`insert into unit_kind values ('any', 'organisational', 0, '{}') on conflict do nothing`);
  await database.query(`insert into unit (id, line) select n, 'organisational' from generate_series(1, 5) n`);
  for (const [id, parent] of [
    [PROVINCE, null],
    [COMMUNE, PROVINCE],
    [CELL, COMMUNE],
    [OTHER, COMMUNE],
    [ISLAND, null],
  ] as const) {
    await database.query(`insert into unit_version values ($1, '0001-01-01', '9999-12-31', 'any', null, $2, $2)`, [
      id,
      `unit ${id}`,
    ]);
    if (parent)
      await database.query(`insert into unit_parent values ($1, '0001-01-01', '9999-12-31', $2)`, [id, parent]);
  }
  who.administrator = await person(PROVINCE, 'Root Administrator', 'administrator');
  who.local = await person(COMMUNE, 'Local Administrator', 'administrator');
  who.provincial = await person(PROVINCE, 'Provincial Officer', 'officer');
  who.officer = await person(COMMUNE, 'Commune Officer', 'officer');
  who.secretary = await person(CELL, 'Đặng Thị Secretary', 'secretary');
  who.member = await person(CELL, 'Member', 'member-official');
  who.stranger = await person(OTHER, 'Other Secretary', 'secretary');
});

describe('what a reader sees', () => {
  const list = (reader: string, input = {}) =>
    execute(services, listMembers, { unitId: CELL, ...input }, { actor: as(reader) });

  test('the secretary sees ways to reach members; fellow members see names and posts alone', async () => {
    const forSecretary = (await list(who.secretary)).people.find((each) => each.id === who.member);
    expect(forSecretary).toMatchObject({ name: 'Member', phone: '0912345678', born: '1970-05-01' });
    const forMember = (await list(who.member)).people.find((each) => each.id === who.secretary);
    expect(Object.keys(forMember ?? {}).sort()).toEqual(['account', 'erased', 'id', 'name', 'posts', 'unitId']);
    expect((await list(who.member)).people.find((each) => each.id === who.member)?.phone).toBe('0912345678');
  });

  test('the level above sees who holds an office, never who is a member', async () => {
    const seen = await list(who.officer);
    expect(seen.people.map((each) => each.id)).toEqual([who.secretary]);
    expect(seen.total).toBe(1);
    expect(
      await refusal(execute(services, readMember, { unitId: CELL, personId: who.member }, { actor: as(who.officer) })),
    ).toBe('people.person-unknown');
    expect((await list(who.officer, { post: 'member-official' })).people).toEqual([]);
    expect(seen.people[0]).not.toHaveProperty('phone');
  });

  test('another unit sees nothing, and nobody searches beyond one unit', async () => {
    expect(await refusal(list(who.stranger))).toBe('access.denied');
    expect(
      await refusal(
        execute(services, readMember, { unitId: OTHER, personId: who.member }, { actor: as(who.stranger) }),
      ),
    ).toBe('people.person-unknown');
    expect((await list(who.secretary, { search: 'dang thi' })).people.map((each) => each.id)).toEqual([who.secretary]);
    expect((await list(who.secretary, { search: '%' })).total).toBe(2);
  });

  test('reads say which buttons work', async () => {
    expect((await list(who.secretary)).allowed).toContain('people.add-member');
    expect((await list(who.officer)).allowed).toEqual([]);
    const read = await execute(
      services,
      readMember,
      { unitId: CELL, personId: who.secretary },
      { actor: as(who.officer) },
    );
    expect(read.allowed.sort()).toEqual(['people.invite', 'people.recover-account']);
  });
});

describe('handing on posts', () => {
  const give = (
    actor: string,
    unitId: number,
    personId: string,
    post: 'secretary' | 'officer' | 'administrator' | 'committee-member',
    more = {},
  ) => refusal(execute(services, givePost, { unitId, personId, post, ...more }, { actor: as(actor) }));

  test('nobody gives more than they have', async () => {
    expect(await give(who.secretary, CELL, who.member, 'officer')).toBe('people.cannot-hand-on');
    expect(await give(who.secretary, CELL, who.member, 'administrator')).toBe('people.cannot-hand-on');
    expect(await give(who.secretary, OTHER, who.member, 'committee-member')).toBe('access.denied');
    expect(await give(who.local, PROVINCE, who.member, 'officer')).toBe('access.denied');
    expect(await give(who.officer, CELL, who.member, 'secretary')).toBe('access.denied');
    expect(await give(who.member, CELL, who.member, 'secretary')).toBe('access.denied');
    expect(await give(who.secretary, CELL, who.member, 'committee-member')).toBe('accepted');
    expect(await give(who.secretary, CELL, who.member, 'committee-member')).toBe('people.post-held');
    expect(await give(who.local, COMMUNE, who.secretary, 'officer', { from: '2027-01-01' })).toBe('accepted');
  });

  test('people of other units cannot be drawn in', async () => {
    expect(await give(who.secretary, CELL, who.stranger, 'committee-member')).toBe('people.person-unknown');
  });

  test('a new secretary takes the place of the old one on a day', async () => {
    const next = await person(OTHER, 'Next', 'member-official');
    await execute(
      services,
      givePost,
      { unitId: OTHER, personId: next, post: 'secretary', from: '2026-11-01', replacing: true },
      { actor: as(who.local) },
    );
    const before = await execute(
      services,
      listMembers,
      { unitId: OTHER, day: '2026-10-31', post: 'secretary' },
      { actor: system },
    );
    const after = await execute(services, listMembers, { unitId: OTHER, post: 'secretary' }, { actor: system });
    expect([before.people.map((each) => each.id), after.people.map((each) => each.id)]).toEqual([
      [who.stranger],
      [next],
    ]);
    expect(before.people[0]?.posts[0]?.until).toBe('2026-10-31');
  });

  test('the last administrator stays', async () => {
    const read = await execute(
      services,
      readMember,
      { unitId: PROVINCE, personId: who.administrator },
      { actor: as(who.administrator) },
    );
    const postId = read.posts[0]!.id;
    const end = () =>
      refusal(execute(services, endPost, { unitId: PROVINCE, postId }, { actor: as(who.administrator) }));
    expect(await end()).toBe('people.last-administrator');
    expect(
      await refusal(
        execute(
          services,
          eraseMember,
          { unitId: PROVINCE, personId: who.administrator },
          { actor: as(who.administrator) },
        ),
      ),
    ).toBe('people.last-administrator');
  });

  test('a root without an administrator is taken on by one of the installation, once', async () => {
    const take = (actor: string) =>
      refusal(execute(services, administerRoot, { unitId: ISLAND }, { actor: as(actor) }));
    expect(await take(who.local)).toBe('access.denied');
    expect(await take(who.administrator)).toBe('accepted');
    expect(await take(who.administrator)).toBe('people.root-administered');
  });
});

describe('keeping records', () => {
  test('a list is taken whole or not at all, and says which lines are wrong', async () => {
    const rows = [
      { name: 'Line One' },
      { name: '' },
      { name: 'Line Three', phone: 'abc' },
      { name: 'Line Four', born: '1970-02-30' },
    ];
    const work = execute(services, importMembers, { unitId: CELL, rows }, { actor: as(who.secretary) });
    const problems = await work.then(
      () => [],
      (error: Refusal) => error.fields.map(({ path, code }) => [path, code]),
    );
    expect(problems).toEqual([
      ['rows.1.name', 'input.required'],
      ['rows.2.phone', 'people.phone-wrong'],
      ['rows.3.born', 'input.invalid'],
    ]);
    expect((await execute(services, listMembers, { unitId: CELL, search: 'line' }, { actor: system })).total).toBe(0);
    expect(
      await refusal(
        execute(
          services,
          importMembers,
          { unitId: CELL, rows: [{ name: 'Line One' }, { name: 'line  ONE' }] },
          { actor: system },
        ),
      ),
    ).toBe('input.invalid:rows.1.name:people.named-twice');
    const done = await execute(
      services,
      importMembers,
      { unitId: CELL, rows: [{ name: 'Line One' }, { name: 'Line Two', phone: '٠٩١٢-٣٤٥-٦٧٨' }] },
      { actor: as(who.secretary) },
    );
    expect(done.personIds).toHaveLength(2);
    const found = await execute(services, listMembers, { unitId: CELL, search: 'line two' }, { actor: system });
    expect(found.people[0]?.phone).toBe('0912345678');
  });

  test('a secretary does not import administrators', async () => {
    const rows = [{ name: 'Climber', post: 'administrator' as const }];
    expect(await refusal(execute(services, importMembers, { unitId: CELL, rows }, { actor: as(who.secretary) }))).toBe(
      'people.cannot-hand-on',
    );
  });

  test('a correction changes what it names and empties what it nulls', async () => {
    await execute(
      services,
      correctMember,
      { unitId: CELL, personId: who.member, name: 'Renamed', phone: null },
      { actor: as(who.secretary) },
    );
    const { person: read } = await execute(
      services,
      readMember,
      { unitId: CELL, personId: who.member },
      { actor: as(who.secretary) },
    );
    expect(read).toMatchObject({ name: 'Renamed', phone: null, born: '1970-05-01' });
    expect((await execute(services, listMembers, { unitId: CELL, search: 'renamed' }, { actor: system })).total).toBe(
      1,
    );
  });

  test('a transfer takes membership and contact along and leaves the old unit its history', async () => {
    const mover = await person(CELL, 'Mover', 'member-official');
    const move = (actor: string) =>
      refusal(
        execute(
          services,
          transfer,
          { unitId: CELL, personId: mover, toUnitId: OTHER, on: '2026-11-10' },
          { actor: as(actor) },
        ),
      );
    expect(await move(who.secretary)).toBe('access.denied');
    expect(await move(who.local)).toBe('accepted');
    const there = await execute(services, listMembers, { unitId: OTHER, search: 'mover' }, { actor: system });
    expect(there.people[0]).toMatchObject({
      id: mover,
      phone: '0912345678',
      posts: [{ post: 'member-official', from: '2026-11-10' }],
    });
    expect((await execute(services, listMembers, { unitId: CELL, search: 'mover' }, { actor: system })).total).toBe(0);
    const before = await execute(
      services,
      listMembers,
      { unitId: CELL, search: 'mover', day: '2026-11-09' },
      { actor: system },
    );
    expect(before.people[0]).toMatchObject({ id: mover, name: 'Mover' });
    expect(await database.query('select phone from person where unit_id = $1 and id = $2', [CELL, mover])).toEqual([
      { phone: null },
    ]);
  });

  test('erasing leaves no name anywhere, in no table, and an unguessable journal', async () => {
    const { personId } = await execute(
      services,
      addMember,
      { unitId: CELL, name: 'Quyển Erasmus', phone: '0987 111 222', email: 'q@example.org' },
      { actor: as(who.secretary) },
    );
    expect(await refusal(execute(services, eraseMember, { unitId: CELL, personId }, { actor: as(who.stranger) }))).toBe(
      'access.denied',
    );
    await execute(services, eraseMember, { unitId: CELL, personId }, { actor: as(who.secretary) });
    const tables = await database.query<{ name: string }>(
      `select format('%I', table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const found = await database.query(`select 1 from ${name} t where t::text ~* 'Erasmus|0987111222|q@example'`);
      expect([name, found.length]).toEqual([name, 0]);
    }
    const salts = await database.query<{ salt: Buffer }>(
      `select a.salt from command_answer a join journal j using (unit_id, command_id) where a.operation = 'people.add-member' and a.answer is null`,
    );
    expect(salts.map((row) => row.salt.length)).toEqual([0]);
    expect(await refusal(execute(services, readMember, { unitId: CELL, personId }, { actor: as(who.secretary) }))).toBe(
      'people.person-erased',
    );
  });
});
