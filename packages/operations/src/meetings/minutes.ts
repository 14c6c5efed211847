import { refuse } from '@dinh/domain/kernel';
import { findConclusion, insertConclusion, runItem, saveConclusion, saveNotes } from '@dinh/store/meetings';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { actorOf } from '../programmes/public.ts';
import { fellows, longTextSchema, meetingKey, momentOf, momentSchema, takeAsKeeper, versionSchema } from './access.ts';
import { itemOf } from './agenda.ts';

const textSchema = z.string().trim().min(1).max(4000);

/** Begins a point of the agenda, which ends the one before; null ends the one that runs. */
export const run = operation({
  name: 'meetings.run-item',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, itemId: z.uuid().nullable(), at: momentSchema.optional() }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { itemId, at: told, ...key }) {
    const meeting = await takeAsKeeper(context, key, 'open');
    const at = momentOf(context, told, meeting.openedAt, 'at');
    if (itemId !== null && (await itemOf(context, key, itemId)).state !== 'agreed') refuse('meetings.item-unknown');
    await runItem(context.tx, key, itemId, at);
    return { itemId };
  },
});

/**
 * Saves the notes of one point and how many spoke. Two who write at once lose nothing: points are saved one by one, and whoever saves a
 * point that was saved meanwhile (`expected` is no longer its version) is refused and shown what stands there.
 */
export const note = operation({
  name: 'meetings.note',
  kind: 'command',
  input: z.strictObject({
    ...meetingKey,
    itemId: z.uuid(),
    notes: longTextSchema,
    opinions: z.int().min(0).max(10_000),
    expected: versionSchema,
  }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { itemId, notes, opinions, expected, ...key }) {
    await takeAsKeeper(context, key, 'open', 'closed');
    const item = await itemOf(context, key, itemId);
    // The same text saved twice, by a form sent again, is no conflict.
    if (item.notes === notes && item.opinions === opinions) return { version: item.version };
    const saved = { id: itemId, expected, notes, opinions, actor: actorOf(context), at: context.now };
    if (!(await saveNotes(context.tx, key, saved))) refuse('meetings.changed-meanwhile');
    return { version: expected + 1 };
  },
});

/** Records a conclusion. Its id is what tasks and resolutions point to. */
export const conclude = operation({
  name: 'meetings.conclude',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, id: z.uuid(), itemId: z.uuid().nullable().default(null), text: textSchema }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { id, itemId, text, ...key }) {
    await takeAsKeeper(context, key, 'open', 'closed');
    if (itemId !== null) await itemOf(context, key, itemId);
    const conclusion = { id, itemId, text, actor: actorOf(context), at: context.now };
    if (!(await insertConclusion(context.tx, key, conclusion))) refuse('meetings.already-there');
    return { id };
  },
});

/** Writes a conclusion anew, or takes it away (`text` null), until the minutes are signed. */
export const rewrite = operation({
  name: 'meetings.change-conclusion',
  kind: 'command',
  input: z.strictObject({ ...meetingKey, id: z.uuid(), text: textSchema.nullable(), expected: versionSchema }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { id, text, expected, ...key }) {
    await takeAsKeeper(context, key, 'open', 'closed');
    if (!(await findConclusion(context.tx, key, id))) refuse('meetings.conclusion-unknown');
    const saved = { id, expected, text, actor: actorOf(context), at: context.now };
    if (!(await saveConclusion(context.tx, key, saved))) refuse('meetings.changed-meanwhile');
    return { version: expected + 1 };
  },
});
