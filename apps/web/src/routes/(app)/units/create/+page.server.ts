import { administerRoot } from '@dinh/operations/people';
import { createUnit, listKinds, listUnitRoots } from '@dinh/operations/units';
import { error, fail, redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { textOf } from '#lib/server/sign-in.ts';
import { todayOf } from '#lib/server/today.ts';
import { doneAt, filled } from '#lib/server/units/load.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { allowed } = await ask(event, listUnitRoots, {});
  if (!allowed.includes('units.create')) error(403, 'access.denied');
  const { kinds } = await ask(event, listKinds, {});
  const { language } = event.locals;
  const ordered = (['territorial', 'organisational'] as const).flatMap((line) =>
    kinds.filter((kind) => kind.line === line).sort((a, b) => a.rank - b.rank),
  );
  return {
    kinds: ordered.map(({ key, line, names }) => ({ key, line, name: names[language] ?? key })),
    today: todayOf(event),
    commandId: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const typed = filled(form, ['name', 'kind', 'code', 'effective']);
    const { name = '', kind = '', code = null, effective = '' } = typed;
    const input = { parentId: null, name, kind, code, effective };
    const done = await act(event, createUnit, input, textOf(form, 'command'));
    if (!done.ok) return fail(done.failure.status, { ...done.failure.data, typed });
    const { unitId } = done.answer;
    // Not possible yet for a unit that begins on a later day, nor a second time: the unit's page offers it while it is open.
    const taken = await act(event, administerRoot, { unitId });
    redirect(303, doneAt(unitId, taken.ok ? 'found' : 'create'));
  },
};
