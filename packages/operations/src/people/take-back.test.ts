import { describe, expect, test } from 'vitest';
import { execute } from '../kernel/public.ts';
import {
  acceptInvitation,
  addMember,
  endPost,
  givePost,
  invite,
  listMembers,
  readMember,
  recoverAccount,
  takeBackMember,
  takeBackPost,
  takeBackRecovery,
} from './public.ts';
import { as, password, refusal, system, testInstallation } from './test-installation.ts';
import { CELL, testTree } from './test-tree.ts';

const { services, who, database } = await testTree();
const later = { ...services, clock: () => new Date('2026-11-23T03:00:00Z') };
const add = (name: string) => execute(services, addMember, { unitId: CELL, name }, as(who.secretary));
const postsOf = async (personId: string) =>
  (await execute(services, readMember, { unitId: CELL, personId }, { actor: system })).posts
    .filter(({ unitId }) => unitId === CELL)
    .map(({ post, from, until }) => [post, from, until]);

describe('somebody added by mistake', () => {
  test('is gone from every list and nothing of them is kept', async () => {
    const { personId } = await add('Người Nhầm');
    await execute(services, takeBackMember, { unitId: CELL, personId }, as(who.secretary));
    for (const day of ['2026-11-21', '2026-11-22', '2020-01-01'])
      expect(
        (await execute(services, listMembers, { unitId: CELL, day }, { actor: system })).people.map(({ id }) => id),
      ).not.toContain(personId);
    const rows = await database.query('select name, search, phone from person where id = $1', [personId]);
    expect(rows).toEqual([{ name: '', search: '', phone: null }]);
    // The same person may be added again at once.
    await add('Người Nhầm');
  });

  test('stays once a day has gone or they have an account, and is not for a stranger to take', async () => {
    const { personId } = await add('Người Ở Lại');
    const take = (call: Parameters<typeof execute>[3], at = services) =>
      refusal(execute(at, takeBackMember, { unitId: CELL, personId }, call));
    expect(await take(as(who.stranger))).toBe('access.denied');
    expect(await take(as(who.member))).toBe('access.denied');
    expect(await take(as(who.secretary), later)).toBe('people.not-just-done');
    const { token } = await execute(services, invite, { unitId: CELL, personId }, as(who.secretary));
    const account = { token, signInName: 'nguoi.o.lai', password };
    await execute(services, acceptInvitation, account, { actor: { kind: 'anonymous' } });
    expect(await take(as(who.secretary))).toBe('people.has-account');
    expect(
      await refusal(execute(services, takeBackMember, { unitId: CELL, personId: who.officer }, as(who.secretary))),
    ).toBe('people.person-unknown');
  });
});

describe('a post given or ended by mistake', () => {
  test('the wrong secretary never was, and the one they replaced goes on as before', async () => {
    const before = await postsOf(who.secretary);
    const given = await execute(
      services,
      givePost,
      { unitId: CELL, personId: who.member, post: 'secretary', replacing: true },
      as(who.local),
    );
    expect(given.resumable).toHaveLength(1);
    expect(await postsOf(who.secretary)).not.toEqual(before);
    const back = { unitId: CELL, given: given.postId, resume: given.resumable };
    expect(await refusal(execute(services, takeBackPost, back, as(who.stranger)))).toBe('access.denied');
    expect(await refusal(execute(later, takeBackPost, back, as(who.local)))).toBe('people.not-just-done');
    expect(await execute(services, takeBackPost, back, as(who.local))).toEqual({ taken: given.postId, resumed: 1 });
    expect(await postsOf(who.secretary)).toEqual(before);
    expect(await postsOf(who.member)).toEqual([['member-official', '2020-01-01', null]]);
    expect(await refusal(execute(services, takeBackPost, back, as(who.local)))).toBe('people.post-unknown');
  });

  test('a post that was ended goes on, but not for longer twice, nor beside the same post', async () => {
    const [held] = (await execute(services, readMember, { unitId: CELL, personId: who.member }, { actor: system }))
      .posts;
    const input = { unitId: CELL, postId: held!.id, on: '2026-11-21' };
    const { resumable } = await execute(services, endPost, input, as(who.secretary));
    const back = { unitId: CELL, resume: resumable };
    const again = { unitId: CELL, personId: who.member, post: 'member-official' as const };
    const { postId } = await execute(services, givePost, again, as(who.secretary));
    expect(await refusal(execute(services, takeBackPost, back, as(who.secretary)))).toBe('people.post-held');
    await execute(services, takeBackPost, { unitId: CELL, given: postId }, as(who.secretary));
    await execute(services, takeBackPost, back, as(who.secretary));
    expect(await postsOf(who.member)).toEqual([['member-official', '2020-01-01', null]]);
    expect(await refusal(execute(services, takeBackPost, back, as(who.secretary)))).toBe('people.post-dates-wrong');
  });

  test('a post that ended long ago stays ended', async () => {
    const [held] = (await execute(services, readMember, { unitId: CELL, personId: who.member }, { actor: system }))
      .posts;
    const postId = held!.id;
    await execute(services, endPost, { unitId: CELL, postId, on: '2024-05-01' }, as(who.secretary));
    const back = { unitId: CELL, resume: [{ postId, to: null }] };
    expect(await refusal(execute(services, takeBackPost, back, as(who.secretary)))).toBe('people.not-just-done');
  });
});

test('the account of the wrong person is given back within an hour, unless its new link was used', async () => {
  const { services, clock, enter, administrator, root, joined } = await testInstallation();
  const personId = await joined('Member', 'member');
  const recover = () => execute(services, recoverAccount, { unitId: root, personId }, as(administrator));
  const back = () => refusal(execute(services, takeBackRecovery, { unitId: root, personId }, as(administrator)));
  const enters = async () => (await refusal(enter('member'))) === 'accepted';
  expect(await back()).toBe('people.not-just-done');
  const { token } = await recover();
  expect(await enters()).toBe(false);
  expect(await back()).toBe('accepted');
  expect(await enters()).toBe(true);
  const use = (link: string) =>
    refusal(
      execute(
        services,
        acceptInvitation,
        { token: link, signInName: 'member', password },
        { actor: { kind: 'anonymous' } },
      ),
    );
  expect(await use(token)).toBe('people.invitation-expired');
  const second = await recover();
  expect(await use(second.token)).toBe('accepted');
  expect(await back()).toBe('people.not-just-done');
  await recover();
  clock.ahead = 61 * 60_000;
  expect(await back()).toBe('people.not-just-done');
});
