import type { Layout } from '@dinh/documents/layouts';
import type { DocumentModel } from '@dinh/documents/model';
import { periodEnd, periodSchema, refuse } from '@dinh/domain/kernel';
import type { Pack } from '@dinh/packs/schema';
import { findDocument, readSignatures } from '@dinh/store/documents';
import { packInForce } from '@dinh/store/programmes';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { readMeeting } from '../meetings/public.ts';
import { programmeKeySchema, unitIdSchema } from '../programmes/public.ts';
import { languageSchema, meetingFor, onlookers } from './access.ts';
import { composeBefore } from './before.ts';
import { pageOf, shownLayout } from './content.ts';
import { paperOf } from './paper.ts';
import { composeSheet } from './score-sheet.ts';

/** Which document: one that was written, one of a meeting that is not signed in Đình, or an assessment. */
const whichSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('document'), documentId: z.uuid() }),
  z.strictObject({
    of: z.literal('meeting'),
    meetingId: z.uuid(),
    type: z.enum(['notice', 'agenda', 'attendance']),
    language: languageSchema,
  }),
  z.strictObject({
    of: z.literal('sheet'),
    programme: programmeKeySchema,
    period: periodSchema,
    language: languageSchema,
  }),
]);
const input = z.strictObject({ unitId: unitIdSchema, which: whichSchema });
type Wanted = z.output<typeof input>;

type Laid = { page: DocumentModel; layout: Layout; name: string };

async function layOut(context: Context, { unitId, which }: Wanted): Promise<Laid> {
  if (which.of === 'document') {
    const key = { unitId, id: which.documentId };
    const document = (await findDocument(context.tx, key)) ?? refuse('documents.unknown');
    const meeting = await meetingFor(context, unitId, document.meetingId);
    const laid = await pageOf(context, document, meeting, await readSignatures(context.tx, key));
    const number = document.number ? `${document.number.number}-${document.number.year}` : meeting.onDay;
    return { ...laid, name: `${document.type}-${number}` };
  }
  if (which.of === 'sheet') {
    const stored = await packInForce(context.tx, which.programme, periodEnd(which.period));
    // The form of an assessment is the first paper that its pack lists.
    const asked = (stored?.content as Pack | undefined)?.documents[0]?.layout;
    const paper = await paperOf(context, unitId, which.language, context.today, { asked });
    const page = await composeSheet(context, paper, { unitId, programme: which.programme, period: which.period });
    return { page, layout: paper.layout, name: `${which.programme}-${which.period}` };
  }
  const paper = await paperOf(context, unitId, which.language, context.today, { open: true });
  const { onDay } = await meetingFor(context, unitId, which.meetingId);
  const left = await readMeeting(context, unitId, which.meetingId);
  const page = await composeBefore(context, paper, left, which.type);
  return { page, layout: paper.layout, name: `${which.type}-${onDay}` };
}

/** A document as it is printed, for pages that show it. */
export const page = operation({
  name: 'documents.page',
  kind: 'query',
  input,
  unit: (wanted) => wanted.unitId,
  allow: onlookers,
  async run(context, wanted) {
    const laid = await layOut(context, wanted);
    return { page: laid.page, layout: shownLayout(laid.layout, laid.page) };
  },
});

/** A document as a DOCX file in the unit's layout; `base64` holds its bytes. */
export const file = operation({
  name: 'documents.file',
  kind: 'query',
  input,
  unit: (wanted) => wanted.unitId,
  allow: onlookers,
  async run(context, wanted) {
    const laid = await layOut(context, wanted);
    // Loaded with the first file: a start does not wait for it.
    const { renderDocx } = await import('@dinh/documents/rendering');
    const bytes = await renderDocx(laid.page, laid.layout);
    return {
      name: `${laid.name}.docx`,
      mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      base64: Buffer.from(bytes).toString('base64'),
    };
  },
});
