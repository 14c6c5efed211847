import { refuse } from '@dinh/domain/kernel';
import type { BookEntry, Drive } from '@dinh/store/contributions';
import { findEntry, findGiver, forgetGiver, showGiver } from '@dinh/store/contributions';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { allowedOn, operation } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';
import { demandDrive, keepers } from './access.ts';
import { demandNoSupervisor } from './enter.ts';
import { receive } from './give.ts';

/** Names of givers who did not agree to be named are for those who keep the book and those who watch over it. */
export async function keepsOrWatches(context: Context, drive: Drive): Promise<boolean> {
  const { actor } = context;
  if (actor.kind === 'person' && [drive.treasurer, ...drive.supervisors].includes(actor.personId)) return true;
  return (await allowedOn(context, drive.unitId, [receive])).length > 0;
}

/** An entry as others see it: who gave only with their consent, and never their land, what was said about them, or the list with all names. */
export const withoutNames = (entry: BookEntry): BookEntry =>
  entry.giver === null
    ? entry
    : { ...entry, giverName: entry.publish ? entry.giverName : '', parcel: '', note: '', listFile: null };

const entryKey = { unitId: unitIdSchema, entryId: z.uuid() };

async function demandGiver(context: Context, unitId: number, entry: { driveId: string }, entryId: string) {
  demandNoSupervisor(context, await demandDrive(context, unitId, entry.driveId));
  const giver = await findGiver(context.tx, unitId, entryId);
  return giver && giver.name !== '' ? giver : refuse('contributions.nobody-named');
}

/** What the giver of an entry says of showing their name, from now on, for everything they gave to that drive. */
export const nameConsent = operation({
  name: 'contributions.show-name',
  kind: 'command',
  input: z.strictObject({ ...entryKey, publish: z.boolean() }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, { unitId, entryId, publish }) {
    const found = (await findEntry(context.tx, unitId, entryId)) ?? refuse('contributions.entry-unknown');
    const giver = await demandGiver(context, unitId, found, entryId);
    await showGiver(context.tx, unitId, giver.id, publish);
    return { publish };
  },
});

/**
 * Forgets who gave, when they ask for it: the name, where their land lies and what was noted, in every entry of theirs in that drive. The
 * book is not touched: quantities, days, numbers and receipts stay. The picture of a paper list stays with those who keep the book.
 */
export const forget = operation({
  name: 'contributions.forget-giver',
  kind: 'command',
  input: z.strictObject(entryKey),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, { unitId, entryId }) {
    const found = (await findEntry(context.tx, unitId, entryId)) ?? refuse('contributions.entry-unknown');
    const giver = await demandGiver(context, unitId, found, entryId);
    await forgetGiver(context.tx, unitId, giver.id);
    return { forgotten: true };
  },
});
