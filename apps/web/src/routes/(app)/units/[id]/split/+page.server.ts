import { listUnitChildren, splitUnit } from '@dinh/operations/units';
import { fail, redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import { doneAt, filled, loadChange } from '#lib/server/units/load.ts';
import type { Actions, PageServerLoad } from './$types';

/** A form of more rows than this helps nobody; the command line takes any number. */
const MOST = 500;
const PARTS = [1, 2, 3, 4];

export const load: PageServerLoad = async (event) => {
  const base = await loadChange(event, 'units.split');
  const children: { id: number; name: string }[] = [];
  let after: { ordered: string; id: number } | undefined;
  do {
    const page = await ask(event, listUnitChildren, { unitId: base.unit.id, after });
    children.push(...page.units.map(({ id, name }) => ({ id, name })));
    after = page.next ?? undefined;
  } while (after && children.length <= MOST);
  return { ...base, children: children.length > MOST ? null : children, parts: PARTS };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id);
    const typed = Object.fromEntries(
      [...form].filter((field): field is [string, string] => typeof field[1] === 'string'),
    );
    const goingTo = (part: number) =>
      Object.entries(typed).flatMap(([name, value]) =>
        value === String(part) && /^child-\d{1,10}$/.test(name) ? [Number(name.slice(6))] : [],
      );
    const { effective = '', note } = filled(form, ['effective', 'note']);
    const parts = PARTS.map((part) => ({ name: textOf(form, `name-${part}`).trim(), children: goingTo(part) }));
    const given = parts.filter((part, i) => part.name !== '' || part.children.length > 0 || i === 0);
    const input = { unitId, effective, note, keep: typed.old === 'keep', parts: given };
    const done = await act(event, splitUnit, input, textOf(form, 'command'));
    if (!done.ok) return fail(done.failure.status, { ...done.failure.data, typed });
    redirect(303, doneAt(unitId, 'split'));
  },
};
