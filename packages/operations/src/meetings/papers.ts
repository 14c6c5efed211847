import { refuse } from '@dinh/domain/kernel';
import { findMeetingFile, insertDocument, removeDocument, savePreparation } from '@dinh/store/meetings';
import { z } from 'zod';
import { filePath, preparing, storeFile } from '../files/public.ts';
import { operation } from '../kernel/public.ts';
import { actorOf, unitIdSchema } from '../programmes/public.ts';
import {
  longTextSchema,
  meetingKey,
  onlookers,
  onSchema,
  planners,
  take,
  titleSchema,
  versionSchema,
} from './access.ts';
import { itemOf } from './agenda.ts';

const MOST_BYTES = 20 * 1024 * 1024;

/** Attaches a document, to a point of the agenda or to the meeting. Whether it came in time is judged when the meeting opens. */
export const attach = operation({
  name: 'meetings.attach',
  kind: 'command',
  input: z.strictObject({
    ...meetingKey,
    id: z.uuid(),
    itemId: z.uuid().nullable().default(null),
    title: titleSchema,
    /** The file's bytes, base64. */
    content: z.base64().max(Math.ceil((MOST_BYTES * 4) / 3) + 4),
  }),
  unit: (input) => input.unitId,
  allow: planners,
  prepare: ({ content }) => preparing({ content, kind: 'document' }),
  async run(context, { id, itemId, title, content, ...key }) {
    await take(context, key, 'planned', 'open');
    if (itemId !== null) await itemOf(context, key, itemId);
    const digest = await storeFile(context, content);
    const document = { id, itemId, digest, title, actor: actorOf(context), at: context.now };
    if (!(await insertDocument(context.tx, key, document))) refuse('meetings.already-there');
    return { id };
  },
});

/** Takes a document away again; that it was there stays known. */
export const detach = operation({
  name: 'meetings.detach',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, id: z.uuid() }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { id, ...key }) {
    await take(context, key, 'planned', 'open');
    if (!(await removeDocument(context.tx, key, id, context.now))) refuse('meetings.document-unknown');
    return { id };
  },
});

/** Where the bytes of an attached document lie and what they are; only for who may read the unit's meetings. */
export const documentFile = operation({
  name: 'meetings.document-file',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run({ tx, filesDirectory }, { unitId, digest }) {
    const found = await findMeetingFile(tx, unitId, digest);
    if (!found) return refuse('meetings.document-unknown');
    return { ...found, path: filePath(filesDirectory, digest) };
  },
});

/** Records what the committee agreed before the meeting, on which day, and the draft resolution. `expected` 0: nothing was there. */
export const prepare = operation({
  name: 'meetings.prepare',
  kind: 'command',
  input: z.strictObject({
    ...meetingKey,
    heldOn: onSchema,
    agreed: longTextSchema.min(1),
    draft: longTextSchema.default(''),
    expected: versionSchema,
  }),
  unit: (input) => input.unitId,
  allow: planners,
  async run(context, { heldOn, agreed, draft, expected, ...key }) {
    const meeting = await take(context, key, 'planned', 'open');
    if (heldOn > context.today || heldOn > meeting.onDay)
      refuse('meetings.clock-wrong', {}, [{ path: 'heldOn', code: 'meetings.clock-wrong' }]);
    const saved = { heldOn, agreed, draft, expected, actor: actorOf(context), at: context.now };
    if (!(await savePreparation(context.tx, key, saved))) refuse('meetings.changed-meanwhile');
    return { version: expected + 1 };
  },
});
