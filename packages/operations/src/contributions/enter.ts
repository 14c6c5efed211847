import type { BookLine, Commodity, EntryKind, GiverKind, Tail } from '@dinh/domain/contributions';
import { decimalOf, placeLines } from '@dinh/domain/contributions';
import type { Day } from '@dinh/domain/kernel';
import { refuse } from '@dinh/domain/kernel';
import { talliesOfEntry, talliesOfGivers } from '@dinh/domain/works';
import type { Drive, NewEntry } from '@dinh/store/contributions';
import {
  insertCommodities,
  insertEntries,
  readClosedMonth,
  readNext,
  readTails,
  readUsedPapers,
} from '@dinh/store/contributions';
import { appendTallies } from '@dinh/store/rollups';
import type { Context } from '../kernel/public.ts';
import { actorOf } from '../programmes/public.ts';
import type { Giver } from './access.ts';
import { counting, noteGivers } from './givers.ts';

export type Draft = {
  id: string;
  kind: EntryKind;
  on: Day;
  lines: readonly BookLine[];
  giver?: Giver;
  paper?: string;
  listId?: string;
  file?: string;
  land?: { parcel: string; certificateUpdated: boolean } | undefined;
  note?: string;
  reverses?: string;
  /** The giver of whom nothing stands any more once this is written. */
  loses?: GiverKind | undefined;
};

/** The day something happened: not ahead, and in a month that is open. */
export async function demandOpenDay(context: Context, unitId: number, on: Day): Promise<void> {
  const wrong = (code: 'contributions.day-wrong' | 'contributions.month-closed', params = {}) =>
    refuse(code, params, [{ path: 'on', code, params }]);
  if (on > context.today) wrong('contributions.day-wrong');
  const closed = await readClosedMonth(context.tx, unitId);
  if (closed !== null && on.slice(0, 7) <= closed) wrong('contributions.month-closed', { month: closed });
}

/** Something given: within the days the people decided on. */
export function demandWithin(drive: Drive, on: Day): void {
  if (on >= drive.from && on <= drive.to) return;
  const params = { from: drive.from, to: drive.to };
  refuse('contributions.outside-period', params, [{ path: 'on', code: 'contributions.outside-period', params }]);
}

/** Those who watch the book do not write in it. */
export function demandNoSupervisor(context: Context, drive: Drive): void {
  if (context.actor.kind === 'person' && drive.supervisors.includes(context.actor.personId))
    refuse('contributions.supervisor-records');
}

async function demandFreshPapers(context: Context, drive: Drive, drafts: readonly Draft[]): Promise<void> {
  const { unitId, id: driveId } = drive;
  const kind = drafts[0]?.kind;
  const papers = drafts.flatMap(({ paper }) => (paper ? [paper] : []));
  if (kind === undefined || papers.length === 0) return;
  const twice = papers.filter((paper, place) => papers.indexOf(paper) !== place);
  const used = twice.length > 0 ? twice : await readUsedPapers(context.tx, { unitId, driveId }, kind, papers);
  const paper = used[0];
  if (paper === undefined) return;
  const path = drafts.length > 1 ? `rows.${drafts.findLastIndex((draft) => draft.paper === paper)}.paper` : 'paper';
  refuse('contributions.receipt-used', { paper }, [{ path, code: 'contributions.receipt-used', params: { paper } }]);
}

/** What entries add to the totals above: things given and used, and those who gave for the first time. */
const talliesOf = (entries: readonly NewEntry[], before: { households: number; givers: number }) =>
  entries.flatMap((entry, place) => {
    const last = entries[place - 1] ?? before;
    const lines = entry.lines.map((line) => ({ ...line, quantity: decimalOf(line.quantity) }));
    const gave = talliesOfGivers(entry.on, entry.households - last.households, entry.givers - last.givers);
    return [...talliesOfEntry(entry.on, lines), ...gave];
  });

/**
 * Writes entries of one kind into the book. The unit's place in the journal keeps two commands of one unit apart, so numbers and
 * balances read here still hold when they are written; the database checks them once more.
 * @returns the entries with their receipt numbers
 */
export async function enter(
  context: Context,
  drive: Drive,
  drafts: readonly Draft[],
  commodities: readonly Commodity[],
): Promise<{ id: string; receipt: { year: number; number: number } | null }[]> {
  const { tx } = context;
  const key = { unitId: drive.unitId, driveId: drive.id };
  await demandFreshPapers(context, drive, drafts);
  const wanted = new Map(
    drafts.flatMap(({ lines }) => lines).map((line) => [`${line.account} ${line.commodity}`, line]),
  );
  const tails: Map<string, Tail> = await readTails(
    tx,
    key,
    [...wanted.values()].map(({ account, commodity }) => ({ account, commodity })),
  );
  const year = Number((drafts[0]?.on ?? context.today).slice(0, 4));
  const next = await readNext(tx, key, year);
  const givers = await noteGivers(
    context,
    drive,
    drafts.map(({ giver }) => giver),
  );
  const count = counting(next);
  const entries = drafts.map((draft, place): NewEntry => {
    const done = placeLines(tails, draft.lines);
    if ('over' in done) {
      const { account, commodity } = done.over;
      // A number, so that the sentence writes it as its language does.
      const held = Number(decimalOf(tails.get(`${account} ${commodity}`)?.balance ?? 0n));
      const at = { path: 'item.quantity', code: 'contributions.more-than-received' as const, params: { held } };
      refuse('contributions.more-than-received', { held }, draft.kind === 'use' ? [at] : []);
    }
    const giver = givers[place] ?? null;
    const isReceipt = draft.kind === 'receive';
    const { households, givers: gave } = draft.loses ? count.take(draft.loses) : count.add(isReceipt ? giver : null);
    return {
      id: draft.id,
      seq: next.seq + place,
      kind: draft.kind,
      on: draft.on,
      giverId: giver?.id ?? null,
      receiptYear: isReceipt ? year : null,
      receiptNumber: isReceipt ? next.receipt + place : null,
      paper: draft.paper ?? '',
      listId: draft.listId ?? null,
      file: draft.file ?? null,
      parcel: draft.land?.parcel ?? '',
      certificateUpdated: draft.land?.certificateUpdated ?? null,
      note: draft.note ?? '',
      reverses: draft.reverses ?? null,
      households,
      givers: gave,
      lines: done.placed,
    };
  });
  if (commodities.length > 0) await insertCommodities(tx, key, commodities);
  const written = await insertEntries(tx, key, entries, { actor: actorOf(context), at: context.now });
  if (!written) refuse('contributions.already-there');
  await appendTallies(tx, drive.unitId, talliesOf(entries, next));
  return entries.map(({ id, receiptYear, receiptNumber }) => ({
    id,
    receipt: receiptYear === null || receiptNumber === null ? null : { year: receiptYear, number: receiptNumber },
  }));
}
