import { dayOf } from '@dinh/domain/kernel';
import { readMember, transfer } from '@dinh/operations/people';
import { searchForUnits } from '@dinh/operations/units';
import { error, redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.unit);
  const { person, unitName, allowed } = await ask(event, readMember, { unitId, personId: event.params.person });
  if (!allowed.includes('people.transfer')) error(403, 'access.denied');
  const words = (event.url.searchParams.get('q') ?? '').slice(0, 200).trim();
  const found = words ? (await ask(event, searchForUnits, { words, limit: 20 })).units : [];
  return {
    unitId,
    unitName,
    person: { id: person.id, name: person.name ?? '' },
    words,
    found: found.filter((unit) => unit.id !== person.unitId),
    today: dayOf(new Date()),
    commandId: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const about = { unitId: unitIdOf(event.params.unit), personId: event.params.person };
    const on = textOf(form, 'on');
    const toUnitId = Number(textOf(form, 'to'));
    const done = await act(event, transfer, { ...about, toUnitId, ...(on && { on }) }, textOf(form, 'command'));
    if (!done.ok) return failedWith(done.failure, { on });
    redirect(303, `/people/${toUnitId}/${about.personId}?moved`);
  },
};
