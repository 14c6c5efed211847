import { randomUUID } from 'node:crypto';
import { add, prepare } from '@dinh/operations/works';
import { redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import { contentFrom, figuresOf, named } from '#lib/server/works.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const { language } = event.locals;
  const { kinds, people, drives, tasks, ...seen } = await ask(event, prepare, { unitId });
  const chosen = kinds.find(({ key }) => key === event.url.searchParams.get('kind'));
  const labelled = (from: readonly { id: string; title: string }[]) =>
    from.map(({ id, title }) => ({ id, label: title }));
  return {
    unitId,
    ...seen,
    kinds: kinds.map(({ key, names }) => ({ key, name: named(names, language, key) })),
    kind: chosen
      ? {
          key: chosen.key,
          name: named(chosen.names, language, chosen.key),
          measures: figuresOf(chosen, [], language).map(({ key, name, unit, whole }) => ({ key, name, unit, whole })),
        }
      : null,
    people: people.map(({ id, name }) => ({ id, label: name })),
    drives: labelled(drives),
    tasks: labelled(tasks),
    commandId: randomUUID(),
    newId: randomUUID(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const unitId = unitIdOf(event.params.id);
    const form = await event.request.formData();
    const { typed, content } = contentFrom(form);
    const id = textOf(form, 'id');
    const input = { unitId, id, kind: textOf(form, 'kind'), ...content };
    const done = await act(event, add, input, textOf(form, 'command'));
    if (done.ok) redirect(303, `/units/${unitId}/works/${id}?done=add`);
    return failedWith(done.failure, typed);
  },
};
