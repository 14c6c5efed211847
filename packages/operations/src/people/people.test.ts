import { describe, expect, test } from 'vitest';
import { execute } from '../kernel/public.ts';
import { administerRoot, endPost, eraseMember, givePost, listMembers, readMember } from './public.ts';
import { as, refusal, system } from './test-installation.ts';
import { CELL, COMMUNE, ISLAND, OTHER, PROVINCE, testTree } from './test-tree.ts';

const { person, services, who } = await testTree();

describe('what a reader sees', () => {
  const list = (reader: string, input = {}) =>
    execute(services, listMembers, { unitId: CELL, ...input }, { ...as(reader) });

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
    expect((await list(who.observer)).people).toEqual(seen.people);
    expect(
      await refusal(execute(services, readMember, { unitId: CELL, personId: who.member }, { ...as(who.officer) })),
    ).toBe('people.person-unknown');
    expect((await list(who.officer, { post: 'member-official' })).people).toEqual([]);
    expect(seen.people[0]).not.toHaveProperty('phone');
  });

  test('another unit sees nothing, and nobody searches beyond one unit', async () => {
    expect(await refusal(list(who.stranger))).toBe('access.denied');
    expect(
      await refusal(execute(services, readMember, { unitId: OTHER, personId: who.member }, { ...as(who.stranger) })),
    ).toBe('people.person-unknown');
    expect((await list(who.secretary, { search: 'dang thi' })).people.map((each) => each.id)).toEqual([who.secretary]);
    expect((await list(who.secretary, { search: '%' })).total).toBe(2);
  });

  test('reads say which buttons work', async () => {
    expect((await list(who.secretary)).allowed).toContain('people.add-member');
    expect((await list(who.officer)).allowed).toEqual([]);
    const read = await execute(services, readMember, { unitId: CELL, personId: who.secretary }, { ...as(who.officer) });
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
  ) => refusal(execute(services, givePost, { unitId, personId, post, ...more }, { ...as(actor) }));

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
      { ...as(who.local) },
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
      { ...as(who.administrator) },
    );
    const postId = read.posts[0]!.id;
    const end = () => refusal(execute(services, endPost, { unitId: PROVINCE, postId }, { ...as(who.administrator) }));
    expect(await end()).toBe('people.last-administrator');
    expect(
      await refusal(
        execute(services, eraseMember, { unitId: PROVINCE, personId: who.administrator }, { ...as(who.administrator) }),
      ),
    ).toBe('people.last-administrator');
  });

  test('a root without an administrator is taken on by one of the installation, once', async () => {
    const take = (actor: string) => refusal(execute(services, administerRoot, { unitId: ISLAND }, { ...as(actor) }));
    expect(await take(who.local)).toBe('access.denied');
    expect(await take(who.administrator)).toBe('accepted');
    expect(await take(who.administrator)).toBe('people.root-administered');
  });
});
