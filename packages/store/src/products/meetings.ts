import type { Day } from '@dinh/domain/kernel';
import type { MeetingState } from '@dinh/domain/meetings';
import type { ProductFormat } from '@dinh/domain/products';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type ThematicMeeting = {
  unitId: number;
  meetingId: string;
  ownerId: number;
  programmeId: string;
  topicId: string;
  presenter: string | null;
  presenterName: string;
  stepsDone: number[];
  observerPresent: boolean | null;
  observerName: string;
  observerRemark: string;
};

export async function findThematicMeeting(
  db: Reader,
  unitId: number,
  meetingId: string,
): Promise<ThematicMeeting | null> {
  const { rows } = await sql<ThematicMeeting>`
    select x.unit_id as "unitId", x.meeting_id as "meetingId", x.owner_id as "ownerId", x.programme_id as "programmeId",
      x.topic_id as "topicId", x.presenter, coalesce(n.name, '') as "presenterName", x.steps_done as "stepsDone",
      x.observer_present as "observerPresent", x.observer_name as "observerName", x.observer_remark as "observerRemark"
    from thematic_meeting x left join lateral (select name from person where id = x.presenter limit 1) n on true
    where x.unit_id = ${unitId} and x.meeting_id = ${meetingId}`.execute(db);
  return rows[0] ?? null;
}

/** The meeting is on this topic from now on; what was noted of steps and observer stays. */
export async function saveTopic(
  tx: Tx,
  taken: Pick<ThematicMeeting, 'unitId' | 'meetingId' | 'ownerId' | 'programmeId' | 'topicId' | 'presenter'>,
  by: { actor: string; at: Date },
): Promise<void> {
  await sql`
    insert into thematic_meeting (unit_id, meeting_id, owner_id, programme_id, topic_id, presenter, taken_by, taken_at)
    values (${taken.unitId}, ${taken.meetingId}, ${taken.ownerId}, ${taken.programmeId}, ${taken.topicId}, ${taken.presenter}::uuid,
      ${by.actor}, ${by.at})
    on conflict (unit_id, meeting_id) do update set owner_id = excluded.owner_id, programme_id = excluded.programme_id,
      topic_id = excluded.topic_id, presenter = excluded.presenter, taken_by = excluded.taken_by, taken_at = excluded.taken_at`.execute(
    tx,
  );
}

export async function saveSteps(tx: Tx, unitId: number, meetingId: string, done: readonly number[]): Promise<void> {
  await sql`update thematic_meeting set steps_done = ${[...done]}::integer[] where unit_id = ${unitId} and meeting_id = ${meetingId}`.execute(
    tx,
  );
}

export async function saveObserver(
  tx: Tx,
  unitId: number,
  meetingId: string,
  observer: { present: boolean; name: string; remark: string },
): Promise<void> {
  await sql`
    update thematic_meeting set observer_present = ${observer.present}, observer_name = ${observer.name},
      observer_remark = ${observer.remark}
    where unit_id = ${unitId} and meeting_id = ${meetingId}`.execute(tx);
}

export type UnitMeeting = {
  meetingId: string;
  title: string;
  onDay: Day;
  state: MeetingState;
  topic: string | null;
  products: number;
};

/** Thematic meetings of a unit, the latest first, with their topic and how many products came of each. */
export async function listThematicMeetings(db: Reader, unitId: number): Promise<UnitMeeting[]> {
  const { rows } = await sql<UnitMeeting>`
    select m.id as "meetingId", m.title, m.on_day as "onDay", m.state, t.title as topic,
      (select count(*)::integer from product p where p.unit_id = m.unit_id and p.meeting_id = m.id and p.state <> 'withdrawn') as products
    from meeting m
    left join thematic_meeting x on x.unit_id = m.unit_id and x.meeting_id = m.id
    left join thematic_topic t on t.unit_id = x.owner_id and t.programme_id = x.programme_id and t.id = x.topic_id
    where m.unit_id = ${unitId} and m.kind = 'thematic' and m.state <> 'cancelled'
    order by m.on_day desc, m.id limit 60`.execute(db);
  return rows;
}

export type ReportLine = {
  unitId: number;
  unit: string;
  planned: number;
  held: number;
  observed: number;
  /** Published or entered, by format. */
  products: Partial<Record<ProductFormat, number>>;
};

/**
 * What the units below (and the unit itself) did in a programme between two days: planned, held, observed, products by format.
 * One statement, by the tree of the day.
 */
export async function readProgrammeReport(
  db: Reader,
  wanted: { aboveId: number; programmeId: string; from: Day; to: Day; day: Day; limit: number; offset: number },
): Promise<{ whole: Omit<ReportLine, 'unitId' | 'unit'> & { units: number }; lines: ReportLine[] }> {
  const { day } = wanted;
  const { rows } = await sql<{
    whole: { units: number; planned: number; held: number; observed: number; products: ReportLine['products'] | null };
    lines: ReportLine[];
  }>`
    with recursive below (unit_id, depth) as (
      select ${wanted.aboveId}::integer, 0
      union all
      select c.unit_id, b.depth + 1 from below b
      join unit_parent c on c.parent_id = b.unit_id and c.valid_from <= ${day} and c.valid_to > ${day}
      where b.depth < 64
    ), held as (
      select x.unit_id, m.id, m.state in ('closed', 'signed') as was_held, coalesce(x.observer_present, false) as seen
      from thematic_meeting x join below b on b.unit_id = x.unit_id
      join meeting m on m.unit_id = x.unit_id and m.id = x.meeting_id and m.state <> 'cancelled'
      where x.programme_id = ${wanted.programmeId} and m.on_day >= ${wanted.from} and m.on_day < ${wanted.to}
    ), made as (
      select h.unit_id, p.format, count(*)::integer as n from held h
      join product p on p.unit_id = h.unit_id and p.meeting_id = h.id and p.state in ('published', 'entered') group by 1, 2
    ), line as (
      select unit_id, count(*)::integer as planned, count(*) filter (where was_held)::integer as held,
        count(*) filter (where was_held and seen)::integer as observed
      from held group by 1
    )
    select
      json_build_object('units', (select count(*) from line), 'planned', (select coalesce(sum(planned), 0) from line),
        'held', (select coalesce(sum(held), 0) from line), 'observed', (select coalesce(sum(observed), 0) from line),
        'products', (select json_object_agg(format, n) from (select format, sum(n)::integer as n from made group by 1) f)) as whole,
      coalesce((
        select json_agg(json_build_object('unitId', l.unit_id, 'unit', l.name, 'planned', l.planned, 'held', l.held,
          'observed', l.observed, 'products', l.products) order by l.ordered, l.unit_id)
        from (
          select line.*, v.name, v.ordered,
            coalesce((select json_object_agg(format, n) from made where made.unit_id = line.unit_id), '{}') as products
          from line
          join unit_version v on v.unit_id = line.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
          order by v.ordered, line.unit_id limit ${wanted.limit} offset ${wanted.offset}
        ) l
      ), '[]') as lines`.execute(db);
  const { whole, lines } = rows[0]!;
  return { whole: { ...whole, products: whole.products ?? {} }, lines };
}
