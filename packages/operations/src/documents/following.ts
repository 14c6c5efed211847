import { createHash } from 'node:crypto';
import { voteRows, type Words } from '@dinh/documents/composing';
import type { DocumentModel } from '@dinh/documents/model';
import { isOpen } from '@dinh/domain/documents';
import { refuse } from '@dinh/domain/kernel';
import type { FollowedParagraph, Paragraph, StoredParagraph, WrittenDocument } from '@dinh/store/documents';
import { readParagraphs, readStored, writeFollowed } from '@dinh/store/documents';
import { findMeeting, readConclusions } from '@dinh/store/meetings';
import type { Context } from '../kernel/public.ts';
import { readMeeting } from '../meetings/public.ts';
import { actorOf } from '../programmes/public.ts';
import { partsOfResolution } from './decided.ts';
import { type Part, partsOf } from './happened.ts';
import { sidesOf, type Vote, votesOf } from './votes.ts';
import { wordsOf } from './words.ts';

/** What the meeting holds now where only people may say what stands: other words, or nothing any more (`text` null). */
export type Offer = { title: string; text: string | null; wording: string };

/** A paragraph as it stands now, whether or not it is written down like this. */
export type Standing = Paragraph & {
  part: string | null;
  wording: string | null;
  /** It does not stand in the document; it is listed only because something is offered in its place. */
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
    if (now === undefined) {
      // A decision that the meeting took back leaves a resolution when people say so, not before.
      return dropped || row.conclusionId === null ? null : { ...row, edited: false, offer };
    }
    const { title, text } = now;
    return { ...row, title, text, wording: offer.wording, removed: false, byName: '', edited: false, offer: null };
  }
  return { ...row, edited: true, offer: seen ? null : offer };
}

/** A part that was never written down. `asks`: the document is written already, and people chose what of the meeting it holds. */
function newlyHeld(id: string, now: Part, at: Date, asks: boolean): Standing {
  const { part, source, title, text, conclusionId = null } = now;
  const offer = { title, text, wording: wordingOf(now) };
  const given = { id: idOf(id, part), part, source, title, text, conclusionId, version: 1, byName: '', at };
  // What was concluded since is offered, not put in.
  if (conclusionId !== null && asks) {
    return { ...given, wording: GONE, removed: true, edited: true, offer };
  }
  return { ...given, wording: offer.wording, removed: false, edited: false, offer: null };
}

/**
 * A document as it stands: parts that nobody made their own say what the meeting holds now, in its order; the others stay as people wrote
 * them, with an offer where what happened has changed since. Own paragraphs stay where they were put.
 */
function follow(
  document: Pick<WrittenDocument, 'id' | 'leftOut'>,
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
  const asks = document.leftOut.length > 0 && rows.some(({ part }) => part !== null);
  for (const [index, now] of parts.entries()) {
    if (known.has(now.part)) continue;
    const before = new Set(parts.slice(0, index).map(({ part }) => part));
    const behind = ordered.findLastIndex(({ part }) => part !== null && before.has(part));
    ordered.splice(behind + 1, 0, newlyHeld(document.id, now, at, asks));
  }
  return ordered;
}

/** What a meeting gives a document now, in the document's own language; null for one that follows nothing. */
async function heldNow(
  context: Context,
  { unitId, meetingId, language, type, leftOut }: WrittenDocument,
): Promise<{ words: Words; parts: Part[]; votes: Vote[] } | null> {
  if (type === 'addendum') return null;
  const words = await wordsOf(language);
  const votes = await votesOf(context, unitId, meetingId, words);
  if (type === 'minutes') {
    const happened = await readMeeting(context, unitId, meetingId);
    return { words, votes, parts: partsOf(words, { ...happened, votes }) };
  }
  const meeting = (await findMeeting(context.tx, unitId, meetingId)) ?? refuse('meetings.unknown');
  const all = await readConclusions(context.tx, { unitId, meetingId });
  const conclusions = all.filter(({ id }) => !leftOut.includes(id));
  return { words, votes, parts: partsOfResolution(words, { meeting, conclusions, voted: votes.length > 0 }) };
}

const followsMeeting = ({ type, state }: WrittenDocument) => type !== 'addendum' && isOpen(state);

/** What stands in a document now. Only one whose words may still change follows its meeting. */
export async function standingOf(context: Context, document: WrittenDocument): Promise<Standing[]> {
  const held = followsMeeting(document) ? await heldNow(context, document) : null;
  if (held === null) {
    const own = { part: null, wording: null, removed: false, edited: true, offer: null };
    return (await readParagraphs(context.tx, document)).map((paragraph) => ({ ...paragraph, ...own }));
  }
  return follow(document, await readStored(context.tx, document), held.parts, context.now);
}

/** Whether a resolution that was approved shows other votes than were counted; minutes tell theirs in a part of their own. */
function showsOtherVotes({ type, content }: WrittenDocument, words: Words, votes: readonly Vote[]): boolean {
  const rows = JSON.stringify(voteRows(words, sidesOf(votes)));
  if (type !== 'resolution' || content === null || rows === '[]') return false;
  const { page } = JSON.parse(content) as { page: DocumentModel };
  return !page.blocks.some((block) => block.kind === 'table' && JSON.stringify(block.rows) === rows);
}

/** Whether the meeting holds something else than was approved: found before people sign it, it can be opened again. */
export async function hasMovedSince(context: Context, document: WrittenDocument): Promise<boolean> {
  const held = document.state === 'approved' ? await heldNow(context, document) : null;
  if (held === null) return false;
  const rows = await readStored(context.tx, document);
  const now = follow(document, rows, held.parts, context.now);
  const told = (all: readonly Pick<Standing, 'title' | 'text' | 'removed'>[]) =>
    all.flatMap(({ title, text, removed }) => (removed ? [] : [wordingOf({ title, text })])).join();
  if (told(now) !== told(rows) || now.some(({ offer }) => offer !== null)) return true;
  return showsOtherVotes(document, held.words, held.votes);
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
