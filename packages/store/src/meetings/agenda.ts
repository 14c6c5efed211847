import type { ItemKind } from '@dinh/domain/meetings';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** A point of the agenda with its running notes. */
export type MeetingItem = {
  id: string;
  /** Null while it is only proposed, or declined. */
  place: number | null;
  state: 'proposed' | 'agreed' | 'declined';
  title: string;
  kind: ItemKind;
  owner: string | null;
  ownerName: string;
  minutes: number | null;
  proposedBy: string | null;
  proposedByName: string;
  notes: string;
  /** How many spoke. */
  opinions: number;
  /** Raised by each save of its notes. */
  version: number;
  notedByName: string;
  notedAt: Date | null;
  begunAt: Date | null;
  endedAt: Date | null;
};

const person = (column: 'owner' | 'proposed_by' | 'noted_by') => sql`
  coalesce((select n.name from person n
    where n.id = case when i.${sql.raw(column)}::text ~ '^[0-9a-f-]{36}$' then i.${sql.raw(column)}::text::uuid end
    order by n.unit_id = i.unit_id desc, n.valid_from desc limit 1), '')`;

const columns = sql`
  i.id, i.place, i.state, i.title, i.kind, i.owner, ${person('owner')} as "ownerName", i.minutes, i.proposed_by as "proposedBy",
  ${person('proposed_by')} as "proposedByName", i.notes, i.opinions, i.version, ${person('noted_by')} as "notedByName",
  i.noted_at as "notedAt", i.begun_at as "begunAt", i.ended_at as "endedAt"`;

/** The agenda in its order, then what was proposed and what was declined. */
export async function readItems(db: Reader, unitId: number, meetingId: string): Promise<MeetingItem[]> {
  const { rows } = await sql<MeetingItem>`
    select ${columns} from meeting_item i where i.unit_id = ${unitId} and i.meeting_id = ${meetingId}
    order by i.place nulls last, i.state desc, i.id limit 400`.execute(db);
  return rows;
}

export async function findItem(db: Reader, unitId: number, meetingId: string, id: string): Promise<MeetingItem | null> {
  const { rows } = await sql<MeetingItem>`
    select ${columns} from meeting_item i where i.unit_id = ${unitId} and i.meeting_id = ${meetingId} and i.id = ${id}`.execute(
    db,
  );
  return rows[0] ?? null;
}

export type NewItem = Pick<MeetingItem, 'id' | 'title' | 'kind' | 'owner' | 'minutes'>;
type Key = { unitId: number; meetingId: string };

/** Puts points at the end of the agenda, in the order given. @returns how many ids were free */
export async function appendItems(tx: Tx, { unitId, meetingId }: Key, items: readonly NewItem[]): Promise<number> {
  const numbered = items.map((item, index) => ({ ...item, index }));
  const { rows } = await sql<{ lines: number }>`
    with written as (
      insert into meeting_item (unit_id, meeting_id, id, place, state, title, kind, owner, minutes)
      select ${unitId}::integer, ${meetingId}::uuid, r.id, r.index + 1 + coalesce((
          select max(i.place) from meeting_item i where i.unit_id = ${unitId} and i.meeting_id = ${meetingId}), 0),
        'agreed', r.title, r.kind, r.owner, r.minutes
      from jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb)
        as r (id uuid, index integer, title text, kind text, owner uuid, minutes integer)
      on conflict do nothing returning 1
    ) select count(*) as lines from written`.execute(tx);
  return rows[0]!.lines;
}

/** @returns false when the id is taken */
export async function insertProposal(
  tx: Tx,
  { unitId, meetingId }: Key,
  item: Pick<MeetingItem, 'id' | 'title' | 'kind'> & { proposedBy: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into meeting_item (unit_id, meeting_id, id, state, title, kind, proposed_by)
    values (${unitId}, ${meetingId}, ${item.id}, 'proposed', ${item.title}, ${item.kind}, ${item.proposedBy})
    on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** Takes a proposal onto the end of the agenda, or declines it. */
export async function decideProposal(tx: Tx, { unitId, meetingId }: Key, id: string, accepted: boolean): Promise<void> {
  await sql`
    update meeting_item set state = ${accepted ? 'agreed' : 'declined'}, place = case when ${accepted} then 1 + coalesce((
      select max(i.place) from meeting_item i where i.unit_id = ${unitId} and i.meeting_id = ${meetingId}), 0) end
    where unit_id = ${unitId} and meeting_id = ${meetingId} and id = ${id}`.execute(tx);
}

export async function saveItem(tx: Tx, { unitId, meetingId }: Key, item: NewItem): Promise<void> {
  await sql`
    update meeting_item set title = ${item.title}, kind = ${item.kind}, owner = ${item.owner}::uuid, minutes = ${item.minutes}
    where unit_id = ${unitId} and meeting_id = ${meetingId} and id = ${item.id}`.execute(tx);
}

/** Numbers the agenda anew in the order of the ids; points not named keep their order behind them. */
export async function orderItems(tx: Tx, { unitId, meetingId }: Key, ids: readonly string[]): Promise<void> {
  await sql`
    update meeting_item i set place = o.place
    from (
      select id, row_number() over (order by array_position(${[...ids]}::uuid[], id) nulls last, place) as place
      from meeting_item where unit_id = ${unitId} and meeting_id = ${meetingId} and state = 'agreed'
    ) o
    where i.unit_id = ${unitId} and i.meeting_id = ${meetingId} and i.id = o.id`.execute(tx);
}

/** Takes a point off the agenda before anything was noted under it. */
export async function deleteItem(tx: Tx, { unitId, meetingId }: Key, id: string): Promise<void> {
  await sql`delete from meeting_item where unit_id = ${unitId} and meeting_id = ${meetingId} and id = ${id}`.execute(
    tx,
  );
}

/**
 * Saves the notes of a point when nobody saved since `expected`; what they replace is kept beside.
 * @returns false when somebody did
 */
export async function saveNotes(
  tx: Tx,
  { unitId, meetingId }: Key,
  saved: { id: string; expected: number; notes: string; opinions: number; actor: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    with old as (
      select * from meeting_item
      where unit_id = ${unitId} and meeting_id = ${meetingId} and id = ${saved.id} and version = ${saved.expected}
    ), kept as (
      insert into meeting_note (unit_id, meeting_id, item_id, version, notes, actor, at)
      select unit_id, meeting_id, id, version, notes, noted_by, noted_at from old where notes <> '' and notes <> ${saved.notes}
    )
    update meeting_item i set notes = ${saved.notes}, opinions = ${saved.opinions}, version = i.version + 1, noted_by = ${saved.actor},
      noted_at = ${saved.at}
    from old where i.unit_id = old.unit_id and i.meeting_id = old.meeting_id and i.id = old.id returning i.id`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Begins a point, which ends the one that was running; or (`id` null) only ends that one. */
export async function runItem(tx: Tx, { unitId, meetingId }: Key, id: string | null, at: Date): Promise<void> {
  await sql`
    update meeting_item set
      ended_at = case when id is not distinct from ${id}::uuid then null else coalesce(ended_at, ${at}) end,
      begun_at = case when id is not distinct from ${id}::uuid then coalesce(begun_at, ${at}) else begun_at end
    where unit_id = ${unitId} and meeting_id = ${meetingId} and (id = ${id}::uuid or (begun_at is not null and ended_at is null))`.execute(
    tx,
  );
}
