import { randomUUID } from 'node:crypto';
import { entries, forget, nameConsent, read, reverse } from '@dinh/operations/contributions';
import { driveKeyOf } from '#lib/server/contributions.ts';
import { act, ask } from '#lib/server/operations.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const key = driveKeyOf(event.params);
  const asked = Number(event.url.searchParams.get('before') ?? '');
  const before = Number.isInteger(asked) && asked > 0 && asked < 2_147_483_647 ? { before: asked } : {};
  const { unit, drive, allowed, seesNames } = await ask(event, read, key);
  const book = await ask(event, entries, { ...key, ...before });
  return { unit, drive, allowed, seesNames, ...book, commandId: randomUUID(), newId: randomUUID() };
};

export const actions: Actions = {
  reverse: async (event) => {
    const form = await event.request.formData();
    const { unitId } = driveKeyOf(event.params);
    const [entryId, reason] = [textOf(form, 'entry'), textOf(form, 'reason')];
    const input = { unitId, id: textOf(form, 'id'), entryId, reason };
    const done = await act(event, reverse, input, textOf(form, 'command'));
    return done.ok ? { saved: 'reverse' as const } : failedWith(done.failure, { entryId, reason });
  },
  name: async (event) => {
    const form = await event.request.formData();
    const { unitId } = driveKeyOf(event.params);
    const [entryId, publish] = [textOf(form, 'entry'), textOf(form, 'publish') === 'yes'];
    const done = await act(event, nameConsent, { unitId, entryId, publish }, textOf(form, 'command'));
    return done.ok ? { saved: 'name' as const } : failedWith(done.failure, { entryId, reason: '' });
  },
  forget: async (event) => {
    const form = await event.request.formData();
    const { unitId } = driveKeyOf(event.params);
    const entryId = textOf(form, 'entry');
    const done = await act(event, forget, { unitId, entryId }, textOf(form, 'command'));
    return done.ok ? { saved: 'forget' as const } : failedWith(done.failure, { entryId, reason: '' });
  },
};
