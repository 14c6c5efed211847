import type { Post } from '@dinh/domain/access';
import type { Day } from '@dinh/domain/kernel';
import type { AbsenceReason, AttendanceState, RollFigures } from '@dinh/domain/meetings';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** A line of the roll. `reason` is a class only. */
export type Attendance = {
  personId: string;
  name: string;
  posts: Post[];
  votes: boolean;
  state: AttendanceState;
  reason: AbsenceReason | null;
  arrivedAt: Date | null;
  leftAt: Date | null;
};

/** Who is called: holders of these posts on a day, whether they may vote and whether they need not come. */
export type Called = { posts: readonly Post[]; withoutVote: readonly Post[]; withoutDuty: readonly Post[]; day: Day };

const called = (unitId: number, { posts, withoutVote, withoutDuty, day }: Called) => sql`
  select p.person_id, not bool_and(p.post = any(${[...withoutVote]}::text[])) as votes,
    bool_and(p.post = any(${[...withoutDuty]}::text[])) as exempt
  from post p
  where p.unit_id = ${unitId} and p.post = any(${[...posts]}::text[]) and p.valid_from <= ${day} and p.valid_to > ${day}
  group by p.person_id`;

/** Writes the roll from the posts of its day, with what people said beforehand. Lines that are there stay. @returns new lines */
export async function writeRoll(
  tx: Tx,
  meeting: { unitId: number; id: string; revision: number },
  who: Called,
  actor: string,
): Promise<number> {
  const { rows } = await sql<{ lines: number }>`
    with written as (
      insert into meeting_attendance (unit_id, meeting_id, person_id, votes, state, actor, revision)
      select ${meeting.unitId}::integer, ${meeting.id}::uuid, c.person_id, c.votes,
        case when c.exempt then 'exempt' else 'expected' end, ${actor}::text, ${meeting.revision}::bigint
      from (${called(meeting.unitId, who)}) c
      on conflict do nothing returning 1
    ) select count(*) as lines from written`.execute(tx);
  return rows[0]!.lines;
}

/** How many a meeting would call on a day: everybody, and those who may vote and have to come. */
export async function countCalled(
  db: Reader,
  unitId: number,
  who: Called,
): Promise<{ members: number; voters: number }> {
  const { rows } = await sql<{ members: number; voters: number }>`
    select count(*) as members, count(*) filter (where c.votes and not c.exempt) as voters from (${called(unitId, who)}) c`.execute(
    db,
  );
  return rows[0]!;
}

/** Figures of a roll, counted in one statement as `countRoll` counts them. */
export async function readRollFigures(db: Reader, unitId: number, meetingId: string): Promise<RollFigures> {
  const { rows } = await sql<RollFigures>`
    select count(*) as members,
      count(*) filter (where state = 'expected') as expected, count(*) filter (where state = 'present') as present,
      count(*) filter (where state = 'excused') as excused, count(*) filter (where state = 'unexcused') as unexcused,
      count(*) filter (where state = 'exempt') as exempt, count(*) filter (where state = 'elsewhere') as elsewhere,
      count(*) filter (where votes and state <> 'exempt') as voters,
      count(*) filter (where votes and state = 'present' and left_at is null) as "votersPresent",
      count(*) filter (where left_at is not null) as left
    from meeting_attendance where unit_id = ${unitId} and meeting_id = ${meetingId}`.execute(db);
  return rows[0]!;
}

export type RollQuery = {
  unitId: number;
  meetingId: string;
  day: Day;
  /** Folded text to find in names. */
  search?: string;
  state?: AttendanceState;
  /** Only lines written after this revision. */
  since?: number;
  limit: number;
  offset: number;
};

