import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestDatabase } from '@dinh/store/testing';
import { v7 as uuidv7 } from 'uuid';
import { execute, type Services } from '../kernel/public.ts';
import { as, plant, who } from '../testing/public.ts';
import { open, plan, read } from './public.ts';

type Key = { unitId: number; meetingId: string };

export const VILLAGE = 3;
export const probationary = '00000000-0000-7000-8000-000000000034';
const exempt = '00000000-0000-7000-8000-000000000035';
/** The least that is a PDF by its bytes. */
export const pdf = Buffer.from('%PDF-1.4\n% a report that exists only here\n%%EOF\n').toString('base64');

/** A meeting of the village on the evening of 20 November, as its secretary plans it. */
export const planned = (more = {}) => ({
  unitId: VILLAGE,
  meetingId: uuidv7(),
  kind: 'regular' as const,
  on: '2026-11-20',
  at: '19:30',
  place: 'the hall',
  minutes: 90,
  ...more,
});

/** A hall in which a secretary, a member, a probationary and an exempt member meet. */
export async function furnishHall(database: TestDatabase) {
  await plant(database, []);
  for (const [id, post] of [
    [probationary, 'member-probationary'],
    [exempt, 'member-exempt'],
  ]) {
    await database.query(`insert into person (unit_id, id, name, search) values (3, $1, 'somebody', 'somebody')`, [id]);
    await database.query(`insert into post values (3, gen_random_uuid(), $1, $2, '2020-01-01', '9999-12-31')`, [
      id,
      post,
    ]);
  }
  const filesDirectory = mkdtempSync(path.join(tmpdir(), 'dinh-meetings-'));
  /** 19:30 in the hall, on a day. */
  const at = (day: string, utc = '12:30'): Services => ({
    database,
    filesDirectory,
    clock: () => new Date(`${day}T${utc}:00Z`),
  });
  async function plannedMeeting(more = {}): Promise<Key> {
    const input = planned(more);
    await execute(at('2026-11-10'), plan, input, as(who.secretary));
    return { unitId: VILLAGE, meetingId: input.meetingId };
  }
  async function openMeeting(more = {}): Promise<Key> {
    const key = await plannedMeeting(more);
    await execute(at('2026-11-20'), open, key, as(who.secretary));
    return key;
  }
  const seen = (key: Key, person: string) => execute(at('2026-11-20'), read, key, as(person));
  return { at, plannedMeeting, openMeeting, seen };
}
