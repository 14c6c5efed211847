import { linkUnits, readUnit, unlinkUnits } from '@dinh/operations/units';
import { fail, redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import { choices } from '#lib/server/units/choices.ts';
import { doneAt, filled, loadChange, unitsOf } from '#lib/server/units/load.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const base = await loadChange(event, 'units.link');
  const { links } = await ask(event, readUnit, { unitId: base.unit.id });
  const line = base.unit.line === 'territorial' ? 'organisational' : 'territorial';
  return {
    ...base,
    ...(await choices(event, { line, except: base.unit.id })),
    links: links.filter((link) => link.direction === 'from'),
  };
};

const linkKind = (form: FormData) => (textOf(form, 'kind') === 'led-by' ? 'led-by' : 'works-in');

export const actions: Actions = {
  link: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id);
    const typed = filled(form, ['effective']);
    const [otherId = 0] = unitsOf(form, 'other');
    const input = { unitId, otherId, kind: linkKind(form), effective: typed.effective ?? '' } as const;
    const done = await act(event, linkUnits, input, textOf(form, 'command'));
    if (!done.ok) return fail(done.failure.status, { ...done.failure.data, typed, otherId });
    redirect(303, doneAt(unitId, 'link'));
  },
  unlink: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id);
    const [otherId = 0] = unitsOf(form, 'other');
    const input = { unitId, otherId, kind: linkKind(form), effective: textOf(form, 'effective') } as const;
    const done = await act(event, unlinkUnits, input, textOf(form, 'command'));
    if (!done.ok)
      return fail(done.failure.status, { ...done.failure.data, typed: filled(form, ['effective']), otherId: 0 });
    redirect(303, doneAt(unitId, 'unlink'));
  },
};
