import { moveUnit, readUnit } from '@dinh/operations/units';
import { fail, redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import { choices } from '#lib/server/units/choices.ts';
import { doneAt, filled, loadChange, unitsOf } from '#lib/server/units/load.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const base = await loadChange(event, 'units.move');
  const { parent, line } = base.unit;
  // Without a search: the neighbours of the unit above, where most moves lead.
  const above = parent ? await ask(event, readUnit, { unitId: parent.id }) : null;
  const near = above?.ancestors.at(-1)?.id;
  return {
    ...base,
    ...(await choices(event, { line, near, ...(parent && { kind: parent.kind }), except: parent?.id ?? base.unit.id })),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id);
    const typed = filled(form, ['effective', 'note']);
    const [parentId = 0] = unitsOf(form, 'parent');
    const { effective = '', note } = typed;
    const done = await act(event, moveUnit, { unitId, parentId, effective, note }, textOf(form, 'command'));
    if (!done.ok) return fail(done.failure.status, { ...done.failure.data, typed, parentId });
    redirect(303, doneAt(unitId, 'move'));
  },
};
