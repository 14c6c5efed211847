import { refuse } from '@dinh/domain/kernel';
import { findParagraph, insertParagraph, saveParagraph, saveSubject, touch } from '@dinh/store/documents';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { actorOf } from '../programmes/public.ts';
import { documentKey, fellows, headingSchema, keyOf, paragraphSchema, takeOpen, wordingSchema } from './access.ts';
import { settle } from './following.ts';

/**
 * Corrects one paragraph (`text` null takes it away). Two who correct at once lose nothing: paragraphs are saved one by one, and whoever
 * saves one that was saved meanwhile (`expected` is no longer its version) is refused and shown what stands there.
 */
export const correct = operation({
  name: 'documents.correct',
  kind: 'command',
  input: z.strictObject({
    ...documentKey,
    paragraphId: z.uuid(),
    title: headingSchema.default(''),
    text: paragraphSchema.nullable(),
    expected: z.int().min(1).max(1_000_000),
    /** Of a part that follows the meeting: the `wording` it was seen with; the one of now when absent. */
    seen: wordingSchema.optional(),
  }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { paragraphId, title, text, expected, seen, ...input }) {
    const { document } = await takeOpen(context, input);
    const key = keyOf(input);
    const before = (await settle(context, document)).find(({ id }) => id === paragraphId);
    const stands = await findParagraph(context.tx, key, paragraphId);
    if (!stands) return refuse('documents.paragraph-unknown');
    if (stands.removed && text !== null) return refuse('documents.changed-meanwhile');
    // The same words saved twice, by a form sent again, are no conflict.
    if (stands.removed || (stands.title === title && stands.text === text)) return { version: stands.version };
    // Words that were people's own already were in line with what they were in line with.
    const wording = before?.edited === false && seen !== undefined ? seen : stands.wording;
    const saved = { id: paragraphId, expected, title, text, wording, actor: actorOf(context), at: context.now };
    if (!(await saveParagraph(context.tx, key, saved))) {
      return refuse('documents.changed-meanwhile');
    }
    await touch(context.tx, key);
    return { version: expected + 1 };
  },
});

/**
 * Answers what is offered where a meeting was corrected under a part that people made their own: `take` writes the part anew from what
 * happened (or takes it away when the meeting holds nothing of it), else their words stay and nothing more is said of it.
 */
export const answerOffer = operation({
  name: 'documents.answer-offer',
  kind: 'command',
  input: z.strictObject({
    ...documentKey,
    paragraphId: z.uuid(),
    take: z.boolean(),
    expected: z.int().min(1).max(1_000_000),
    /** Digest of what was offered: nothing is taken unseen. */
    seen: wordingSchema,
  }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { paragraphId, take, expected, seen, ...input }) {
    const { document } = await takeOpen(context, input);
    const key = keyOf(input);
    const stands = (await settle(context, document)).find(({ id }) => id === paragraphId);
    if (!stands) return refuse('documents.paragraph-unknown');
    const { offer } = stands;
    if (offer?.wording !== seen) return refuse('documents.offer-changed');
    const kept = stands.removed ? null : stands.text;
    const words = take ? { title: offer.title, text: offer.text } : { title: stands.title, text: kept };
    const by = { actor: actorOf(context), at: context.now };
    if (!(await saveParagraph(context.tx, key, { id: paragraphId, expected, ...words, wording: seen, ...by }))) {
      return refuse('documents.changed-meanwhile');
    }
    await touch(context.tx, key);
    return { version: expected + 1 };
  },
});

/** Puts a paragraph of one's own behind another; at the beginning when `after` is null. */
export const addParagraph = operation({
  name: 'documents.add-paragraph',
  kind: 'command',
  input: z.strictObject({
    ...documentKey,
    id: z.uuid(),
    after: z.uuid().nullable(),
    title: headingSchema.default(''),
    text: paragraphSchema,
  }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { id, after, title, text, ...input }) {
    const { document } = await takeOpen(context, input);
    const key = keyOf(input);
    await settle(context, document);
    if (after !== null && !(await findParagraph(context.tx, key, after))) refuse('documents.paragraph-unknown');
    const source = document.type === 'resolution' ? 'content' : 'own';
    const paragraph = { id, source, conclusionId: null, title, text, after, actor: actorOf(context), at: context.now };
    if (!(await insertParagraph(context.tx, key, paragraph))) refuse('documents.already-there');
    await touch(context.tx, key);
    return { id };
  },
});

/** Says what a resolution is about. */
export const rename = operation({
  name: 'documents.rename',
  kind: 'command',
  input: z.strictObject({ ...documentKey, subject: z.string().trim().min(3).max(300) }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { subject, ...input }) {
    const { document } = await takeOpen(context, input);
    if (document.type !== 'resolution') refuse('documents.not-a-resolution');
    await saveSubject(context.tx, keyOf(input), subject);
    return { subject };
  },
});
