import { linesOf, undoing } from '@dinh/domain/contributions';
import { daySchema, refuse } from '@dinh/domain/kernel';
import { findEntry, findGiver, readEntryLines } from '@dinh/store/contributions';
import { z } from 'zod';
import { preparing, storeFile } from '../files/public.ts';
import { operation } from '../kernel/public.ts';
import { reasonSchema, unitIdSchema } from '../programmes/public.ts';
import {
  contentSchema,
  demandCounted,
  demandDrive,
  driveKey,
  itemSchema,
  keepers,
  lineSchema,
  nameless,
  paperSchema,
} from './access.ts';
import { demandNoSupervisor, demandOpenDay, enter } from './enter.ts';

/** Notes what was spent or put to use, with its voucher. Never more than there is. */
export const use = operation({
  name: 'contributions.use',
  kind: 'command',
  input: z.strictObject({
    ...driveKey,
    id: z.uuid(),
    on: daySchema,
    item: itemSchema,
    /** What for. */
    note: lineSchema,
    /** The voucher's number. */
    paper: paperSchema.min(1),
    /** The voucher itself. */
    content: contentSchema,
  }),
  unit: (input) => input.unitId,
  allow: keepers,
  prepare: ({ content }) => preparing({ content, kind: 'document' }),
  async run(context, { unitId, driveId, id, on, item, note, paper, content }) {
    const drive = await demandDrive(context, unitId, driveId);
    demandNoSupervisor(context, drive);
    if (on < drive.from) refuse('contributions.day-wrong', {}, [{ path: 'on', code: 'contributions.day-wrong' }]);
    await demandOpenDay(context, unitId, on);
    const { commodity, quantity } = demandCounted(drive, item, null);
    const lines = linesOf('use', commodity.key, quantity);
    const file = await storeFile(context, content);
    // The commodity is not added: what was never received cannot be used, and is refused before anything is written.
    await enter(context, drive, [{ id, kind: 'use', on, lines, note, paper, file }], []);
    return { id };
  },
});

/** Undoes an entry with the reason, today, in the open month. What was written stays; a receipt stays as void. */
export const reverse = operation({
  name: 'contributions.reverse',
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema, id: z.uuid(), entryId: z.uuid(), reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: keepers,
  digested: nameless,
  async run(context, { unitId, id, entryId, reason }) {
    const entry = await findEntry(context.tx, unitId, entryId);
    if (!entry) return refuse('contributions.entry-unknown');
    if (entry.kind === 'reverse') refuse('contributions.not-reversible');
    if (entry.reversedBy !== null) refuse('contributions.already-reversed');
    const drive = await demandDrive(context, unitId, entry.driveId);
    demandNoSupervisor(context, drive);
    await demandOpenDay(context, unitId, context.today);
    const lines = undoing(await readEntryLines(context.tx, unitId, entryId));
    const giver = entry.kind === 'receive' ? await findGiver(context.tx, unitId, entryId) : null;
    const loses = giver?.standing === 1 ? giver.kind : undefined;
    const draft = { id, kind: 'reverse' as const, on: context.today, lines, note: reason, reverses: entryId, loses };
    await enter(context, drive, [draft], []);
    return { id };
  },
});
