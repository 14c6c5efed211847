import { testDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import * as meetings from './public.ts';
import { furnishHall, probationary } from './test-hall.ts';

const database = await testDatabase();
const { at, plannedMeeting, openMeeting, seen } = await furnishHall(database);
const { secretary, member, officer } = who;

describe('in the room', () => {
  it('opens on its day, by the clock of the server', async () => {
    const key = await plannedMeeting();
    const open = (day: string, told?: string) =>
      refusalOf(execute(at(day), meetings.open, { ...key, ...(told && { at: told }) }, as(secretary)));
    expect(await open('2026-11-19')).toBe('meetings.not-its-day');
    expect(await open('2026-11-21')).toBe('meetings.not-its-day');
    expect(await open('2026-11-20', '2026-11-21T12:30:00Z')).toBe('meetings.clock-wrong');
    // Held without a phone, entered the next morning.
    expect(await open('2026-11-21', '2026-11-20T12:30:00Z')).toBe('accepted');
    expect(await open('2026-11-20')).toBe('meetings.opened');
    expect(
      await refusalOf(execute(at('2026-11-20'), meetings.cancel, { ...key, reason: 'too late' }, as(secretary))),
    ).toBe('meetings.opened');
  });

  it('calls the roll in a tap, then one per exception; quorum counts those who vote and are there', async () => {
    const key = await openMeeting();
    const mark = (
      marks: { personId: string; state: 'present' | 'excused' | 'unexcused'; reason?: 'work'; leftAt?: string }[],
      actor = secretary,
    ) => refusalOf(execute(at('2026-11-20'), meetings.mark, { ...key, marks }, as(actor)));
    const figures = async () => (await seen(key, member)).figures;
    expect(await figures()).toMatchObject({ members: 4, exempt: 1, expected: 3, voters: 2, needed: 2, quorate: false });
    expect(await mark([{ personId: member, state: 'present' }], member)).toBe('meetings.keepers-only');
    await execute(at('2026-11-20'), meetings.markOthers, { ...key, state: 'present' }, as(secretary));
    expect(await figures()).toMatchObject({ present: 3, votersPresent: 2, quorate: true });
    expect((await seen(key, member)).share).toBe(1);
    expect(await mark([{ personId: member, state: 'excused' }])).toBe('input.invalid');
    expect(await mark([{ personId: uuidv7(), state: 'unexcused' }])).toBe('meetings.not-on-roll');
    expect(await mark([{ personId: member, state: 'present', leftAt: '2026-11-21T13:00:00Z' }])).toBe(
      'meetings.clock-wrong',
    );
    expect(await mark([{ personId: member, state: 'excused', reason: 'work' }])).toBe('accepted');
    expect(await figures()).toMatchObject({ excused: 1, votersPresent: 1, quorate: false });
    // The one who came later, and left again.
    expect(await mark([{ personId: member, state: 'present' }])).toBe('accepted');
    const voters = () =>
      execute(at('2026-11-20'), meetings.read, key, as(secretary)).then(({ figures: now }) => now.votersPresent);
    expect(await voters()).toBe(2);
    await execute(at('2026-11-20', '13:00'), meetings.leave, { ...key, personId: member }, as(secretary));
    expect(await voters()).toBe(1);
    await execute(at('2026-11-20', '13:05'), meetings.leave, { ...key, personId: member, back: true }, as(secretary));
    expect(await voters()).toBe(2);
    // Names stay with those who keep the records.
    const roll = (actor: string) => execute(at('2026-11-20'), meetings.rollNow, key, as(actor));
    expect((await roll(secretary)).lines).toHaveLength(4);
    expect((await roll(member)).lines).toEqual([]);
    expect((await roll(officer)).figures.present).toBe(3);
  });

  it('a member with the code of the room is present; without it, or twice, nothing more', async () => {
    const key = await openMeeting();
    const code = (await seen(key, secretary)).checkIn ?? '';
    expect((await seen(key, member)).checkIn).toBeNull();
    const checkIn = (actor: string, given: string, services = at('2026-11-20')) =>
      refusalOf(execute(services, meetings.checkIn, { ...key, code: given }, as(actor)));
    expect(await checkIn(member, 'guessed')).toBe('meetings.code-wrong');
    expect(await checkIn(member, '')).toBe('meetings.code-wrong');
    expect(await checkIn(officer, code)).toBe('access.denied');
    expect(await checkIn(member, code)).toBe('accepted');
    expect(await checkIn(member, code, at('2026-11-20', '13:00'))).toBe('accepted');
    expect((await seen(key, member)).mine).toMatchObject({
      state: 'present',
      arrivedAt: new Date('2026-11-20T12:30:00Z'),
    });
  });

  it('two who write the same notes lose nothing', async () => {
    const key = await openMeeting({ recorder: member });
    const [one, two] = [uuidv7(), uuidv7()];
    const items = [one, two].map((id) => ({ id, title: 'a point', kind: 'discuss' as const }));
    await execute(at('2026-11-20'), meetings.addItems, { ...key, items }, as(secretary));
    const note = (actor: string, itemId: string, notes: string, expected: number, opinions = 0) =>
      refusalOf(execute(at('2026-11-20'), meetings.note, { ...key, itemId, notes, expected, opinions }, as(actor)));
    // The recorder is a plain member, elected.
    expect(await note(member, one, 'what the recorder heard', 1)).toBe('accepted');
    expect(await note(probationary, one, 'not asked', 2)).toBe('meetings.keepers-only');
    expect(await note(secretary, two, 'another point at the same time', 1)).toBe('accepted');
    expect(await note(secretary, one, 'what the secretary heard', 1)).toBe('meetings.changed-meanwhile');
    expect(await note(member, one, 'what the recorder heard', 1)).toBe('accepted');
    expect(await note(secretary, one, 'what both heard', 2, 5)).toBe('accepted');
    const { items: now } = await seen(key, member);
    expect(now.find(({ id }) => id === one)).toMatchObject({ notes: 'what both heard', opinions: 5, version: 3 });
    const kept = await database.query('select notes from meeting_note where item_id = $1', [one]);
    expect(kept).toEqual([{ notes: 'what the recorder heard' }]);
    await execute(at('2026-11-20', '12:40'), meetings.run, { ...key, itemId: one }, as(member));
    await execute(at('2026-11-20', '12:55'), meetings.run, { ...key, itemId: two }, as(member));
    const [first, second] = (await seen(key, member)).items;
    expect([first?.endedAt, second?.begunAt, second?.endedAt]).toEqual([
      new Date('2026-11-20T12:55:00Z'),
      new Date('2026-11-20T12:55:00Z'),
      null,
    ]);
    expect(
      await refusalOf(execute(at('2026-11-20'), meetings.removeItem, { ...key, itemId: one }, as(secretary))),
    ).toBe('meetings.item-used');
  });
});

describe('the end', () => {
  it('closes when all are accounted for; then conclusions stand and nobody comes late any more', async () => {
    const key = await openMeeting();
    const close = (services = at('2026-11-20', '14:10')) =>
      refusalOf(execute(services, meetings.close, key, as(secretary)));
    expect(await close()).toBe('meetings.roll-unfinished');
    await execute(at('2026-11-20'), meetings.markOthers, { ...key, state: 'present' }, as(secretary));
    const id = uuidv7();
    await execute(at('2026-11-20'), meetings.conclude, { ...key, id, text: 'the road is mended' }, as(secretary));
    expect(await close()).toBe('accepted');
    expect(await close()).toBe('meetings.closed');
    const late = { ...key, marks: [{ personId: member, state: 'present' as const }] };
    expect(await refusalOf(execute(at('2026-11-20'), meetings.mark, late, as(secretary)))).toBe('meetings.closed');
    const rewrite = (expected: number, text: string | null) =>
      refusalOf(execute(at('2026-11-21'), meetings.rewrite, { ...key, id, text, expected }, as(secretary)));
    expect(await rewrite(1, 'the road is mended by May')).toBe('accepted');
    expect(await rewrite(1, null)).toBe('meetings.changed-meanwhile');
    expect((await seen(key, officer)).conclusions.map(({ text }) => text)).toEqual(['the road is mended by May']);
    expect((await seen(key, officer)).meeting.roll).toMatchObject({ members: 4, present: 3, exempt: 1 });
    // What was entered wrongly is put right the next day, at the hours of the meeting.
    await execute(at('2026-11-21'), meetings.reopen, key, as(secretary));
    expect(await refusalOf(execute(at('2026-11-21'), meetings.mark, late, as(secretary)))).toBe('accepted');
    expect((await seen(key, member)).mine?.arrivedAt).toEqual(new Date('2026-11-20T12:30:00Z'));
    await execute(at('2026-11-21'), meetings.close, key, as(secretary));
    await database.query(`update meeting set state = 'signed', signed_at = now() where id = $1`, [key.meetingId]);
    expect(await rewrite(2, null)).toBe('meetings.signed');
    expect(await refusalOf(execute(at('2026-11-21'), meetings.reopen, key, as(secretary)))).toBe('meetings.signed');
  });

  it('a village meets in several sittings whose households add up', async () => {
    const key = await plannedMeeting({ kind: 'village', quorum: { parts: 2, of: 3, strict: false } });
    const sittings = [uuidv7(), uuidv7()];
    for (const id of sittings) {
      const sitting = { ...key, id, name: 'a cluster', on: '2026-11-20', at: '19:30', place: 'a yard', households: 60 };
      await execute(at('2026-11-12'), meetings.addSession, sitting, as(secretary));
    }
    await execute(at('2026-11-20'), meetings.open, key, as(secretary));
    const close = () => refusalOf(execute(at('2026-11-20', '14:10'), meetings.close, key, as(secretary)));
    expect(await close()).toBe('meetings.sessions-uncounted');
    const count = (id: string, present: number, expected = 1) =>
      refusalOf(
        execute(at('2026-11-20'), meetings.count, { ...key, id, households: 60, present, expected }, as(secretary)),
      );
    expect(await count(sittings[0]!, 61)).toBe('input.invalid');
    expect(await count(sittings[0]!, 50)).toBe('accepted');
    expect(await count(sittings[0]!, 51)).toBe('meetings.changed-meanwhile');
    expect(await count(sittings[1]!, 30)).toBe('accepted');
    expect((await seen(key, member)).figures).toMatchObject({
      voters: 120,
      votersPresent: 80,
      needed: 80,
      quorate: true,
    });
    const rest = { ...key, state: 'present' as const };
    expect(await refusalOf(execute(at('2026-11-20'), meetings.markOthers, rest, as(secretary)))).toBe(
      'meetings.counts-households',
    );
    expect(await close()).toBe('accepted');
  });
});
