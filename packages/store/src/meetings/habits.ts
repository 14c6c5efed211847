import type { FixedDay, QuorumRule } from '@dinh/domain/meetings';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** How a unit meets: its fixed day, hour and place, and what it asks of a meeting. */
export type MeetingHabit = {
  fixed: FixedDay;
  /** `19:30` by the installation's clock. */
  at: string;
  place: string;
  minutes: number;
  /** 1 to 3: month of the quarter of the thematic meeting. */
  thematicMonth: number;
  documentsDays: number;
  quorum: QuorumRule;
};

export async function readHabit(db: Reader, unitId: number): Promise<MeetingHabit | null> {
  const { rows } = await sql<MeetingHabit>`
    select case when month_day is not null then json_build_object('monthDay', month_day)
        else json_build_object('weekday', weekday, 'nth', nth) end as fixed,
      to_char(at, 'HH24:MI') as at, place, minutes, thematic_month as "thematicMonth", documents_days as "documentsDays", quorum
    from meeting_habit where unit_id = ${unitId}`.execute(db);
  return rows[0] ?? null;
}

export async function saveHabit(tx: Tx, unitId: number, habit: MeetingHabit): Promise<void> {
  const monthDay = 'monthDay' in habit.fixed ? habit.fixed.monthDay : null;
  const [weekday, nth] = 'monthDay' in habit.fixed ? [null, null] : [habit.fixed.weekday, habit.fixed.nth];
  await sql`
    insert into meeting_habit (unit_id, month_day, weekday, nth, at, place, minutes, thematic_month, documents_days, quorum)
    values (${unitId}, ${monthDay}, ${weekday}, ${nth}, ${habit.at}::time, ${habit.place}, ${habit.minutes}, ${habit.thematicMonth},
      ${habit.documentsDays}, ${JSON.stringify(habit.quorum)}::jsonb)
    on conflict (unit_id) do update set month_day = excluded.month_day, weekday = excluded.weekday, nth = excluded.nth, at = excluded.at,
      place = excluded.place, minutes = excluded.minutes, thematic_month = excluded.thematic_month,
      documents_days = excluded.documents_days, quorum = excluded.quorum`.execute(tx);
}

/** Gives a person a new secret address of a unit's calendar; the old one stops working. */
export async function saveFeed(tx: Tx, unitId: number, personId: string, digest: string, at: Date): Promise<void> {
  await sql`
    insert into meeting_feed (unit_id, person_id, digest, made_at) values (${unitId}, ${personId}, ${digest}, ${at})
    on conflict (unit_id, person_id) do update set digest = excluded.digest, made_at = excluded.made_at`.execute(tx);
}

/** Whose address it is; null for one that nobody has. */
export async function findFeed(db: Reader, unitId: number, digest: string): Promise<string | null> {
  const { rows } = await sql<{ personId: string }>`
    select person_id as "personId" from meeting_feed where unit_id = ${unitId} and digest = ${digest}`.execute(db);
  return rows[0]?.personId ?? null;
}
