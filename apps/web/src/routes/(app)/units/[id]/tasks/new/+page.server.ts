import { randomUUID } from 'node:crypto';
import { choices, register } from '@dinh/operations/tasks';
import { redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitsOf } from '#lib/server/owed.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import { contentOf, ROWS, sourceOf, typedOf } from '#lib/server/tasks/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the link to this form says of the new task: a title, and the criterion that was not met. */
const named = ['origin', 'programme', 'period', 'criterion', 'title'] as const;

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const query = event.url.searchParams;
  const { watched } = unitsOf(event.locals.session?.posts ?? []);
  return {
    unitId,
    ...(await ask(event, choices, { unitId })),
    fromAbove: watched.length > 0,
    about: Object.fromEntries(named.map((name) => [name, (query.get(name) ?? '').slice(0, 300)])),
    rows: ROWS,
    commandId: randomUUID(),
    newId: randomUUID(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const unitId = unitIdOf(event.params.id);
    const form = await event.request.formData();
    const input = { unitId, id: textOf(form, 'id'), ...contentOf(form, event.locals.language), ...sourceOf(form) };
    const done = await act(event, register, input, textOf(form, 'command'));
    if (!done.ok)
      return failedWith(done.failure, {
        ...typedOf(form),
        coOwners: input.coOwners.join(' '),
        supportingUnits: input.supportingUnits.join(' '),
      });
    redirect(303, `/units/${unitId}/tasks/${input.id}?done=registered`);
  },
};
