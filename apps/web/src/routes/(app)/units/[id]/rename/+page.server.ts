import { renameUnit } from '@dinh/operations/units';
import { fail, redirect } from '@sveltejs/kit';
import { act } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import { doneAt, filled, kindChoices, loadChange } from '#lib/server/units/load.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const base = await loadChange(event, 'units.rename');
  return { ...base, kinds: await kindChoices(event, base.unit.line, base.unit.parent?.kind) };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id);
    const typed = filled(form, ['name', 'kind', 'code', 'effective', 'note']);
    const { effective = '', note, name = '', kind, code = null } = typed;
    const done = await act(event, renameUnit, { unitId, name, kind, code, effective, note }, textOf(form, 'command'));
    if (!done.ok) return fail(done.failure.status, { ...done.failure.data, typed });
    redirect(303, doneAt(unitId, 'rename'));
  },
};
