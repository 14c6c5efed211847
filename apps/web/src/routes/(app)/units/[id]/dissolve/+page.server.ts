import { dissolveUnit } from '@dinh/operations/units';
import { fail, redirect } from '@sveltejs/kit';
import { act } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import { doneAt, filled, loadChange } from '#lib/server/units/load.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadChange(event, 'units.dissolve');

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id);
    const typed = filled(form, ['effective', 'note']);
    const { effective = '', note } = typed;
    const done = await act(event, dissolveUnit, { unitId, effective, note }, textOf(form, 'command'));
    if (!done.ok) return fail(done.failure.status, { ...done.failure.data, typed });
    redirect(303, doneAt(unitId, 'dissolve'));
  },
};
