import { createUnit, listUnitRoots } from '@dinh/operations/units';
import { fail, redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import { doneAt, filled, kindChoices, loadChange } from '#lib/server/units/load.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const base = await loadChange(event, 'units.create');
  const kinds = await kindChoices(event, base.unit.line, base.unit.kind);
  const mayDefine = kinds.length === 0 && (await ask(event, listUnitRoots, {})).allowed.includes('units.define-kind');
  return { ...base, kinds, mayDefine };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const typed = filled(form, ['name', 'kind', 'code', 'effective']);
    const { name = '', kind = '', code = null, effective = '' } = typed;
    const input = { parentId: unitIdOf(event.params.id), name, kind, code, effective };
    const done = await act(event, createUnit, input, textOf(form, 'command'));
    if (!done.ok) return fail(done.failure.status, { ...done.failure.data, typed });
    redirect(303, doneAt(done.answer.unitId, 'create'));
  },
};
