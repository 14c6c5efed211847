import { testDatabase } from '@dinh/store/testing';
import { describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import * as meetings from './public.ts';
import { furnishHall, VILLAGE } from './test-hall.ts';

const database = await testDatabase();
const { at, plannedMeeting, openMeeting } = await furnishHall(database);
const { member, officer } = who;

describe('from above and outside', () => {
  it('a year is planned next door, and this month is met here', async () => {
    const habit = { unitId: 4, fixed: { monthDay: 31 }, at: '19:30', place: 'the hall', minutes: 90 };
    await execute(at('2026-11-10'), meetings.setHabit, habit, as(who.secretaryBeside));
    await execute(at('2026-11-10'), meetings.planYear, { unitId: 4, year: 2027 }, as(who.secretaryBeside));
    for (const kind of ['regular', 'thematic', 'committee'] as const) await plannedMeeting({ kind });
    await openMeeting();
  });

  it('the level above sees who has not planned, is late, has planned, has met', async () => {
    const look = async (today: string, month: string, unitId = 2, actor = officer) =>
      execute(at(today), meetings.below, { unitId, month }, as(actor));
    const november = await look('2026-11-25', '2026-11');
    expect(Object.fromEntries(november.counts.map(({ state, units }) => [state, units]))).toEqual({
      'not-planned': 1,
      late: 0,
      planned: 0,
      held: 1,
    });
    expect(november.lines.map(({ unitId, state }) => [unitId, state])).toEqual([
      [4, 'not-planned'],
      [3, 'held'],
    ]);
    const march = await look('2027-04-02', '2027-03');
    expect(march.lines.map(({ unitId, state }) => [unitId, state])).toEqual([
      [3, 'not-planned'],
      [4, 'late'],
    ]);
    expect(await refusalOf(look('2026-11-25', '2026-Q4'))).toBe('programmes.period-wrong');
    expect(await refusalOf(look('2026-11-25', '2026-11', 6))).toBe('access.denied');
  });

  it('a calendar is open to who holds its address, as long as they hold their post', async () => {
    const { secret } = await execute(at('2026-11-10'), meetings.makeFeed, { unitId: VILLAGE }, as(member));
    const feed = (given: string, unitId = VILLAGE, day = '2026-11-10') =>
      execute(at(day), meetings.feed, { unitId, secret: given }, { actor: { kind: 'anonymous' } });
    const { meetings: listed } = await feed(secret);
    expect(listed.length).toBe(3);
    expect(listed.map(({ kind }) => kind)).not.toContain('committee');
    expect(await refusalOf(feed('guessed'))).toBe('meetings.feed-unknown');
    expect(await refusalOf(feed(secret, 4))).toBe('meetings.feed-unknown');
    await execute(at('2026-11-10'), meetings.makeFeed, { unitId: VILLAGE }, as(member));
    expect(await refusalOf(feed(secret))).toBe('meetings.feed-unknown');
  });
});
