import type { BookAccount, BookLine, Commodity, EntryKind, PlacedLine, Tail } from '@dinh/domain/contributions';
import { decimalOf, milliOf, tailKey } from '@dinh/domain/contributions';
import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

type Key = { unitId: number; driveId: string };

/** Numbers come from the database as exact decimals. */
const milli = (text: string) => milliOf(text) ?? 0n;

/** The last line of each account asked for: one look into the index each, however long the book is. */
export async function readTails(
  db: Reader,
  { unitId, driveId }: Key,
  of: readonly { account: BookAccount; commodity: string }[],
): Promise<Map<string, Tail>> {
  const { rows } = await sql<{ account: BookAccount; commodity: string; place: number; balance: string }>`
    select a.account, a.commodity, t.place, trim_scale(t.balance)::text as balance
    from jsonb_to_recordset(${JSON.stringify(of)}::jsonb) as a (account text, commodity text)
    cross join lateral (
      select l.place, l.balance from contribution_line l
      where l.unit_id = ${unitId} and l.drive_id = ${driveId} and l.account = a.account and l.commodity = a.commodity
      order by l.place desc limit 1
    ) t`.execute(db);
  return new Map(rows.map((row) => [tailKey(row), { place: row.place, balance: milli(row.balance) }]));
}

/** Everything a drive counts, in the order of kinds and names. */
export async function readCommodities(db: Reader, { unitId, driveId }: Key): Promise<Commodity[]> {
  const { rows } = await sql<Commodity>`
    select key, kind, name, unit from contribution_commodity where unit_id = ${unitId} and drive_id = ${driveId}
    order by array_position('{money,land,labour,material,asset,service}'::text[], kind), name, key limit 2000`.execute(
    db,
  );
  return rows;
}

/** Adds what is not there yet; the first spelling of a name stays. */
export async function insertCommodities(tx: Tx, { unitId, driveId }: Key, given: readonly Commodity[]): Promise<void> {
  await sql`
    insert into contribution_commodity (unit_id, drive_id, key, kind, name, unit)
    select ${unitId}::integer, ${driveId}::uuid, c.key, c.kind, c.name, c.unit
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as c (key text, kind text, name text, unit text)
    on conflict do nothing`.execute(tx);
}

export type Next = { seq: number; receipt: number; households: number; givers: number };

/** The number after the last entry of a unit, and after the last receipt of a year; how many gave to the drive until now. */
export async function readNext(db: Reader, { unitId, driveId }: Key, year: number): Promise<Next> {
  const { rows } = await sql<Next>`
    select coalesce(c.households, 0) as households, coalesce(c.givers, 0) as givers,
      coalesce((select max(seq) from contribution_entry where unit_id = ${unitId}), 0) + 1 as seq,
      coalesce((select max(receipt_number) from contribution_entry where unit_id = ${unitId} and receipt_year = ${year}), 0) + 1 as receipt
    from (select) one left join lateral (select households, givers from contribution_entry
      where unit_id = ${unitId} and drive_id = ${driveId} order by seq desc limit 1) c on true`.execute(db);
  return rows[0]!;
}

/** Which of these paper numbers stand in entries that are not reversed. */
export async function readUsedPapers(
  db: Reader,
  { unitId, driveId }: Key,
  kind: EntryKind,
  papers: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ paper: string }>`
    select e.paper from contribution_entry e
    where e.unit_id = ${unitId} and e.drive_id = ${driveId} and e.kind = ${kind} and e.paper = any (${[...papers]}::text[])
      and not exists (select from contribution_entry r where r.unit_id = e.unit_id and r.reverses = e.id)
    order by e.seq limit 100`.execute(db);
  return rows.map(({ paper }) => paper);
}

export type NewEntry = {
  id: string;
  seq: number;
  kind: EntryKind;
  on: Day;
  giverId: string | null;
  receiptYear: number | null;
  receiptNumber: number | null;
  paper: string;
  listId: string | null;
  file: string | null;
  parcel: string;
  certificateUpdated: boolean | null;
  note: string;
  reverses: string | null;
  /** After it: households, and givers of every kind that has a name, from whom something stands as received. */
  households: number;
  givers: number;
  lines: readonly PlacedLine[];
};

/** Writes entries with their lines, in two statements however many they are. @returns false when an id is taken */
export async function insertEntries(
  tx: Tx,
  { unitId, driveId }: Key,
  entries: readonly NewEntry[],
  by: { actor: string; at: Date },
): Promise<boolean> {
  const rows = entries.map(({ lines, on, ...entry }) => ({ ...entry, on_day: on, lines: lines.length }));
  const { rows: written } = await sql`
    insert into contribution_entry (unit_id, id, drive_id, seq, kind, on_day, recorded_at, actor, lines, giver_id, receipt_year,
      receipt_number, paper, list_id, file_digest, parcel, certificate_updated, note, reverses, households, givers)
    select ${unitId}::integer, e.id, ${driveId}::uuid, e.seq, e.kind, e.on_day, ${by.at}::timestamptz, ${by.actor}::text, e.lines,
      e."giverId", e."receiptYear", e."receiptNumber", e.paper, e."listId", e.file, e.parcel, e."certificateUpdated", e.note, e.reverses, e.households, e.givers
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e (id uuid, seq integer, kind text, on_day date, lines integer,
      "giverId" uuid, "receiptYear" integer, "receiptNumber" integer, paper text, "listId" uuid, file text, parcel text,
      "certificateUpdated" boolean, note text, reverses uuid, households integer, givers integer)
    on conflict (unit_id, id) do nothing returning id`.execute(tx);
  if (written.length < entries.length) return false;
  const lines = entries.flatMap((entry) =>
    entry.lines.map(({ quantity, balance, ...line }) => ({
      ...line,
      entry: entry.id,
      quantity: decimalOf(quantity),
      balance: decimalOf(balance),
    })),
  );
  await sql`
    insert into contribution_line (unit_id, drive_id, account, commodity, place, entry_id, quantity, balance)
    select ${unitId}::integer, ${driveId}::uuid, l.account, l.commodity, l.place, l.entry, l.quantity, l.balance
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l (account text, commodity text, place bigint, entry uuid,
      quantity numeric, balance numeric)`.execute(tx);
  return true;
}

export async function insertList(
  tx: Tx,
  list: { unitId: number; driveId: string; id: string; file: string; receipts: number; actor: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into contribution_list (unit_id, drive_id, id, file_digest, receipts, actor, recorded_at)
    values (${list.unitId}, ${list.driveId}, ${list.id}, ${list.file}, ${list.receipts}, ${list.actor}, ${list.at})
    on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** Lines of one entry, for undoing it. */
export async function readEntryLines(db: Reader, unitId: number, entryId: string): Promise<BookLine[]> {
  const { rows } = await sql<{ account: BookAccount; commodity: string; quantity: string }>`
    select account, commodity, trim_scale(quantity)::text as quantity from contribution_line
    where unit_id = ${unitId} and entry_id = ${entryId} order by account, commodity`.execute(db);
  return rows.map((row) => ({ ...row, quantity: milli(row.quantity) }));
}
