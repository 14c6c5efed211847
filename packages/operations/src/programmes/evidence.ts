import { refuse } from '@dinh/domain/kernel';
import { criterionIds, insertEvidence, removeEvidence as markRemoved } from '@dinh/store/programmes';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { preparing, storeFile } from '../files/public.ts';
import { operation } from '../kernel/public.ts';
import { criterionOf } from './figures.ts';
import { sheetKey } from './sheet-key.ts';
import { actorOf, demandState, packOf, takeSheet } from './take-sheet.ts';

const MOST_BYTES = 20 * 1024 * 1024;

/** Puts a photo, a document, a link or a note behind a criterion. */
export const addEvidence = operation({
  name: 'programmes.add-evidence',
  kind: 'command',
  input: z.strictObject({
    ...sheetKey,
    id: z.uuid(),
    criterion: z.string().max(60),
    /** Other criteria that the same thing proves. */
    alsoFor: z.array(z.string().max(60)).max(300).default([]),
    kind: z.enum(['photo', 'document', 'link', 'note']),
    title: z.string().trim().min(1).max(300),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    /** The file's bytes, base64. */
    content: z
      .base64()
      .max(Math.ceil((MOST_BYTES * 4) / 3) + 4)
      .optional(),
  }),
  unit: (input) => input.unitId,
  allow: [{ role: 'committee', reach: 'own' }],
  prepare: ({ kind, content }) => (kind === 'photo' || kind === 'document' ? preparing({ content, kind }) : null),
  async run(context, input) {
    const sheet = await takeSheet(context, input);
    demandState(sheet, 'open', 'returned');
    const pack = packOf(sheet);
    const keys = [...new Set([input.criterion, ...input.alsoFor])];
    for (const key of keys) {
      if (!criterionOf(pack, key).evidence.kinds.includes(input.kind))
        refuse('programmes.evidence-kind', { criterion: key });
    }
    const fileKind = input.kind === 'photo' || input.kind === 'document' ? input.kind : null;
    if (fileKind && !input.content)
      refuse('programmes.evidence-needed', {}, [{ path: 'content', code: 'programmes.evidence-needed' }]);
    if (input.kind === 'link' && !input.url)
      refuse('programmes.evidence-needed', {}, [{ path: 'url', code: 'programmes.evidence-needed' }]);
    const digest = fileKind ? await storeFile(context, input.content ?? '') : null;
    const ids = await criterionIds(context.tx, sheet.programmeId);
    for (const key of keys) {
      await insertEvidence(context.tx, {
        unitId: sheet.unitId,
        id: key === input.criterion ? input.id : uuidv7(),
        programmeId: sheet.programmeId,
        period: sheet.period,
        criterionId: ids.get(key)!,
        kind: input.kind,
        digest,
        url: input.url ?? null,
        title: input.title,
        addedBy: actorOf(context),
        addedAt: context.now,
      });
    }
    return { id: input.id };
  },
});

/** Takes evidence away again while the sheet is still with the unit; that it was there stays known. */
export const removeEvidence = operation({
  name: 'programmes.remove-evidence',
  kind: 'command',
  input: z.strictObject({ ...sheetKey, id: z.uuid() }),
  unit: (input) => input.unitId,
  allow: [{ role: 'committee', reach: 'own' }],
  async run(context, input) {
    const sheet = await takeSheet(context, input);
    demandState(sheet, 'open', 'returned');
    if (!(await markRemoved(context.tx, sheet.unitId, input.id, context.now))) refuse('programmes.evidence-unknown');
    return { id: input.id };
  },
});
