import type { Day } from '@dinh/domain/kernel';
import type { MeetingKind, MeetingState, QuorumRule, RollFigures } from '@dinh/domain/meetings';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** One meeting as it stands. Instants are moments; `onDay` is the day of `startsAt` by the installation's clock. */
export type Meeting = {
  unitId: number;
  id: string;
  kind: MeetingKind;
  /** Empty: its kind and month say it all. */
  title: string;
  startsAt: Date;
  onDay: Day;
  place: string;
  minutes: number;
  state: MeetingState;
  counts: 'people' | 'households';
  quorum: QuorumRule;
  documentsDays: number;
  chair: string | null;
  recorder: string | null;
  calledAt: Date | null;
  openedAt: Date | null;
  closedAt: Date | null;
  signedAt: Date | null;
  cancelledAt: Date | null;
  cancelReason: string | null;
  checkIn: string | null;
  /** Attached when it opened, and how many of them came later than they had to; null before. */
  documents: number | null;
  documentsLate: number | null;
  /** Figures of the roll when it closed; null before. */
  roll: RollFigures | null;
  revision: number;
  /** The revision of the last write that was not of the roll alone. */
  content: number;
};

export const meetingColumns = sql`
  m.unit_id as "unitId", m.id, m.kind, m.title, m.starts_at as "startsAt", m.on_day as "onDay", m.place, m.minutes, m.state, m.counts,
  m.quorum, m.documents_days as "documentsDays", m.chair, m.recorder, m.called_at as "calledAt", m.opened_at as "openedAt",
  m.closed_at as "closedAt", m.signed_at as "signedAt", m.cancelled_at as "cancelledAt", m.cancel_reason as "cancelReason",
  m.check_in as "checkIn", m.documents, m.documents_late as "documentsLate", m.roll, m.revision::integer as revision,
  m.content::integer as content`;

export type NewMeeting = Pick<
  Meeting,
  | 'unitId'
  | 'id'
  | 'kind'
  | 'title'
  | 'startsAt'
  | 'onDay'
  | 'place'
  | 'minutes'
  | 'counts'
  | 'quorum'
  | 'documentsDays'
  | 'chair'
  | 'recorder'
>;

/** Plans meetings in one statement. @returns ids that were free */
export async function insertMeetings(
  tx: Tx,
  unitId: number,
  planned: readonly Omit<NewMeeting, 'unitId'>[],
  by: { actor: string; at: Date },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into meeting (unit_id, id, kind, title, starts_at, on_day, place, minutes, state, counts, quorum, documents_days, chair, recorder,
      planned_by, planned_at)
    select ${unitId}::integer, r.id, r.kind, r.title, r."startsAt", r."onDay", r.place, r.minutes, 'planned', r.counts, r.quorum,
      r."documentsDays", r.chair, r.recorder, ${by.actor}::text, ${by.at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(planned)}::jsonb) as r (id uuid, kind text, title text, "startsAt" timestamptz, "onDay" date,
      place text, minutes integer, counts text, quorum jsonb, "documentsDays" integer, chair uuid, recorder uuid)
    on conflict (unit_id, id) do nothing returning id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** A meeting without holding it. */
export async function findMeeting(db: Reader, unitId: number, id: string): Promise<Meeting | null> {
  const { rows } = await sql<Meeting>`
    select ${meetingColumns} from meeting m where m.unit_id = ${unitId} and m.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/**
 * A meeting for writing: held until the commit, its revision raised. Everything written under it carries that revision.
 * @param of `roll`: only its roll is written; whoever reads the rest of the page need not look again
 */
export async function takeMeeting(
  tx: Tx,
  unitId: number,
  id: string,
  of: 'roll' | 'content' = 'content',
): Promise<Meeting | null> {
  const { rows } = await sql<Meeting>`
    update meeting m set revision = revision + 1, content = case when ${of === 'roll'} then content else revision + 1 end
    where m.unit_id = ${unitId} and m.id = ${id} returning ${meetingColumns}`.execute(tx);
  return rows[0] ?? null;
}

/** Writes what planning and electing change. */
export async function saveMeeting(tx: Tx, meeting: NewMeeting): Promise<void> {
  await sql`
    update meeting set kind = ${meeting.kind}, title = ${meeting.title}, starts_at = ${meeting.startsAt}, on_day = ${meeting.onDay},
      place = ${meeting.place}, minutes = ${meeting.minutes}, counts = ${meeting.counts}, quorum = ${JSON.stringify(meeting.quorum)}::jsonb,
      documents_days = ${meeting.documentsDays}, chair = ${meeting.chair}::uuid, recorder = ${meeting.recorder}::uuid
    where unit_id = ${meeting.unitId} and id = ${meeting.id}`.execute(tx);
}

/** Marks that the invitation went out; the first time counts. */
export async function markCalled(tx: Tx, unitId: number, id: string, at: Date): Promise<void> {
  await sql`
    update meeting set called_at = coalesce(called_at, ${at}) where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

/** Opens a meeting: what was attached in time, and the secret of its check-in code, stay with it. Opened again, its hour stays. */
export async function markOpen(
  tx: Tx,
  opened: { unitId: number; id: string; at: Date; checkIn: string; documents: number; documentsLate: number },
): Promise<void> {
  await sql`
    update meeting set state = 'open', opened_at = coalesce(opened_at, ${opened.at}), closed_at = null, roll = null,
      check_in = coalesce(check_in, ${opened.checkIn}), documents = coalesce(documents, ${opened.documents}),
      documents_late = coalesce(documents_late, ${opened.documentsLate})
    where unit_id = ${opened.unitId} and id = ${opened.id}`.execute(tx);
}

/** Closes a meeting with the figures of its roll. */
export async function markClosed(tx: Tx, unitId: number, id: string, at: Date, roll: RollFigures): Promise<void> {
  await sql`
    update meeting set state = 'closed', closed_at = ${at}, roll = ${JSON.stringify(roll)}::jsonb
    where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

/**
 * Marks a closed meeting as signed: from here on nothing of it changes. Called by whoever signs its minutes, under `takeMeeting`.
 * @returns false when it was not closed
 */
export async function markSigned(tx: Tx, unitId: number, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update meeting set state = 'signed', signed_at = ${at}, revision = revision + 1, content = revision + 1
    where unit_id = ${unitId} and id = ${id} and state = 'closed' returning id`.execute(tx);
  return rows.length > 0;
}

/** Calls a planned meeting off for a reason, or (`reason` null) plans it again. */
export async function markCancelled(
  tx: Tx,
  unitId: number,
  id: string,
  at: Date,
  reason: string | null,
): Promise<void> {
  await sql`
    update meeting set state = case when ${reason}::text is null then 'planned' else 'cancelled' end,
      cancelled_at = case when ${reason}::text is null then null else ${at}::timestamptz end, cancel_reason = ${reason}
    where unit_id = ${unitId} and id = ${id}`.execute(tx);
}

/** Meetings of a unit in [from, to), in the order of their hours. */
export async function listMeetings(db: Reader, unitId: number, from: Day, to: Day): Promise<Meeting[]> {
  const { rows } = await sql<Meeting>`
    select ${meetingColumns} from meeting m
    where m.unit_id = ${unitId} and m.on_day >= ${from} and m.on_day < ${to} order by m.starts_at, m.id limit 500`.execute(
    db,
  );
  return rows;
}
