import type { Day } from '@dinh/domain/kernel';
import type { RecognitionEventKind } from '@dinh/domain/recognitions';
import { type RawBuilder, sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type RecognitionEvent = {
  kind: RecognitionEventKind;
  onDay: Day;
  by: string;
  decisionNumber: string | null;
  issuer: string | null;
  reason: string | null;
  /** The next recheck, or the day by which it is to be remedied. */
  nextDay: Day | null;
};

export type Recognition = {
  programmeId: number;
  programme: string;
  seq: number;
  period: string;
  level: string;
  decidedOn: Day;
  revokedOn: Day | null;
  /** Oldest first. */
  events: RecognitionEvent[];
  /** The latest sheet sent after the one it rests on, and the criteria in which that one fell back. */
  since: { period: string; isVerified: boolean; fallen: string[] } | null;
};

/**
 * Criteria that the sheet behind a recognition had met and kept, and that the latest sheet sent since (up to a day) does not. What the
 * level above found counts where it has looked, else what the unit says itself. `r` is the recognition.
 */
export const fallenSince = (day: RawBuilder<unknown>) => sql`
  select n.period, n.state in ('accepted', 'locked') as "isVerified", coalesce((
    select array_agg(k.key order by k.id)
    from assessment_value b
    join assessment_value v on v.unit_id = b.unit_id and v.programme_id = b.programme_id and v.criterion_id = b.criterion_id
      and v.period = n.period
    join criterion k on k.id = b.criterion_id
    cross join lateral (select
      case when n.state in ('accepted', 'locked') then v.verified_met else v.declared_met end as met,
      case when n.state in ('accepted', 'locked') then v.verified_sustained else v.declared_sustained end as sustained) now
    where b.unit_id = r.unit_id and b.programme_id = r.programme_id and b.period = r.period and b.verified_met
      and (now.met = false or (now.sustained = false and b.verified_sustained is distinct from false))
  ), '{}') as fallen
  from assessment n
  where n.unit_id = r.unit_id and n.programme_id = r.programme_id and n.period > r.period and n.period_end <= ${day}
    and n.state in ('submitted', 'accepted', 'locked')
  order by n.period desc limit 1`;

/** Recognitions of a unit, revoked ones too, the latest first. `day` closes the sheets that are looked at. */
export async function listRecognitions(db: Reader, unitId: number, day: Day): Promise<Recognition[]> {
  const { rows } = await sql<Recognition>`
    select r.programme_id as "programmeId", p.key as programme, r.seq, r.period, r.level, r.decided_on as "decidedOn",
      r.revoked_on as "revokedOn",
      (select json_agg(json_build_object('kind', e.kind, 'onDay', e.on_day, 'by', coalesce(n.name, ''), 'decisionNumber', e.decision_number,
         'issuer', e.issuer, 'reason', e.reason, 'nextDay', e.next_day) order by e.nth)
       from recognition_event e
       left join lateral (select name from person where id = case when e.actor ~ '^[0-9a-f-]{36}$' then e.actor::uuid end limit 1) n on true
       where e.unit_id = r.unit_id and e.programme_id = r.programme_id and e.seq = r.seq) as events,
      (select row_to_json(s) from (${fallenSince(sql`${day}::date`)}) s) as since
    from recognition r join programme p on p.id = r.programme_id
    where r.unit_id = ${unitId} order by r.decided_on desc, r.seq desc`.execute(db);
  return rows;
}

/** The recognition that stands, held until the commit: its seq, last event and how many events it has. */
export async function findStanding(
  tx: Tx,
  unitId: number,
  programmeId: number,
): Promise<{ seq: number; events: number; kind: RecognitionEventKind; onDay: Day } | null> {
  const { rows } = await sql<{ seq: number; events: number; kind: RecognitionEventKind; onDay: Day }>`
    select r.seq, e.nth as events, e.kind, e.on_day as "onDay" from recognition r
    join lateral (
      select nth, kind, on_day from recognition_event e
      where e.unit_id = r.unit_id and e.programme_id = r.programme_id and e.seq = r.seq order by nth desc limit 1
    ) e on true
    where r.unit_id = ${unitId} and r.programme_id = ${programmeId} and r.revoked_on is null for update of r`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** @returns the seq of the new recognition; null when one stands already */
export async function insertRecognition(
  tx: Tx,
  recognition: { unitId: number; programmeId: number; period: string; level: string; decidedOn: Day },
): Promise<number | null> {
  const { unitId, programmeId, period, level, decidedOn } = recognition;
  const { rows } = await sql<{ seq: number }>`
    insert into recognition (unit_id, programme_id, seq, period, level, decided_on)
    select ${unitId}, ${programmeId}, coalesce(max(seq), 0) + 1, ${period}::text, ${level}::text, ${decidedOn}::date
    from recognition where unit_id = ${unitId} and programme_id = ${programmeId}
    on conflict do nothing returning seq`.execute(tx);
  return rows[0]?.seq ?? null;
}

export async function appendEvent(
  tx: Tx,
  event: {
    unitId: number;
    programmeId: number;
    seq: number;
    nth: number;
    kind: RecognitionEventKind;
    onDay: Day;
    at: Date;
    actor: string;
    decisionNumber?: string | undefined;
    issuer?: string | undefined;
    reason?: string | undefined;
    nextDay: Day | null;
  },
): Promise<void> {
  await sql`
    insert into recognition_event (unit_id, programme_id, seq, nth, kind, on_day, at, actor, decision_number, issuer, reason, next_day)
    values (${event.unitId}, ${event.programmeId}, ${event.seq}, ${event.nth}, ${event.kind}, ${event.onDay}, ${event.at}, ${event.actor},
            ${event.decisionNumber ?? null}, ${event.issuer ?? null}, ${event.reason ?? null}, ${event.nextDay})`.execute(
    tx,
  );
}

export async function revokeRecognition(
  tx: Tx,
  unitId: number,
  programmeId: number,
  seq: number,
  on: Day,
): Promise<void> {
  await sql`
    update recognition set revoked_on = ${on}
    where unit_id = ${unitId} and programme_id = ${programmeId} and seq = ${seq}`.execute(tx);
}

/** The latest verified sheet of a unit in each programme it runs or ran, of periods up to a day, with the pack version it is bound to. */
export async function latestVerified(
  db: Reader,
  unitId: number,
  day: Day,
): Promise<{ programme: string; period: string; level: string | null; pack: unknown; strings: unknown }[]> {
  const { rows } = await sql<{
    programme: string;
    period: string;
    level: string | null;
    pack: unknown;
    strings: unknown;
  }>`
    select distinct on (a.programme_id) p.key as programme, a.period, a.verified_level as level, k.content as pack, k.strings
    from assessment a
    join programme p on p.id = a.programme_id
    join pack k on k.programme_id = a.programme_id and k.version = a.pack_version
    where a.unit_id = ${unitId} and a.state in ('accepted', 'locked') and a.period_end <= ${day}
    order by a.programme_id, a.period_end desc`.execute(db);
  return rows;
}

/**
 * Where a unit stands among those directly under the same unit, by the tree of the day of its decision: how many of them had been
 * recognised earlier, how many run the programme. Null where another was recognised on the same day: nobody was before the other.
 */
export async function readOrder(
  db: Reader,
  wanted: { unitId: number; programmeId: number; day: Day },
): Promise<{ nth: number; of: number; parent: string } | null> {
  const { day } = wanted;
  const { rows } = await sql<{ nth: number; of: number; parent: string }>`
    select
      1 + count(*) filter (where exists (
        select 1 from recognition r where r.unit_id = s.unit_id and r.programme_id = ${wanted.programmeId} and r.decided_on < ${day}
      ))::integer as nth,
      count(*) filter (where s.unit_id = ${wanted.unitId} or exists (
        select 1 from adoption d where d.unit_id = s.unit_id and d.programme_id = ${wanted.programmeId}
          and d.valid_from <= ${day} and d.valid_to > ${day}))::integer as of,
      max(v.name) as parent
    from unit_parent p
    join unit_parent s on s.parent_id = p.parent_id and s.valid_from <= ${day} and s.valid_to > ${day}
    join unit_version v on v.unit_id = p.parent_id and v.valid_from <= ${day} and v.valid_to > ${day}
    where p.unit_id = ${wanted.unitId} and p.valid_from <= ${day} and p.valid_to > ${day}
    having count(*) > 0 and not bool_or(s.unit_id <> ${wanted.unitId} and exists (
      select 1 from recognition r where r.unit_id = s.unit_id and r.programme_id = ${wanted.programmeId} and r.decided_on = ${day}))`.execute(
    db,
  );
  return rows[0] ?? null;
}
