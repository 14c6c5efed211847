import type { BookAccount, EntryKind, GiverKind } from '@dinh/domain/contributions';
import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

type Key = { unitId: number; driveId: string };

export type BookEntry = {
  id: string;
  driveId: string;
  seq: number;
  kind: EntryKind;
  on: Day;
  recordedAt: Date;
  commodity: string;
  /** What it puts into held, used or promised, as an exact decimal; what a reversal takes out again is below zero. */
  quantity: string;
  giver: GiverKind | null;
  giverName: string;
  publish: boolean;
  receiptYear: number | null;
  receiptNumber: number | null;
  paper: string;
  file: string | null;
  /** The picture of the paper list it was typed from. */
  listFile: string | null;
  parcel: string;
  certificateUpdated: boolean | null;
  note: string;
  reverses: string | null;
  /** The entry that undid this one. */
  reversedBy: string | null;
};

const columns = sql`
  e.id, e.drive_id as "driveId", e.seq, e.kind, e.on_day as "on", e.recorded_at as "recordedAt", l.commodity,
  trim_scale(l.quantity)::text as quantity, g.kind as giver, coalesce(g.name, '') as "giverName", coalesce(g.publish, false) as publish,
  e.receipt_year as "receiptYear", e.receipt_number as "receiptNumber", e.paper, e.file_digest as file, p.file_digest as "listFile",
  e.parcel, e.certificate_updated as "certificateUpdated", e.note, e.reverses,
  (select r.id from contribution_entry r where r.unit_id = e.unit_id and r.reverses = e.id) as "reversedBy"
  from contribution_entry e
  left join contribution_entry o on o.unit_id = e.unit_id and o.id = e.reverses
  join contribution_line l on l.unit_id = e.unit_id and l.entry_id = e.id
    and l.account = case coalesce(o.kind, e.kind) when 'pledge' then 'promised' when 'use' then 'used' else 'held' end
  left join contribution_giver g on g.unit_id = e.unit_id and g.id = coalesce(e.giver_id, o.giver_id)
  left join contribution_list p on p.unit_id = e.unit_id and p.id = e.list_id`;

export async function findEntry(db: Reader, unitId: number, id: string): Promise<BookEntry | null> {
  const { rows } = await sql<BookEntry>`select ${columns} where e.unit_id = ${unitId} and e.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Entries of a drive in the order they were written, the latest first. `before`: only those written before that number. */
export async function listEntries(
  db: Reader,
  { unitId, driveId }: Key,
  wanted: { kind: EntryKind | null; before: number; limit: number },
): Promise<BookEntry[]> {
  const { rows } = await sql<BookEntry>`
    select ${columns} where e.unit_id = ${unitId} and e.drive_id = ${driveId} and e.seq < ${wanted.before}
      ${wanted.kind === null ? sql`` : sql`and e.kind = ${wanted.kind}`}
    order by e.seq desc limit ${wanted.limit}`.execute(db);
  return rows;
}

export type Proof = {
  /** Per commodity and account: what its lines sum to, and the balance its last line carries. */
  accounts: { commodity: string; account: BookAccount; lines: number; sum: string; carried: string }[];
  /** What entries say, without looking at balances: per commodity. Receipts and vouchers that were reversed are not in it. */
  papers: { commodity: string; receipts: number; received: string; vouchers: number; used: string }[];
  entries: number;
  reversed: number;
  /** Entries whose lines do not sum to zero, or that have not as many as they say. */
  crooked: number;
  /** Numbers missing in the unit's entries and in its receipts. */
  missing: number;
  missingReceipts: number;
  /** Entries of vouchers without a file. */
  withoutFile: number;
  /** How many gave: as the last entry carries it, and counted again. */
  givers: number;
  counted: number;
};

/** Counts the whole book of a drive again, line by line: nothing here trusts what the book carried forward. */
export async function readProof(db: Reader, { unitId, driveId }: Key): Promise<Proof> {
  const { rows } = await sql<Proof>`
    with entry as materialized (
      select e.*, exists (select from contribution_entry r where r.unit_id = e.unit_id and r.reverses = e.id) as undone
      from contribution_entry e where e.unit_id = ${unitId} and e.drive_id = ${driveId}
    ), line as materialized (
      select * from contribution_line where unit_id = ${unitId} and drive_id = ${driveId}
    )
    select
      coalesce((select json_agg(a) from (
        select commodity, account, count(*)::integer as lines, trim_scale(sum(quantity))::text as sum,
          trim_scale((array_agg(balance order by place desc))[1])::text as carried
        from line group by 1, 2 order by 1, 2) a), '[]') as accounts,
      coalesce((select json_agg(p) from (
        select l.commodity, count(*) filter (where e.kind = 'receive')::integer as receipts,
          trim_scale(coalesce(sum(l.quantity) filter (where e.kind = 'receive'), 0))::text as received,
          count(*) filter (where e.kind = 'use')::integer as vouchers,
          trim_scale(coalesce(sum(l.quantity) filter (where e.kind = 'use'), 0))::text as used
        from entry e join line l on l.entry_id = e.id and l.account = case e.kind when 'use' then 'used' else 'held' end
        where not e.undone and e.kind in ('receive', 'use') group by 1 order by 1) p), '[]') as papers,
      (select count(*)::integer from entry) as entries,
      (select count(*)::integer from entry where undone) as reversed,
      (select count(*)::integer from entry e left join (
        select entry_id, sum(n) as n, bool_and(total = 0) as fits
        from (select entry_id, commodity, count(*) as n, sum(quantity) as total from line group by 1, 2) c group by 1
      ) s on s.entry_id = e.id where s.n is distinct from e.lines or not s.fits) as crooked,
      (select coalesce(max(seq) - count(*), 0)::integer from contribution_entry where unit_id = ${unitId}) as missing,
      (select coalesce(sum(y.gap), 0)::integer from (select max(receipt_number) - count(*) as gap from contribution_entry
        where unit_id = ${unitId} and receipt_number is not null group by receipt_year) y) as "missingReceipts",
      (select count(*)::integer from entry e where e.kind = 'use' and e.file_digest is null) as "withoutFile",
      coalesce((select givers from entry order by seq desc limit 1), 0) as givers,
      (select count(distinct e.giver_id)::integer from entry e join contribution_giver g on g.unit_id = e.unit_id and g.id = e.giver_id
        where e.kind = 'receive' and not e.undone and g.kind <> 'anonymous') as counted`.execute(db);
  return rows[0]!;
}
