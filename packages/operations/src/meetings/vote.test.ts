import { testDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { execute } from '../kernel/public.ts';
import { close, count, repeat, show } from '../polls/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import { addSession, markOthers, open, openVote } from './public.ts';
import { furnishHall } from './test-hall.ts';

const database = await testDatabase();
const { at, plannedMeeting, openMeeting } = await furnishHall(database);
const rule = { threshold: { numerator: 1, denominator: 2, strict: 'more-than' as const, of: 'eligible' as const } };

it('a vote asks those in the room who may vote, once enough of them are there', async () => {
  const ask = (key: { unitId: number; meetingId: string }, pollId = uuidv7(), actor: string = who.secretary) =>
    execute(
      at('2026-11-20'),
      openVote,
      { ...key, pollId, kind: 'question', way: 'hands', question: 'Shall the road be mended?', rule },
      as(actor),
    );
  expect(await refusalOf(ask(await plannedMeeting()))).toBe('meetings.not-opened');
  const key = await openMeeting();
  expect(await refusalOf(ask(key))).toBe('meetings.not-quorate');
  await execute(at('2026-11-20'), markOthers, { ...key, state: 'present' }, as(who.secretary));
  expect(await refusalOf(ask(key, uuidv7(), who.member))).toBe('access.denied');
  const pollId = uuidv7();
  // Secretary and member; the probationary member is in the room and has no vote, the exempt one did not come.
  expect(await ask(key, pollId)).toMatchObject({ eligible: 2, state: 'open' });
  const seen = await execute(at('2026-11-20'), show, { unitId: key.unitId, pollId }, as(who.secretary));
  expect(seen.voters.map(({ personId }) => personId).toSorted()).toEqual([who.secretary, who.member].toSorted());
});

describe('a village', () => {
  const now = at('2026-11-20');
  const counters: [string, string] = [who.secretary, who.member];
  async function twoClusters() {
    const key = await plannedMeeting({ kind: 'village', quorum: { parts: 1, of: 2, strict: true } });
    const asked = { ...key, pollId: uuidv7(), kind: 'question' as const, question: 'Shall the canal be dug?', rule };
    const ask = (way: z.input<typeof openVote.input>['way'], actor: string = who.secretary) =>
      execute(now, openVote, { ...asked, way }, as(actor));
    const sittings = [uuidv7(), uuidv7()] as const;
    const add = async () => {
      for (const [nth, id] of sittings.entries()) {
        const sitting = { ...key, id, name: `cluster ${nth + 1}`, on: '2026-11-20', at: '19:30', place: 'a yard' };
        await execute(at('2026-11-12'), addSession, { ...sitting, households: 40 + nth * 20 }, as(who.secretary));
      }
    };
    const poll = { unitId: key.unitId, pollId: asked.pollId };
    const say = (nth: 0 | 1, counts: Record<string, number>, more: Partial<z.input<typeof count.input>> = {}) =>
      refusalOf(
        execute(now, count, { ...poll, sittingId: sittings[nth], counts, counters, ...more }, as(who.secretary)),
      );
    const end = () => execute(now, close, { ...poll, present: 0 }, as(who.secretary));
    return { key, poll, ask, add, say, end };
  }

  it('votes by household, sitting by sitting, and the counts add up', async () => {
    const { key, poll, ask, add, say, end } = await twoClusters();
    await execute(now, open, key, as(who.secretary));
    expect(await refusalOf(ask('hands'))).toBe('meetings.sessions-missing');
    await add();
    expect(await refusalOf(ask('secret'))).toBe('polls.way-wrong');
    expect(await refusalOf(ask('hands', who.member))).toBe('access.denied');
    expect(await ask('hands')).toMatchObject({ state: 'open', eligible: 100 });
    expect(await refusalOf(execute(now, count, { ...poll, counts: { for: 1 }, counters }, as(who.secretary)))).toBe(
      'polls.sitting-unknown',
    );
    expect(await say(0, { for: 30 }, { sittingId: uuidv7() })).toBe('polls.sitting-unknown');
    expect(await say(0, { for: 30 }, { present: 41 })).toBe('polls.present-wrong');
    expect(await say(0, { for: 30, against: 6 }, { present: 35 })).toBe('polls.count-over');
    expect(await say(0, { for: 30, against: 5 }, { present: 35, counters: [who.member, who.member] })).toBe(
      'polls.counters-same',
    );
    expect(await say(0, { for: 29, against: 6 }, { present: 35 })).toBe('accepted');
    expect(await say(0, { for: 30, against: 5 }, { present: 35 })).toBe('accepted');
    const forMember = await execute(now, show, poll, as(who.member));
    expect(forMember.sittings.map(({ counts }) => counts)).toEqual([null, null]);
    expect(await refusalOf(end())).toBe('polls.sittings-uncounted');
    expect(await say(1, { for: 25, against: 5, abstain: 10 }, { present: 40 })).toBe('accepted');
    const { result } = await end();
    expect(result).toMatchObject({
      tally: { for: 55, against: 10, abstain: 10 },
      cast: 75,
      outcome: { state: 'carried', base: 100, needed: 51 },
    });
    expect((await execute(now, show, poll, as(who.member))).sittings[1]?.counts).toEqual({
      for: 25,
      against: 5,
      abstain: 10,
    });
    expect(await say(0, { for: 1 })).toBe('polls.closed');
  });

  it('whose households stayed away decided nothing, and is asked again in the same sittings', async () => {
    const { key, poll, ask, add, say, end } = await twoClusters();
    await add();
    await execute(now, open, key, as(who.secretary));
    await ask('slips');
    await say(0, { for: 20 }, { present: 20 });
    expect(await say(1, { for: 9, against: 11 }, { present: 20, spoiled: 1 })).toBe('polls.count-over');
    await say(1, { for: 9, against: 10 }, { present: 20, spoiled: 1 });
    expect(await end()).toMatchObject({ state: 'void', result: null });
    const newPollId = uuidv7();
    await execute(now, repeat, { ...poll, newPollId }, as(who.secretary));
    const again = await execute(now, show, { ...poll, pollId: newPollId }, as(who.secretary));
    expect(again.sittings.map(({ name, counts }) => [name, counts])).toEqual([
      ['cluster 1', null],
      ['cluster 2', null],
    ]);
  });
});