/** Lines of the roll by name, with the posts held on the meeting's day. One statement, whatever their number. */
export async function readRoll(db: Reader, wanted: RollQuery): Promise<{ total: number; lines: Attendance[] }> {
  const { unitId, day } = wanted;
  const pattern = wanted.search ? `%${wanted.search.replace(/[\\%_]/g, '\\$&')}%` : null;
  const { rows } = await sql<Attendance & { total: number }>`
    with line as (
      select a.*, n.name, n.ordered from meeting_attendance a
      left join lateral (
        select p.name, p.search, p.ordered from person p where p.id = a.person_id order by p.unit_id = ${unitId} desc, p.valid_from desc limit 1
      ) n on true
      where a.unit_id = ${unitId} and a.meeting_id = ${wanted.meetingId} and a.revision > ${wanted.since ?? 0}
        and (${wanted.state ?? null}::text is null or a.state = ${wanted.state ?? null})
        and (${pattern}::text is null or n.search like ${pattern})
    )
    select l.person_id as "personId", coalesce(l.name, '') as name, l.votes, l.state, l.reason, l.arrived_at as "arrivedAt",
      l.left_at as "leftAt", count(*) over () as total,
      coalesce((select json_agg(p.post order by p.post) from post p
        where p.unit_id = ${unitId} and p.person_id = l.person_id and p.valid_from <= ${day} and p.valid_to > ${day}), '[]') as posts
    from line l order by l.ordered, l.person_id limit ${wanted.limit} offset ${wanted.offset}`.execute(db);
  return { total: rows[0]?.total ?? 0, lines: rows.map(({ total: _total, ...line }) => line) };
}

/** One line, or null for somebody who is not on the roll. */
export async function findLine(
  db: Reader,
  unitId: number,
  meetingId: string,
  personId: string,
): Promise<Pick<Attendance, 'state' | 'reason' | 'arrivedAt' | 'leftAt' | 'votes'> | null> {
  const { rows } = await sql<Pick<Attendance, 'state' | 'reason' | 'arrivedAt' | 'leftAt' | 'votes'>>`
    select state, reason, arrived_at as "arrivedAt", left_at as "leftAt", votes from meeting_attendance
    where unit_id = ${unitId} and meeting_id = ${meetingId} and person_id = ${personId}`.execute(db);
  return rows[0] ?? null;
}

export type Mark = {
  personId: string;
  state: AttendanceState;
  reason: AbsenceReason | null;
  arrivedAt: Date | null;
  leftAt: Date | null;
};

/**
 * Marks lines of the roll, all in one statement. Somebody present of whom no hour is told came when they were marked so before, else
 * at `at`. @returns how many of them are on the roll
 */
export async function markLines(
  tx: Tx,
  meeting: { unitId: number; id: string; revision: number },
  marks: readonly Mark[],
  at: Date,
  actor: string,
): Promise<number> {
  const { rows } = await sql<{ lines: number }>`
    with written as (
      update meeting_attendance a set state = r.state, reason = r.reason, left_at = r."leftAt",
        arrived_at = case when r.state = 'present' then coalesce(r."arrivedAt", a.arrived_at, ${at}::timestamptz) end,
        actor = ${actor}, revision = ${meeting.revision}
      from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb)
        as r ("personId" uuid, state text, reason text, "arrivedAt" timestamptz, "leftAt" timestamptz)
      where a.unit_id = ${meeting.unitId} and a.meeting_id = ${meeting.id} and a.person_id = r."personId"
      returning 1
    ) select count(*) as lines from written`.execute(tx);
  return rows[0]!.lines;
}

/** Marks everybody who is still expected, in one statement. @returns how many they were */
export async function markRest(
  tx: Tx,
  meeting: { unitId: number; id: string; revision: number },
  state: 'present' | 'unexcused',
  at: Date,
  actor: string,
): Promise<number> {
  const { rows } = await sql<{ lines: number }>`
    with written as (
      update meeting_attendance set state = ${state}, arrived_at = ${state === 'present' ? at : null}::timestamptz, actor = ${actor},
        revision = ${meeting.revision}
      where unit_id = ${meeting.unitId} and meeting_id = ${meeting.id} and state = 'expected' returning 1
    ) select count(*) as lines from written`.execute(tx);
  return rows[0]!.lines;
}

/** Persons who may vote and are in the room now. */
export async function votersInRoom(db: Reader, unitId: number, meetingId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select person_id as id from meeting_attendance
    where unit_id = ${unitId} and meeting_id = ${meetingId} and votes and state = 'present' and left_at is null order by person_id`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}
