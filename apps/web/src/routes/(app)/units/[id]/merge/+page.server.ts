import { mergeUnits } from '@dinh/operations/units';
import { fail, redirect } from '@sveltejs/kit';
import { act } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import { choices } from '#lib/server/units/choices.ts';
import { doneAt, filled, kindChoices, loadChange, unitsOf } from '#lib/server/units/load.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const base = await loadChange(event, 'units.merge');
  const { id, line, kind, parent } = base.unit;
  return {
    ...base,
    kinds: await kindChoices(event, line, parent?.kind),
    ...(await choices(event, { line, near: parent?.id, kind, except: id })),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id);
    const typed = filled(form, ['name', 'kind', 'code', 'effective', 'note', 'result']);
    const ticked = unitsOf(form, 'source');
    const { name = '', kind = '', code = null, effective = '', note, result } = typed;
    const [parentId = 0] = unitsOf(form, 'parent');
    const input =
      result === 'this'
        ? { sources: ticked, into: { unitId } }
        : { sources: [unitId, ...ticked], into: { parentId, kind, name, code } };
    const done = await act(event, mergeUnits, { ...input, effective, note }, textOf(form, 'command'));
    if (!done.ok) return fail(done.failure.status, { ...done.failure.data, typed, ticked });
    redirect(303, doneAt(done.answer.unitId, 'merge'));
  },
};
