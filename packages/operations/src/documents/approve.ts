import { isOpen, mayTurn } from '@dinh/domain/documents';
import { refuse } from '@dinh/domain/kernel';
import {
  findDocument,
  markApproved,
  markDraft,
  markRead,
  markWithdrawn,
  takeNumber,
  voidNumber,
} from '@dinh/store/documents';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { actorOf, reasonSchema } from '../programmes/public.ts';
import { tell } from '../reminders/public.ts';
import { bookOf, documentKey, fellows, isOver, keyOf, refuseState, takeKept, takeOpen } from './access.ts';
import { type Content, composePage, digestOf, signersIn } from './content.ts';
import { settle } from './following.ts';

/** Minutes were read out to those who were there. */
export const readOut = operation({
  name: 'documents.read-out',
  kind: 'command',
  input: z.strictObject(documentKey),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, input) {
    const { document } = await takeOpen(context, input);
    if (document.state === 'draft') await markRead(context.tx, keyOf(input), context.now);
    return { documentId: document.id };
  },
});

const votesFor = z.int().min(0).max(1_000_000);

/**
 * Approves a document: its number is taken and its words are fixed, all in one transaction. What is signed from here on is this text and
 * no other; its digest is shown to those who sign.
 */
export const approve = operation({
  name: 'documents.approve',
  kind: 'command',
  input: z.strictObject({
    ...documentKey,
    /** How many were for it, where they were counted. */
    vote: z.strictObject({ for: votesFor, against: votesFor, abstain: votesFor }).optional(),
  }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { vote, ...input }) {
    const { document, meeting } = await takeOpen(context, input);
    if (!mayTurn(document.type, document.state, 'approved')) refuse('documents.not-read');
    if (vote && vote.for <= vote.against)
      refuse('documents.not-carried', {}, [{ path: 'vote.for', code: 'documents.not-carried' }]);
    const { tx, now, today } = context;
    const key = keyOf(input);
    if (!isOver(meeting)) refuse('documents.meeting-not-closed');
    const standing = (await settle(context, document)).filter(({ removed }) => !removed);
    if (standing.length === 0) refuse('documents.empty');
    // A decision that the meeting took back is not issued before people were asked about it.
    if (standing.some(({ conclusionId, offer }) => conclusionId !== null && offer?.text === null)) {
      refuse('documents.conclusion-withdrawn');
    }
    const signers = await signersIn(context, meeting, document.type);
    if (signers.chair?.personId === null) refuse('documents.chair-missing');
    if (signers.recorder?.personId === null) refuse('documents.recorder-missing');
    if (signers.recorder?.personId === signers.chair?.personId) refuse('documents.same-person');
    const type = bookOf(document.type);
    const year = Number(today.slice(0, 4));
    const actor = actorOf(context);
    let { number } = document;
    // A document that was opened again keeps the number it has.
    if (number === null && type !== null) {
      const line = { number: null, documentId: document.id, subject: document.subject, onDay: today, actor, at: now };
      const taken = await takeNumber(tx, { unitId: input.unitId, year, type }, line);
      number = { year, number: taken ?? refuse('documents.number-taken') };
    }
    const { page, layout } = await composePage(context, document, meeting, { day: today, number, draft: false });
    const content = JSON.stringify({
      format: 1,
      unitId: input.unitId,
      meetingId: meeting.id,
      type: document.type,
      number,
      issuedOn: today,
      family: layout.id,
      page,
    } satisfies Content);
    const digest = digestOf(content);
    await markApproved(tx, key, { at: now, actor, approval: vote ?? null, issuedOn: today, content, digest });
    await tell(context, { kind: 'document-sign', unitId: input.unitId, matterId: document.id });
    return { number, digest };
  },
});

/** Opens an approved document for correction again, as long as not everybody has signed; signatures given so far fall. */
export const reopen = operation({
  name: 'documents.reopen',
  kind: 'command',
  input: z.strictObject(documentKey),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, input) {
    const { document } = await takeKept(context, input);
    if (!mayTurn(document.type, document.state, 'draft')) {
      if (document.state === 'draft') return { documentId: document.id };
      refuseState(document);
    }
    await markDraft(context.tx, keyOf(input));
    return { documentId: document.id };
  },
});

/** Gives up a document nobody has signed in full. Its number stays in the register, with the reason. */
export const withdraw = operation({
  name: 'documents.withdraw',
  kind: 'command',
  input: z.strictObject({ ...documentKey, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { reason, ...input }) {
    const { document } = await takeKept(context, input);
    if (!isOpen(document.state) && document.state !== 'approved') refuseState(document);
    const { tx, now } = context;
    const type = bookOf(document.type);
    if (document.number && type) {
      const voided = { number: document.number.number, reason, actor: actorOf(context), at: now };
      await voidNumber(tx, { unitId: input.unitId, year: document.number.year, type }, voided);
    }
    await markWithdrawn(tx, keyOf(input), reason);
    return { state: (await findDocument(tx, keyOf(input)))?.state ?? 'withdrawn' };
  },
});
