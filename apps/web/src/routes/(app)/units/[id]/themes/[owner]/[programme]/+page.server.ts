import { randomUUID } from 'node:crypto';
import { addTopic, end, report } from '@dinh/operations/products';
import { error } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE = 50;
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const programmeOf = (text: string) => (uuidPattern.test(text) ? text : error(404, 'products.programme-unknown'));

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const ownerId = unitIdOf(event.params.owner);
  const page = Number(/^\d{1,5}$/.exec(event.url.searchParams.get('page') ?? '')?.[0] ?? 0);
  const key = { unitId, ownerId, programmeId: programmeOf(event.params.programme) };
  const seen = await ask(event, report, { ...key, limit: PAGE, offset: page * PAGE });
  return { unitId, ownerId, page, ...seen, commandId: randomUUID(), newId: randomUUID() };
};

export const actions: Actions = {
  topic: async (event) => {
    const form = await event.request.formData();
    const typed = { group: textOf(form, 'group'), title: textOf(form, 'title'), reading: textOf(form, 'reading') };
    const key = { unitId: unitIdOf(event.params.owner), programmeId: programmeOf(event.params.programme) };
    const done = await act(event, addTopic, { ...key, id: textOf(form, 'id'), ...typed }, textOf(form, 'command'));
    return done.ok ? { saved: 'topic-added' as const } : failedWith(done.failure, typed);
  },
  end: async (event) => {
    const form = await event.request.formData();
    const key = { unitId: unitIdOf(event.params.owner), programmeId: programmeOf(event.params.programme) };
    const done = await act(event, end, key, textOf(form, 'command'));
    return done.ok ? { saved: 'programme-ended' as const } : failedWith(done.failure, {});
  },
};
