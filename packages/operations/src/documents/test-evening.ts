import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addDays } from '@dinh/domain/kernel';
import type { TestDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { execute, type Services } from '../kernel/public.ts';
import { addItems, close, conclude, markOthers, note, open, plan } from '../meetings/public.ts';
import { close as closePoll, count, open as openPoll } from '../polls/public.ts';
import { as, plant, who } from '../testing/public.ts';

export const VILLAGE = 3;
const { secretary, member } = who;

/** A village in which an evening's meeting was held, voted and concluded. */
export async function furnishEvening(database: TestDatabase) {
  await plant(database, []);
  await database.query(`update person set name = 'Bí thư số 1', search = 'bi thu so 1' where id = $1`, [secretary]);
  await database.query(`update person set name = 'Thành viên số 2', search = 'thanh vien so 2' where id = $1`, [
    member,
  ]);
  const filesDirectory = mkdtempSync(path.join(tmpdir(), 'dinh-documents-'));
  /** 19:30 where the village is, on a day. */
  const at = (day: string, utc = '12:30'): Services => ({
    database,
    filesDirectory,
    clock: () => new Date(`${day}T${utc}:00Z`),
  });
  const evening = at('2026-11-20');

  /** Planned, held and closed: two points, two conclusions, a vote by hands. */
  async function closedMeeting(
    on = '2026-11-20',
    more = {},
    before: (key: { unitId: number; meetingId: string }) => Promise<void> = async () => undefined,
  ) {
    const key = { unitId: VILLAGE, meetingId: uuidv7() };
    const that = at(on);
    const ahead = at(addDays(on, -5));
    const planned = { kind: 'regular' as const, on, at: '19:30', place: 'Nhà văn hóa', minutes: 90 };
    await execute(ahead, plan, { ...key, ...planned, chair: secretary, recorder: member, ...more }, as(secretary));
    const items = [uuidv7(), uuidv7()].map((id, index) => ({
      id,
      title: index === 0 ? 'Đường hoa' : 'Camera',
      kind: 'discuss' as const,
      owner: secretary,
      minutes: 20,
    }));
    await execute(that, addItems, { ...key, items }, as(secretary));
    await before(key);
    await execute(that, open, key, as(secretary));
    await execute(that, markOthers, { ...key, state: 'present' }, as(secretary));
    const noted = { itemId: items[0]!.id, notes: 'Mỗi hộ góp hai ngày công.', opinions: 7, expected: 1 };
    await execute(that, note, { ...key, ...noted }, as(member));
    const conclusions = [uuidv7(), uuidv7()];
    for (const [index, id] of conclusions.entries()) {
      const text = index === 0 ? 'Làm 320 m đường hoa.' : 'Kiểm tra camera hằng tháng.';
      await execute(that, conclude, { ...key, id, itemId: items[index]!.id, text }, as(secretary));
    }
    const pollId = uuidv7();
    const threshold = { numerator: 1, denominator: 2, strict: 'more-than' as const, of: 'present' as const };
    const poll = {
      unitId: VILLAGE,
      pollId,
      meetingId: key.meetingId,
      kind: 'question' as const,
      way: 'hands' as const,
    };
    const asked = { ...poll, question: 'Thông qua đường hoa', rule: { threshold }, eligible: [secretary, member] };
    await execute(that, openPoll, asked, as(secretary));
    const counted = { counts: { for: 2, against: 0, abstain: 0 }, counters: [secretary, member] as [string, string] };
    await execute(that, count, { unitId: VILLAGE, pollId, ...counted, present: 2 }, as(secretary));
    await execute(that, closePoll, { unitId: VILLAGE, pollId, present: 2 }, as(secretary));
    await execute(at(on, '14:05'), close, key, as(secretary));
    return { ...key, conclusions };
  }
  return { at, evening, closedMeeting };
}
