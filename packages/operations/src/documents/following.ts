import { createHash } from 'node:crypto';
import { isOpen } from '@dinh/domain/documents';
import type { FollowedParagraph, Paragraph, StoredParagraph, WrittenDocument } from '@dinh/store/documents';
import { readParagraphs, readStored, writeFollowed } from '@dinh/store/documents';
import type { Context } from '../kernel/public.ts';
import { readMeeting } from '../meetings/public.ts';
import { actorOf } from '../programmes/public.ts';
import { type Part, partsOf } from './happened.ts';
import { votesOf } from './votes.ts';
import { wordsOf } from './words.ts';

/** What the meeting holds now under a part that people made their own: other words, or nothing any more (`text` null). */
export type Offer = { title: string; text: string | null; wording: string };

/** A paragraph as it stands now, whether or not it is written down like this. */
export type Standing = Paragraph & {
  part: string | null;
  wording: string | null;
  /** People took it away; it is listed only because something is offered in its place. */
  removed: boolean;
  /** People's own words: nothing is written over them. */
  edited: boolean;
  /** What happened has changed since somebody last saw both. */
  offer: Offer | null;
};

/** Digest of words, by which it is known later whether Đình would write them still. */
export const wordingOf = ({ title, text }: { title: string; text: string }) =>
  createHash('sha256').update(`${title}\n${text}`, 'utf8').digest('hex');

/** The `wording` of nothing: the meeting holds nothing of a part any more. */
const GONE = createHash('sha256').update('').digest('hex');

/** The id of a part, the same whenever it is worked out. */
function idOf(documentId: string, part: string): string {
  const hex = createHash('sha256').update(`${documentId} ${part}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function standOf(row: StoredParagraph, now: Part | undefined): Standing | null {
  // People's own words follow nothing.
  if (row.part === null) return row.removed ? null : { ...row, edited: true, offer: null };
  // Taken away by Đình itself: it comes back with the meeting's words.
  const dropped = row.removed && row.wording === null;
  const offer: Offer = now
    ? { title: now.title, text: now.text, wording: wordingOf(now) }
    : { title: row.title, text: null, wording: GONE };
  const seen = row.wording === offer.wording;
  if (row.removed && !dropped) {
    return now === undefined || seen ? null : { ...row, edited: true, offer };
  }
  const stands = wordingOf(row);
  if (dropped || stands === row.wording || stands === offer.wording) {
    if (now === undefined) return null;
    const { title, text } = now;
    return { ...row, title, text, wording: offer.wording, removed: false, byName: '', edited: false, offer: null };
  }
  return { ...row, edited: true, offer: seen ? null : offer };
}

/**
 * Minutes as they stand: parts that nobody made their own say what the meeting holds now, in its order; the others stay as people wrote
 * them, with an offer where what happened has changed since. Own paragraphs stay where they were put.
 */
export function follow(
  documentId: string,
  rows: readonly StoredParagraph[],
  parts: readonly Part[],
  at: Date,
): Standing[] {
  const orderOf = new Map(parts.map(({ part }, index) => [part, index]));
  const standing = rows.flatMap((row) => {
    const stands = standOf(row, parts[orderOf.get(row.part ?? '') ?? -1]);
    return stands ? [stands] : [];
  });
  const isLive = ({ part }: Standing) => part !== null && orderOf.has(part);
  const live = standing
    .filter(isLive)
    .sort((a, b) => (orderOf.get(a.part ?? '') ?? 0) - (orderOf.get(b.part ?? '') ?? 0));
  const ordered = standing.map((each) => (isLive(each) ? live.shift()! : each));
  const known = new Set(rows.map(({ part }) => part));
  for (const [index, now] of parts.entries()) {
    if (known.has(now.part)) continue;
    const before = new Set(parts.slice(0, index).map(({ part }) => part));
    const behind = ordered.findLastIndex(({ part }) => part !== null && before.has(part));
    const { part, source, title, text } = now;
    const words = { part, source, title, text, wording: wordingOf(now), conclusionId: null };
    const state = { version: 1, byName: '', at, removed: false, edited: false, offer: null };
    ordered.splice(behind + 1, 0, { id: idOf(documentId, part), ...words, ...state });
  }
  return ordered;
}

/** The parts a meeting gives its minutes now, in the document's own language. */
export async function happenedNow(
  context: Context,
  { unitId, meetingId, language }: Pick<WrittenDocument, 'unitId' | 'meetingId' | 'language'>,
): Promise<Part[]> {
  const words = await wordsOf(language);
  const happened = await readMeeting(context, unitId, meetingId);
  return partsOf(words, { ...happened, votes: await votesOf(context, unitId, meetingId, words) });
}

const followsMeeting = ({ type, state }: WrittenDocument) => type === 'minutes' && isOpen(state);

/** What stands in a document now. Only minutes whose words may still change follow their meeting. */
export async function standingOf(context: Context, document: WrittenDocument): Promise<Standing[]> {
  if (!followsMeeting(document)) {
    const own = { part: null, wording: null, removed: false, edited: true, offer: null };
    return (await readParagraphs(context.tx, document)).map((paragraph) => ({ ...paragraph, ...own }));
  }
  const parts = await happenedNow(context, document);
  return follow(document.id, await readStored(context.tx, document), parts, context.now);
}

/** Whether the meeting holds something else than was approved: found before people sign it, it can be opened again. */
export async function hasMovedSince(context: Context, document: WrittenDocument): Promise<boolean> {
  if (document.type !== 'minutes' || document.state !== 'approved') return false;
  const rows = await readStored(context.tx, document);
  const now = follow(document.id, rows, await happenedNow(context, document), context.now);
  const told = (all: readonly Pick<Standing, 'title' | 'text' | 'removed'>[]) =>
    all.flatMap(({ title, text, removed }) => (removed ? [] : [wordingOf({ title, text })])).join();
  return told(now) !== told(rows) || now.some(({ offer }) => offer !== null);
}

/** Writes down what stands, under the document taken for writing, before a hand changes it or it is approved. */
export async function settle(context: Context, document: WrittenDocument): Promise<Standing[]> {
  const standing = await standingOf(context, document);
  if (!followsMeeting(document)) return standing;
  const rows = await readStored(context.tx, document);
  const stands = new Set(standing.map(({ id }) => id));
  const rest: FollowedParagraph[] = rows
    .filter(({ id }) => !stands.has(id))
    // What Đình takes away itself has no wording: it may come back. What people took away keeps theirs.
    .map((row) => (row.removed ? row : { ...row, wording: null, removed: true }));
  await writeFollowed(context.tx, document, [...standing, ...rest], actorOf(context), context.now);
  return standing;
}
