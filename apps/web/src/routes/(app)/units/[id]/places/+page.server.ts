import { randomUUID } from 'node:crypto';
import { placeKinds } from '@dinh/domain/publications';
import { addPlaces, closePlace, look, places, renamePlace } from '@dinh/operations/publications';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const ON_A_PAGE = 40;

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const { searchParams } = event.url;
  const seen = await ask(event, places, { unitId });
  const kind = placeKinds.find((each) => each === searchParams.get('kind')) ?? null;
  const from = Math.max(0, Number.parseInt(searchParams.get('from') ?? '0', 10) || 0);
  const wanted = kind === null ? seen.places : seen.places.filter((place) => place.kind === kind);
  const counts = placeKinds.flatMap((each) => {
    const count = seen.places.filter((place) => place.kind === each).length;
    return count === 0 ? [] : [{ kind: each, count }];
  });
  const page = (at: number) => {
    const params = new URLSearchParams({ ...(kind && { kind }), ...(at > 0 && { from: String(at) }) });
    return `?${params}`;
  };
  return {
    unitId,
    unit: seen.unit,
    hasOwn: seen.hasOwn,
    drives: seen.drives,
    allowed: seen.allowed,
    total: seen.places.length,
    counts,
    kind,
    places: wanted.slice(from, from + ON_A_PAGE),
    next: from + ON_A_PAGE < wanted.length ? page(from + ON_A_PAGE) : null,
    previous: from > 0 ? page(from - ON_A_PAGE) : null,
    commandId: randomUUID(),
  };
};

const formOf = async (event: RequestEvent) => {
  const form = await event.request.formData();
  const key = { unitId: unitIdOf(event.params.id), nth: Number(textOf(form, 'nth')) };
  return { form, key, command: textOf(form, 'command') };
};
const kept = (about: string, names = '') => ({ about, names });

export const actions: Actions = {
  add: async (event) => {
    const { form, key, command } = await formOf(event);
    const kind = placeKinds.find((each) => each === textOf(form, 'kind')) ?? 'unit';
    const names = textOf(form, 'names');
    const lines = names.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
    const list =
      kind === 'unit'
        ? [{ kind }]
        : kind === 'drive'
          ? [{ kind, driveId: textOf(form, 'drive') }]
          : lines.map((name) => ({ kind, name }));
    const done = await act(event, addPlaces, { unitId: key.unitId, places: list }, command);
    return done.ok
      ? { saved: 'add' as const, count: done.answer.places.length }
      : failedWith(done.failure, kept(`add ${kind}`, names));
  },
  rename: async (event) => {
    const { form, key, command } = await formOf(event);
    const name = textOf(form, 'name');
    const input = { ...key, ...(name !== '' && { name }), about: textOf(form, 'about') };
    const done = await act(event, renamePlace, input, command);
    return done.ok ? { saved: 'rename' as const, count: 1 } : failedWith(done.failure, kept(`rename ${key.nth}`));
  },
  close: async (event) => {
    const { form, key, command } = await formOf(event);
    const done = await act(event, closePlace, { ...key, reason: textOf(form, 'reason') }, command);
    return done.ok ? { saved: 'close' as const, count: 1 } : failedWith(done.failure, kept(`close ${key.nth}`));
  },
  look: async (event) => {
    const { form, key, command } = await formOf(event);
    const there = textOf(form, 'there') === 'yes';
    const done = await act(event, look, { ...key, there, note: textOf(form, 'note') }, command);
    return done.ok ? { saved: 'look' as const, count: 1 } : failedWith(done.failure, kept(`look ${key.nth}`));
  },
};
