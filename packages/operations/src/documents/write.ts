import { randomUUID } from 'node:crypto';
import { refuse } from '@dinh/domain/kernel';
import {
  appendParagraphs,
  findDocument,
  insertDocument,
  listOfMeeting,
  type NewParagraph,
} from '@dinh/store/documents';
import { readConclusions, readPreparation } from '@dinh/store/meetings';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { actorOf } from '../programmes/public.ts';
import { fellows, isOver, keptMeeting, languageSchema, meetingKey, paragraphSchema } from './access.ts';
import { settle } from './following.ts';
import { titleOf } from './meeting-title.ts';
import { wordsOf } from './words.ts';

const newDocument = { ...meetingKey, id: z.uuid(), language: languageSchema.default('vi') };

async function put(
  context: Context,
  document: Omit<Parameters<typeof insertDocument>[1], 'actor' | 'at'>,
  own: readonly NewParagraph[] = [],
): Promise<{ documentId: string }> {
  const by = { actor: actorOf(context), at: context.now };
  if (!(await insertDocument(context.tx, { ...document, ...by }))) refuse('documents.already-there');
  await appendParagraphs(context.tx, document, own, by.actor, by.at);
  const written = await findDocument(context.tx, document);
  if (written) await settle(context, written);
  return { documentId: document.id };
}

const ownParagraph = (source: string, text: string): NewParagraph => {
  return { id: randomUUID(), source, conclusionId: null, title: '', text };
};

/**
 * Writes the minutes of a meeting that is over from what happened in it: who was there, what was noted under each point, how votes went,
 * what was concluded. From there on they follow the meeting where nobody made a part their own; what people correct stays theirs.
 */
export const write = operation({
  name: 'documents.write-minutes',
  kind: 'command',
  input: z.strictObject(newDocument),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { unitId, meetingId, id, language }) {
    const meeting = await keptMeeting(context, unitId, meetingId);
    if (meeting.state !== 'closed') refuse('documents.meeting-not-closed');
    const subject = titleOf(await wordsOf(language), meeting);
    return put(context, { unitId, id, type: 'minutes', meetingId, subject, language, leftOut: [] });
  },
});

/** More paragraphs than this are one: nobody numbers the lines of a page. */
const MOST_PIECES = 100;

/** A draft that was laid before the meeting, paragraph by paragraph: the words are people's own. */
function prepared(draft: string): NewParagraph[] {
  const pieces = draft.split(/\n\s*\n/).map((each) => each.trim());
  const kept = pieces.length > MOST_PIECES ? [draft.trim()] : pieces;
  return kept.filter((text) => text !== '').map((text) => ownParagraph('content', text));
}

/**
 * Drafts a resolution from a meeting's conclusions: on what it rests, what was decided. Votes and tasks are taken from the meeting. From
 * there on each conclusion follows the meeting where nobody made it their own; what people correct stays theirs.
 */
export const draftResolution = operation({
  name: 'documents.draft-resolution',
  kind: 'command',
  input: z.strictObject({
    ...newDocument,
    subject: z.string().trim().min(3).max(300),
    /** Which conclusions it makes binding; all of them when absent, also those that come later. */
    conclusions: z.array(z.uuid()).min(1).max(200).optional(),
    /** Takes over, behind the conclusions, the draft that was laid before the meeting. */
    prepared: z.boolean().default(false),
  }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { unitId, meetingId, id, language, subject, conclusions, ...asked }) {
    if (!isOver(await keptMeeting(context, unitId, meetingId))) refuse('documents.meeting-not-closed');
    const key = { unitId, meetingId };
    const standing = await readConclusions(context.tx, key);
    const leftOut = standing.filter((each) => conclusions !== undefined && !conclusions.includes(each.id));
    const chosen = standing.length - leftOut.length;
    if (chosen === 0 || chosen < (conclusions?.length ?? 0)) refuse('documents.conclusions-needed');
    const draft = asked.prepared ? ((await readPreparation(context.tx, key))?.draft ?? '') : '';
    const left = leftOut.map((each) => each.id);
    const document = { ...key, id, type: 'resolution' as const, subject, language, leftOut: left };
    return put(context, document, prepared(draft));
  },
});

/** Puts right what signed minutes say: the minutes stay as they are, the addendum is read out, approved and signed as they were. */
export const addAddendum = operation({
  name: 'documents.add-addendum',
  kind: 'command',
  input: z.strictObject({ ...newDocument, text: paragraphSchema }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { unitId, meetingId, id, language, text }) {
    const meeting = await keptMeeting(context, unitId, meetingId);
    const minutes = (await listOfMeeting(context.tx, unitId, meetingId)).find(({ type }) => type === 'minutes');
    if (minutes?.state !== 'signed') refuse('documents.minutes-unsigned');
    const subject = titleOf(await wordsOf(language), meeting);
    const document = { unitId, id, type: 'addendum' as const, meetingId, subject, language, leftOut: [] };
    return put(context, document, [ownParagraph('own', text)]);
  },
});
