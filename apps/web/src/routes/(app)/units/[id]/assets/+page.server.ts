import { randomUUID } from 'node:crypto';
import { check, checks, correct, list, register, retire } from '@dinh/operations/assets';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const { language } = event.locals;
  const { assets, kinds, unregistered, ...seen } = await ask(event, list, { unitId });
  const kindName = (key: string) => kinds.find((kind) => kind.key === key)?.names[language] ?? key;
  const history = event.url.searchParams.get('history') ?? '';
  return {
    unitId,
    ...seen,
    assets: assets.map(({ carries, ...asset }) => ({
      ...asset,
      kindName: kindName(asset.kind),
      carries: [...new Set(carries.map(({ titles, criterion }) => titles[language] ?? criterion))],
    })),
    kinds: kinds.map(({ key }) => ({ value: key, label: kindName(key) })),
    unregistered: unregistered.map(kindName),
    history: idPattern.test(history)
      ? { id: history, checks: (await ask(event, checks, { unitId, id: history })).checks }
      : null,
    commandId: randomUUID(),
    newId: randomUUID(),
  };
};

/** A person of the unit, or the organisation written beside. */
function ownerOf(form: FormData) {
  const person = textOf(form, 'person');
  return person === '' ? { organisation: textOf(form, 'organisation') } : { person };
}

const stateOf = (form: FormData) => (textOf(form, 'state') === 'broken' ? ('broken' as const) : ('working' as const));

export const actions: Actions = {
  register: async (event) => {
    const form = await event.request.formData();
    const typed = {
      kind: textOf(form, 'kind'),
      name: textOf(form, 'name'),
      place: textOf(form, 'place'),
      nextCheck: textOf(form, 'nextCheck'),
    };
    const input = { unitId: unitIdOf(event.params.id), id: textOf(form, 'id'), ...typed, owner: ownerOf(form) };
    const done = await act(event, register, input, textOf(form, 'command'));
    return done.ok ? { saved: 'registered' as const } : failedWith(done.failure, { about: 'register', ...typed });
  },
  check: async (event) => {
    const form = await event.request.formData();
    const input = {
      unitId: unitIdOf(event.params.id),
      id: textOf(form, 'id'),
      state: stateOf(form),
      note: textOf(form, 'note'),
      nextCheck: textOf(form, 'nextCheck'),
    };
    const done = await act(event, check, input, textOf(form, 'command'));
    return done.ok ? { saved: 'checked' as const } : failedWith(done.failure, { about: input.id });
  },
  correct: async (event) => {
    const form = await event.request.formData();
    const input = {
      unitId: unitIdOf(event.params.id),
      id: textOf(form, 'id'),
      name: textOf(form, 'name'),
      place: textOf(form, 'place'),
      owner: ownerOf(form),
    };
    const done = await act(event, correct, input, textOf(form, 'command'));
    return done.ok ? { saved: 'corrected' as const } : failedWith(done.failure, { about: input.id });
  },
  retire: async (event) => {
    const form = await event.request.formData();
    const input = { unitId: unitIdOf(event.params.id), id: textOf(form, 'id'), reason: textOf(form, 'reason') };
    const done = await act(event, retire, input, textOf(form, 'command'));
    return done.ok ? { saved: 'retired-done' as const } : failedWith(done.failure, { about: input.id });
  },
};
