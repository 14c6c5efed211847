import { testDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import * as meetings from './public.ts';
import { furnishHall, VILLAGE } from './test-hall.ts';

const database = await testDatabase();
const { at, plannedMeeting, openMeeting } = await furnishHall(database);
const { secretary, member } = who;

describe('the meeting after the last one', () => {
  const point = (title: string, owner: string | null = null) => ({
    id: uuidv7(),
    title,
    kind: 'discuss' as const,
    owner,
    minutes: 15,
  });

  it('may take its agenda and who led it, of its own kind alone, and without those who have left', async () => {
    const offered = async (key: { unitId: number; meetingId: string }, person = secretary) =>
      (await execute(at('2026-12-01'), meetings.templates, key, as(person))).last;
    const first = await openMeeting({ chair: secretary, recorder: member });
    expect(await offered(first)).toBeNull();
    const items = [point('the road', member), point('the well')];
    await execute(at('2026-11-20'), meetings.addItems, { ...first, items }, as(secretary));
    const proposal = { ...first, itemId: uuidv7(), title: 'the bridge' };
    await execute(at('2026-11-20'), meetings.propose, proposal, as(member));
    await execute(at('2026-11-20'), meetings.markOthers, { ...first, state: 'present' }, as(secretary));
    const next = await plannedMeeting({ on: '2026-12-20' });
    // What has not taken place is no example.
    expect(await offered(next)).toBeNull();
    await execute(at('2026-11-20', '14:00'), meetings.close, first, as(secretary));
    expect(await offered(next)).toMatchObject({
      onDay: '2026-11-20',
      chair: secretary,
      recorder: member,
      items: [
        { title: 'the road', kind: 'discuss', owner: member, minutes: 15 },
        { title: 'the well', owner: null },
      ],
    });
    expect(await offered(await plannedMeeting({ kind: 'committee', on: '2026-12-21' }))).toBeNull();
    expect(await refusalOf(offered(next, who.secretaryBeside))).toBe('access.denied');
    await database.query(`update post set valid_to = '2026-11-25' where person_id = $1`, [member]);
    expect(await offered(next)).toMatchObject({ recorder: null, items: [{ owner: null }, {}] });
    await database.query(`update post set valid_to = '9999-12-31' where person_id = $1`, [member]);
  });

  it('is not what comes first while the last one waits to be signed by those who keep its records', async () => {
    const next = async (person: string, day: string, unsigned = true) =>
      (await execute(at(day), meetings.next, { unitId: VILLAGE, limit: 1, unsigned }, as(person))).meetings[0]?.state;
    expect(await next(secretary, '2026-11-21')).toBe('closed');
    // The recorder of the meeting keeps its records, whatever post they hold.
    expect(await next(member, '2026-11-21')).toBe('closed');
    expect(await next(who.officer, '2026-11-21')).toBe('planned');
    expect(await next(secretary, '2026-11-21', false)).toBe('planned');
    expect(await next(secretary, '2026-11-30')).toBe('planned');
  });
});
