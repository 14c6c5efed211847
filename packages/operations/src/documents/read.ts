import { isOpen, mayTurn, signersOf } from '@dinh/domain/documents';
import { refuse } from '@dinh/domain/kernel';
import { findDocument, listOfMeeting, readSignatures, readTasksOfMeeting } from '@dinh/store/documents';
import { readConclusions, readPreparation } from '@dinh/store/meetings';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, type Context, operation } from '../kernel/public.ts';
import { keeps } from '../meetings/public.ts';
import { documentKey, isOver, keyOf, meetingFor, meetingKey, onlookers } from './access.ts';
import { pageOf, shownLayout, signersIn } from './content.ts';
import { hasMovedSince, standingOf } from './following.ts';
import { titleOf } from './meeting-title.ts';
import { wordsOf } from './words.ts';
import { write } from './write.ts';

async function unitName(context: Context, unitId: number): Promise<string> {
  return (await readUnitPlace(context.tx, unitId, context.today))?.name ?? '';
}

/** One document as its page shows it: its paragraphs while they may be corrected, the page as it is printed, and who signs. */
export const read = operation({
  name: 'documents.read',
  kind: 'query',
  input: z.strictObject(documentKey),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, input) {
    const key = keyOf(input);
    const document = (await findDocument(context.tx, key)) ?? refuse('documents.unknown');
    const meeting = await meetingFor(context, input.unitId, document.meetingId);
    const kept = await keeps(context, meeting);
    const signatures = await readSignatures(context.tx, key);
    const signers = await signersIn(context, meeting, document.type);
    const { page, layout } = await pageOf(context, document, meeting, signatures);
    const personId = context.actor.kind === 'person' ? context.actor.personId : null;
    const { content: _content, ...shown } = document;
    return {
      unit: await unitName(context, input.unitId),
      document: shown,
      meeting: { id: meeting.id, title: titleOf(await wordsOf(document.language), meeting), onDay: meeting.onDay },
      paragraphs: isOpen(document.state) ? await standingOf(context, document) : [],
      /** The meeting was corrected after this was approved: it says something else now. */
      moved: await hasMovedSince(context, document),
      page,
      layout: shownLayout(layout, page),
      signers: signersOf(document.type).map((role) => {
        const by = signatures.find((each) => each.role === role);
        const { personId: who, signer } = signers[role]!;
        return {
          role,
          name: by?.name ?? signer.name,
          signed: by ? { at: by.at, how: by.how } : null,
          /** It is the caller who has to sign here. */
          mine: document.state === 'approved' && !by && who !== null && who === personId,
        };
      }),
      /** What the caller may do with it as it stands. */
      may: {
        correct: kept && isOpen(document.state),
        readOut: kept && document.type !== 'resolution' && document.state === 'draft',
        approve: kept && mayTurn(document.type, document.state, 'approved'),
        reopen: kept && (document.state === 'read' || document.state === 'approved'),
        withdraw: kept && mayTurn(document.type, document.state, 'withdrawn'),
        amend: kept && document.type === 'minutes' && document.state === 'signed',
      },
    };
  },
});

/** What was written of a meeting, its conclusions with the tasks made of them, and what the caller may begin. */
export const ofMeeting = operation({
  name: 'documents.of-meeting',
  kind: 'query',
  input: z.strictObject(meetingKey),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, key) {
    const meeting = await meetingFor(context, key.unitId, key.meetingId);
    const { tx } = context;
    const documents = await listOfMeeting(tx, key.unitId, key.meetingId);
    const tasks = await readTasksOfMeeting(tx, key.unitId, key.meetingId);
    const kept = await keeps(context, meeting);
    const minutes = documents.find(({ type, state }) => type === 'minutes' && state !== 'withdrawn');
    const over = isOver(meeting);
    const member = (await allowedOn(context, key.unitId, [write])).length > 0;
    return {
      unit: await unitName(context, key.unitId),
      today: context.today,
      meeting: {
        id: meeting.id,
        kind: meeting.kind,
        title: meeting.title,
        onDay: meeting.onDay,
        state: meeting.state,
        chair: meeting.chair,
        recorder: meeting.recorder,
      },
      documents: documents.map(({ content: _content, ...document }) => document),
      conclusions: (await readConclusions(tx, key)).map(({ id, text }) => ({
        id,
        text,
        tasks: tasks.filter(({ conclusionId }) => conclusionId === id),
      })),
      /** The draft resolution that was laid before the meeting; empty when there was none. */
      prepared: over ? ((await readPreparation(tx, key))?.draft ?? '') : '',
      may: {
        write: member && kept && meeting.state === 'closed' && !minutes,
        draftResolution: member && kept && over,
        amend: member && kept && minutes?.state === 'signed',
        assign: member && kept && over,
      },
    };
  },
});
