import { randomUUID } from 'node:crypto';
import { lowerFirst } from '@dinh/documents/composing';
import { refuse } from '@dinh/domain/kernel';
import {
  appendParagraphs,
  findDocument,
  insertDocument,
  listOfMeeting,
  type NewParagraph,
} from '@dinh/store/documents';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { readMeeting } from '../meetings/public.ts';
import { actorOf } from '../programmes/public.ts';
import { fellows, keptMeeting, keyOf, languageSchema, meetingKey, paragraphSchema } from './access.ts';
import { settle } from './following.ts';
import { titleOf } from './meeting-title.ts';
import { votesOf } from './votes.ts';
import { wordsOf } from './words.ts';

const newDocument = { ...meetingKey, id: z.uuid(), language: languageSchema.default('vi') };

async function put(
  context: Context,
  document: Omit<Parameters<typeof insertDocument>[1], 'actor' | 'at'>,
  paragraphs: readonly NewParagraph[],
): Promise<{ documentId: string }> {
  const by = { actor: actorOf(context), at: context.now };
  if (!(await insertDocument(context.tx, { ...document, ...by }))) refuse('documents.already-there');
  await appendParagraphs(context.tx, document, paragraphs, by.actor, by.at);
  return { documentId: document.id };
}

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
    const answer = await put(context, { unitId, id, type: 'minutes', meetingId, subject, language }, []);
    const document = await findDocument(context.tx, keyOf({ unitId, documentId: id }));
    if (document) await settle(context, document);
    return answer;
  },
});

/** Drafts a resolution from a meeting's conclusions: on what it rests, what was decided. Votes and tasks are taken from the meeting. */
export const draftResolution = operation({
  name: 'documents.draft-resolution',
  kind: 'command',
  input: z.strictObject({
    ...newDocument,
    subject: z.string().trim().min(3).max(300),
    /** Which conclusions it makes binding; all of them when absent. */
    conclusions: z.array(z.uuid()).min(1).max(200).optional(),
  }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { unitId, meetingId, id, language, subject, conclusions }) {
    const meeting = await keptMeeting(context, unitId, meetingId);
    if (meeting.state !== 'closed' && meeting.state !== 'signed') refuse('documents.meeting-not-closed');
    const words = await wordsOf(language);
    const happened = await readMeeting(context, unitId, meetingId);
    const chosen = happened.conclusions.filter((each) => conclusions === undefined || conclusions.includes(each.id));
    if (chosen.length === 0 || chosen.length < (conclusions?.length ?? 0)) refuse('documents.conclusions-needed');
    const votes = await votesOf(context, unitId, meetingId, words);
    const about = { meeting: lowerFirst(titleOf(words, meeting)), day: words.format.date(meeting.onDay) };
    const part = (source: string, text: string, conclusionId: string | null = null): NewParagraph => ({
      id: randomUUID(),
      source,
      conclusionId,
      title: '',
      text,
    });
    const key = { unitId, id, type: 'resolution' as const, meetingId, subject, language };
    return put(context, key, [
      part('basis', words.say('document.resolution.basis-minutes', about)),
      ...(votes.length > 0 ? [part('basis', words.say('document.resolution.basis-votes'))] : []),
      ...chosen.map(({ id: conclusionId, text }) => part('content', text, conclusionId)),
    ]);
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
    const paragraph = { id: randomUUID(), source: 'own', conclusionId: null, title: '', text };
    return put(context, { unitId, id, type: 'addendum', meetingId, subject, language }, [paragraph]);
  },
});
