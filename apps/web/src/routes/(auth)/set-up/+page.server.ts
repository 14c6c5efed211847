import { createFirstAdministrator, readSetUp } from '@dinh/operations/people';
import { redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { failedWith, setCookies, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { open, roots } = await ask(event, readSetUp, {});
  if (!open) redirect(303, '/sign-in');
  return { needsUnit: roots.length === 0 };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const unitName = textOf(form, 'unitName').trim();
    const typed = { name: textOf(form, 'name'), signInName: textOf(form, 'signInName') };
    const password = textOf(form, 'password');
    const done = await act(event, createFirstAdministrator, { ...typed, password, ...(unitName && { unitName }) });
    if (!done.ok) return failedWith(done.failure, { ...typed, unitName });
    const { signIn } = event.locals.services;
    setCookies(event, await signIn.openSession(done.answer.personId, event.request.headers));
    // A tree that was just begun is built first; one that was imported waits with its day's work.
    redirect(303, unitName ? '/units' : '/');
  },
};
