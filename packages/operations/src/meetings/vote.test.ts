import { testDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { show } from '../polls/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import { markOthers, openVote } from './public.ts';
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
