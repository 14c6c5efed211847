import { randomUUID } from 'node:crypto';
import { closeMonth, list } from '@dinh/operations/contributions';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  return { unitId, commandId: randomUUID(), ...(await ask(event, list, { unitId })) };
};

export const actions: Actions = {
  close: async (event) => {
    const form = await event.request.formData();
    const month = textOf(form, 'month');
    const done = await act(event, closeMonth, { unitId: unitIdOf(event.params.id), month }, textOf(form, 'command'));
    return done.ok ? { saved: true } : failedWith(done.failure, { month });
  },
};
