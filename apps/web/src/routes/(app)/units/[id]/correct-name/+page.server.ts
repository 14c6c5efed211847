import { correctName } from '@dinh/operations/units';
import { fail, redirect } from '@sveltejs/kit';
import { act } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import { doneAt, loadChange } from '#lib/server/units/load.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadChange(event, 'units.correct-name');

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id);
    const name = textOf(form, 'name');
    const done = await act(event, correctName, { unitId, name }, textOf(form, 'command'));
    if (!done.ok) return fail(done.failure.status, { ...done.failure.data, name });
    redirect(303, doneAt(unitId, 'correct-name'));
  },
};
