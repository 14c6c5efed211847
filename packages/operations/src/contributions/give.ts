import { linesOf } from '@dinh/domain/contributions';
import { daySchema } from '@dinh/domain/kernel';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import {
  demandCounted,
  demandDrive,
  driveKey,
  giverSchema,
  itemSchema,
  keepers,
  landSchema,
  nameless,
  noteSchema,
  paperSchema,
} from './access.ts';
import { demandNoSupervisor, demandOpenDay, demandWithin, enter } from './enter.ts';

const given = {
  ...driveKey,
  /** Of the entry. */
  id: z.uuid(),
  on: daySchema,
  item: itemSchema,
  giver: giverSchema,
  land: landSchema.optional(),
  note: noteSchema,
};

/** Notes what somebody offers of their own will. It obliges to nothing: the book never sets it against what came. */
export const pledge = operation({
  name: 'contributions.pledge',
  kind: 'command',
  input: z.strictObject(given),
  unit: (input) => input.unitId,
  allow: keepers,
  digested: nameless,
  async run(context, { unitId, driveId, id, on, item, giver, land, note }) {
    const drive = await demandDrive(context, unitId, driveId);
    demandNoSupervisor(context, drive);
    demandWithin(drive, on);
    await demandOpenDay(context, unitId, on);
    const { commodity, quantity } = demandCounted(drive, item, giver);
    const lines = linesOf('pledge', commodity.key, quantity);
    await enter(context, drive, [{ id, kind: 'pledge', on, lines, giver, land, note }], [commodity]);
    return { id };
  },
});

/** Takes in what somebody gave and gives it the next receipt number of the unit and the year. */
export const receive = operation({
  name: 'contributions.receive',
  kind: 'command',
  input: z.strictObject({
    ...given,
    /** The number of a receipt that was handed out on paper. */
    paper: paperSchema.default(''),
  }),
  unit: (input) => input.unitId,
  allow: keepers,
  digested: nameless,
  async run(context, { unitId, driveId, id, on, item, giver, land, note, paper }) {
    const drive = await demandDrive(context, unitId, driveId);
    demandNoSupervisor(context, drive);
    demandWithin(drive, on);
    await demandOpenDay(context, unitId, on);
    const { commodity, quantity } = demandCounted(drive, item, giver);
    const lines = linesOf('receive', commodity.key, quantity);
    const draft = { id, kind: 'receive' as const, on, lines, giver, land, note, paper };
    const [written] = await enter(context, drive, [draft], [commodity]);
    return { id, receipt: written?.receipt ?? null };
  },
});
