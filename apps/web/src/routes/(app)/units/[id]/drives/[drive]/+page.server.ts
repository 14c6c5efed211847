import { randomUUID } from 'node:crypto';
import * as contributions from '@dinh/operations/contributions';
import { contentFrom, driveKeyOf, giverFrom, itemFrom, landFrom } from '#lib/server/contributions.ts';
import { act, ask } from '#lib/server/operations.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const key = driveKeyOf(event.params);
  const [seen, proof] = await Promise.all([ask(event, contributions.read, key), ask(event, contributions.addsUp, key)]);
  return { ...seen, proof, commandId: randomUUID(), newId: randomUUID() };
};

async function formOf(event: RequestEvent) {
  const form = await event.request.formData();
  const names = ['kind', 'quantity', 'name', 'unit', 'giver', 'giverName', 'parcel', 'paper', 'note', 'on'] as const;
  const typed = Object.fromEntries(names.map((name) => [name, textOf(form, name)])) as Record<
    (typeof names)[number],
    string
  >;
  const key = { ...driveKeyOf(event.params), id: textOf(form, 'id'), on: typed.on };
  return { form, typed, key, command: textOf(form, 'command') };
}

export const actions: Actions = {
  receive: async (event) => {
    const { form, typed, key, command } = await formOf(event);
    const gift = { ...key, item: itemFrom(form), giver: giverFrom(form), ...landFrom(form), paper: typed.paper };
    const done = await act(event, contributions.receive, gift, command);
    if (!done.ok) return failedWith(done.failure, { about: 'receive', ...typed });
    return { saved: 'receive' as const, number: done.answer.receipt?.number ?? 0 };
  },
  pledge: async (event) => {
    const { form, typed, key, command } = await formOf(event);
    const gift = { ...key, item: itemFrom(form), giver: giverFrom(form), ...landFrom(form) };
    const done = await act(event, contributions.pledge, gift, command);
    return done.ok ? { saved: 'pledge' as const, number: 0 } : failedWith(done.failure, { about: 'pledge', ...typed });
  },
  use: async (event) => {
    const { form, typed, key, command } = await formOf(event);
    const spent = {
      ...key,
      item: itemFrom(form),
      note: typed.note,
      paper: typed.paper,
      content: await contentFrom(form),
    };
    const done = await act(event, contributions.use, spent, command);
    return done.ok ? { saved: 'use' as const, number: 0 } : failedWith(done.failure, { about: 'use', ...typed });
  },
};
