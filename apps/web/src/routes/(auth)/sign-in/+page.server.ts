import { Refusal } from '@dinh/domain/kernel';
import { readSetUp } from '@dinh/operations/people';
import { fail, redirect } from '@sveltejs/kit';
import { ask, plainRefusal } from '#lib/server/operations.ts';
import { nextPath, setCookies, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  if (event.locals.session) redirect(303, nextPath(event.url));
  if ((await ask(event, readSetUp, {})).open) redirect(303, '/set-up');
  return { needed: event.url.searchParams.has('next'), signedOut: event.url.searchParams.has('out') };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, request, url } = event;
    const form = await request.formData();
    const signInName = textOf(form, 'name');
    try {
      const attempt = { signInName, password: textOf(form, 'password'), address: event.getClientAddress() };
      setCookies(event, await locals.services.signIn.withPassword({ ...attempt, headers: request.headers }));
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      return fail(cause.status, { refusal: plainRefusal(event, cause), signInName });
    }
    redirect(303, nextPath(url));
  },
};
