import { addDays, type Day, periodOf, periodStart } from '@dinh/domain/kernel';
import { instantAt } from '@dinh/domain/meetings';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

export type MeetingFacts = {
  /** The unit keeps its meetings here: without any, nobody knows whether it met and wrote them elsewhere. */
  kept: boolean;
  /** Regular meetings of the period that were held to their end; what follows is counted over them. */
  held: number;
  /** Attendances, and how many there had to be: everybody on the roll who is not exempt. */
  present: number;
  expected: number;
  /** Minutes of the shortest; null when none was held. */
  shortest: number | null;
  /** Those whose minutes everybody signed who has to. */
  signed: number;
  /** Those with documents, all of which were there in time. */
  ahead: number;
  /** Those before which the committee agreed on what to bring. */
  prepared: number;
  /** Absences of those who had to come and gave no reason. */
  unexcused: number;
  /** Opinions in the meeting that heard fewest, on the point of its agenda that drew most; null when none was held. */
  speakers: number | null;
  /** Thematic meetings held since the beginning of the quarter in which the period ends. */
  thematic: number;
  /** Thematic meetings of the period. */
  thematicHeld: number;
  /** Meetings of both kinds in the period to which somebody from the level above came. */
  observed: number;
  /** Resolutions of meetings of the period that are signed. */
  resolutions: number;
  /** Products approved in the period and neither sent back nor withdrawn since. */
  products: number;
};

/** What a unit's meetings say of a period, as it was known at an instant: what was written later does not reach back. One statement. */
export async function readMeetingFacts(
  db: Reader,
  asked: { unitId: number; from: Day; to: Day; knownAt: Date },
): Promise<MeetingFacts> {
  const { unitId, from, to, knownAt } = asked;
  const quarter = periodStart(periodOf('quarter', to));
  const { rows } = await sql<MeetingFacts>`
    with over as (
      select * from meeting
      where unit_id = ${unitId} and on_day between least(${from}::date, ${quarter}::date) and ${to} and kind in ('regular', 'thematic')
        and state in ('closed', 'signed') and closed_at <= ${knownAt}
    ), observed as (
      select o.unit_id, o.id from over o
      where o.on_day >= ${from} and (
        exists (select from meeting_guest g where g.unit_id = o.unit_id and g.meeting_id = o.id and g.kind = 'observer')
        or exists (select from thematic_meeting t where t.unit_id = o.unit_id and t.meeting_id = o.id and t.observer_present))
    ), approved as (
      select p.id from product p
      cross join lateral (
        select max(e.at) filter (where e.step = 'approve') as approved_at,
          max(e.at) filter (where e.step in ('return', 'withdraw')) as undone_at
        from product_event e where e.unit_id = p.unit_id and e.product_id = p.id and e.at <= ${knownAt}
      ) e
      where p.unit_id = ${unitId} and e.approved_at >= ${instantAt(from, '00:00')} and e.approved_at < ${instantAt(addDays(to, 1), '00:00')}
        and (e.undone_at is null or e.undone_at < e.approved_at)
    ), held as (
      select o.*, extract(epoch from o.closed_at - o.opened_at) / 60 as lasted,
        exists (select from document d where d.unit_id = o.unit_id and d.meeting_id = o.id and d.type = 'minutes' and d.state = 'signed'
          and d.signed_at <= ${knownAt}) as has_minutes,
        exists (select from meeting_preparation p where p.unit_id = o.unit_id and p.meeting_id = o.id and p.held_on <= o.on_day
          and p.at <= ${knownAt}) as is_prepared,
        (select coalesce(max(i.opinions), 0) from meeting_item i where i.unit_id = o.unit_id and i.meeting_id = o.id and i.state = 'agreed')
          as opinions
      from over o where o.kind = 'regular' and o.on_day >= ${from}
    )
    select exists (select from meeting where unit_id = ${unitId} and opened_at <= ${knownAt}) as kept,
      count(*)::integer as held,
      coalesce(sum((roll->>'present')::integer), 0)::integer as present,
      coalesce(sum((roll->>'members')::integer - (roll->>'exempt')::integer), 0)::integer as expected,
      floor(min(lasted))::integer as shortest,
      count(*) filter (where has_minutes)::integer as signed,
      count(*) filter (where documents > 0 and documents_late = 0)::integer as ahead,
      count(*) filter (where is_prepared)::integer as prepared,
      coalesce(sum((roll->>'unexcused')::integer), 0)::integer as unexcused,
      min(opinions)::integer as speakers,
      (select count(*)::integer from over where kind = 'thematic' and on_day >= ${quarter}) as thematic,
      (select count(*)::integer from over where kind = 'thematic' and on_day >= ${from}) as "thematicHeld",
      (select count(*)::integer from observed) as observed,
      (select count(*)::integer from document d join over o on o.id = d.meeting_id and o.on_day >= ${from}
        where d.unit_id = ${unitId} and d.type = 'resolution' and d.state = 'signed' and d.signed_at <= ${knownAt}) as resolutions,
      (select count(*)::integer from approved) as products
    from held`.execute(db);
  return rows[0]!;
}
