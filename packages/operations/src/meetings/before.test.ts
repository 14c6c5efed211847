import { testDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { execute, type Services } from '../kernel/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import * as meetings from './public.ts';
import { furnishHall, pdf, planned, VILLAGE } from './test-hall.ts';

const database = await testDatabase();
const { at, plannedMeeting, seen } = await furnishHall(database);
const { secretary, member, officer, officerBeside } = who;

describe('before a meeting', () => {
  it('is planned by the committee of its unit only, once, on a day that is not long past', async () => {
    const input = planned();
    const tried = (actor: string, more = {}, id = input.meetingId) =>
      refusalOf(execute(at('2026-11-10'), meetings.plan, { ...input, ...more, meetingId: id }, as(actor)));
    for (const other of [member, officer, officerBeside, who.secretaryBeside])
      expect(await tried(other)).toBe('access.denied');
    expect(await tried(secretary, { on: '2026-09-01' })).toBe('meetings.day-passed');
    expect(await tried(secretary, { on: '2026-02-30' })).toBe('input.invalid');
    expect(await tried(secretary, { at: '25:00' })).toBe('input.invalid');
    expect(await tried(secretary, { quorum: { parts: 1, of: 1, strict: true } })).toBe('input.invalid');
    expect(await tried(secretary, { chair: uuidv7() })).toBe('meetings.person-unknown');
    expect(await tried(secretary)).toBe('accepted');
    expect(await tried(secretary)).toBe('meetings.already-there');
  });

  it('has a year planned from its fixed day, and nothing twice', async () => {
    const year = (unitId: number, actor: string, day = '2026-11-10') =>
      execute(at(day), meetings.planYear, { unitId, year: 2027 }, as(actor));
    expect(await refusalOf(year(4, who.secretaryBeside))).toBe('meetings.habit-needed');
    const habit = { unitId: 4, fixed: { monthDay: 31 }, at: '19:30', place: 'the hall', minutes: 90 };
    await execute(at('2026-11-10'), meetings.setHabit, habit, as(who.secretaryBeside));
    expect(await year(4, who.secretaryBeside)).toEqual({ planned: 16 });
    expect(await refusalOf(year(4, who.secretaryBeside))).toBe('meetings.nothing-to-plan');
    const listed = await execute(at('2026-11-10'), meetings.list, { unitId: 4, year: 2027 }, as(who.secretaryBeside));
    expect(listed.meetings.filter(({ kind }) => kind === 'thematic').map(({ onDay }) => onDay)).toEqual([
      '2027-02-28',
      '2027-05-31',
      '2027-08-31',
      '2027-11-30',
    ]);
    // One that was called off may be planned anew, as long as its day has not passed.
    const off = { unitId: 4, meetingId: listed.meetings[0]!.id, reason: 'a storm' };
    await execute(at('2026-11-10'), meetings.cancel, off, as(who.secretaryBeside));
    expect(await refusalOf(year(4, who.secretaryBeside, '2027-11-15'))).toBe('meetings.nothing-to-plan');
    expect(await year(4, who.secretaryBeside)).toEqual({ planned: 1 });
  });

  it('members read, comment, propose and say whether they come; strangers and committees do not mix', async () => {
    const key = await plannedMeeting();
    const item = uuidv7();
    const point = { id: item, title: 'the road', kind: 'decide' as const, owner: secretary, minutes: 20 };
    await execute(at('2026-11-11'), meetings.addItems, { ...key, items: [point] }, as(secretary));
    const say = (actor: string, itemId: string | null) =>
      refusalOf(
        execute(at('2026-11-12'), meetings.comment, { ...key, id: uuidv7(), itemId, text: 'which side?' }, as(actor)),
      );
    expect(await say(member, item)).toBe('accepted');
    expect(await say(member, uuidv7())).toBe('meetings.item-unknown');
    expect(await say(officer, item)).toBe('access.denied');
    const proposal = uuidv7();
    await execute(at('2026-11-12'), meetings.propose, { ...key, itemId: proposal, title: 'the well' }, as(member));
    await execute(at('2026-11-13'), meetings.decideItem, { ...key, itemId: proposal, accepted: true }, as(secretary));
    expect(
      await refusalOf(
        execute(at('2026-11-13'), meetings.decideItem, { ...key, itemId: proposal, accepted: false }, as(secretary)),
      ),
    ).toBe('meetings.item-used');
    await execute(at('2026-11-13'), meetings.orderAgenda, { ...key, items: [proposal] }, as(secretary));
    const intend = (given: { coming: boolean; reason?: 'health' }) =>
      refusalOf(execute(at('2026-11-13'), meetings.intend, { ...key, ...given }, as(member)));
    expect(await intend({ coming: false })).toBe('input.invalid');
    expect(await intend({ coming: false, reason: 'health' })).toBe('accepted');
    const forMember = await seen(key, member);
    expect(forMember.items.map(({ title, place }) => [title, place])).toEqual([
      ['the well', 1],
      ['the road', 2],
    ]);
    expect(forMember.comments.map(({ text }) => text)).toEqual(['which side?']);
    expect(forMember.intentions).toEqual({ coming: 0, absent: 1, mine: { coming: false, reason: 'health' } });
    // Names and classes of reasons are for those who keep the records.
    expect(forMember.apologies).toEqual([]);
    expect((await seen(key, secretary)).apologies).toEqual([{ personId: member, name: 'somebody', reason: 'health' }]);
    expect((await seen(key, officer)).comments).toEqual([]);
    expect(await refusalOf(seen(key, officerBeside))).toBe('access.denied');
    expect(forMember.called).toEqual({ members: 4, voters: 2 });

    const closed = await plannedMeeting({ kind: 'committee' });
    expect(await refusalOf(seen(closed, member))).toBe('access.denied');
    expect(await refusalOf(seen(closed, secretary))).toBe('accepted');
    const comment = { ...closed, id: uuidv7(), text: 'let me in' };
    expect(await refusalOf(execute(at('2026-11-12'), meetings.comment, comment, as(member)))).toBe(
      'meetings.not-on-roll',
    );
    const lists = async (actor: string) =>
      (await execute(at('2026-11-12'), meetings.list, { unitId: VILLAGE }, as(actor))).meetings.map(({ kind }) => kind);
    expect(await lists(member)).not.toContain('committee');
    expect(await lists(secretary)).toContain('committee');
  });

  it('documents in time are a fact of the meeting; what is not a document is refused', async () => {
    const key = await plannedMeeting();
    const attach = (services: Services, content = pdf) =>
      refusalOf(
        execute(services, meetings.attach, { ...key, id: uuidv7(), title: 'a report', content }, as(secretary)),
      );
    expect(await attach(at('2026-11-12'), Buffer.from('MZ not a document').toString('base64'))).toBe(
      'files.type-refused',
    );
    expect(await attach(at('2026-11-12'), 'A'.repeat(30_000_000))).toBe('input.invalid');
    expect(await attach(at('2026-11-19', '12:29'))).toBe('accepted');
    expect(await attach(at('2026-11-19', '12:31'))).toBe('accepted');
    await execute(at('2026-11-20'), meetings.open, key, as(secretary));
    expect((await seen(key, member)).meeting).toMatchObject({ documents: 2, documentsLate: 1 });
    const { digest } = (await seen(key, member)).documents[0]!;
    const file = (actor: string, unitId = VILLAGE) =>
      refusalOf(execute(at('2026-11-20'), meetings.documentFile, { unitId, digest }, as(actor)));
    expect(await file(member)).toBe('accepted');
    expect(await file(who.secretaryBeside, 4)).toBe('meetings.document-unknown');
  });

  it('what the committee agreed is written by one hand at a time', async () => {
    const key = await plannedMeeting();
    const prepare = (expected: number, heldOn = '2026-11-15') =>
      refusalOf(
        execute(
          at('2026-11-16'),
          meetings.prepare,
          { ...key, heldOn, agreed: 'three points', expected },
          as(secretary),
        ),
      );
    expect(await prepare(1)).toBe('meetings.changed-meanwhile');
    expect(await prepare(0, '2026-11-17')).toBe('meetings.clock-wrong');
    expect(await prepare(0)).toBe('accepted');
    expect(await prepare(0)).toBe('meetings.changed-meanwhile');
    expect(await prepare(1)).toBe('accepted');
    expect((await seen(key, member)).preparation).toMatchObject({ heldOn: '2026-11-15', version: 2 });
  });
});
