import type { Refusal } from '@dinh/domain/kernel';
import { describe, expect, test } from 'vitest';
import { execute } from '../kernel/public.ts';
import { addMember, correctMember, eraseMember, importMembers, listMembers, readMember, transfer } from './public.ts';
import { as, refusal, system } from './test-installation.ts';
import { CELL, OTHER, testTree } from './test-tree.ts';

const { database, person, services, who } = await testTree();

describe('keeping records', () => {
  test('a list is taken whole or not at all, and says which lines are wrong', async () => {
    const rows = [
      { name: 'Line One' },
      { name: '' },
      { name: 'Line Three', phone: 'abc' },
      { name: 'Line Four', born: '1970-02-30' },
    ];
    const work = execute(services, importMembers, { unitId: CELL, rows }, { ...as(who.secretary) });
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
    ).toBe('people.named-twice');
    const done = await execute(
      services,
      importMembers,
      { unitId: CELL, rows: [{ name: 'Line One' }, { name: 'Line Two', phone: '٠٩١٢-٣٤٥-٦٧٨' }] },
      { ...as(who.secretary) },
    );
    expect(done.personIds).toHaveLength(2);
    const found = await execute(services, listMembers, { unitId: CELL, search: 'line two' }, { actor: system });
    expect(found.people[0]?.phone).toBe('0912345678');
  });

  test('a secretary does not import administrators', async () => {
    const rows = [{ name: 'Climber', post: 'administrator' as const }];
    expect(await refusal(execute(services, importMembers, { unitId: CELL, rows }, { ...as(who.secretary) }))).toBe(
      'people.cannot-hand-on',
    );
  });

  test('a correction changes what it names and empties what it nulls', async () => {
    await execute(
      services,
      correctMember,
      { unitId: CELL, personId: who.member, name: 'Renamed', phone: null },
      { ...as(who.secretary) },
    );
    const { person: read } = await execute(
      services,
      readMember,
      { unitId: CELL, personId: who.member },
      { ...as(who.secretary) },
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
          { ...as(actor) },
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
      { ...as(who.secretary) },
    );
    expect(await refusal(execute(services, eraseMember, { unitId: CELL, personId }, { ...as(who.stranger) }))).toBe(
      'access.denied',
    );
    await execute(services, eraseMember, { unitId: CELL, personId }, { ...as(who.secretary) });
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
    expect(await refusal(execute(services, readMember, { unitId: CELL, personId }, { ...as(who.secretary) }))).toBe(
      'people.person-erased',
    );
  });
});
