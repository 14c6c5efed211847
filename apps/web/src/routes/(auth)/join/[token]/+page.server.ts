import { acceptInvitation, readInvitationLink } from '@dinh/operations/people';
import { redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { failedWith, setCookies, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { name, unit, kind, signInName } = await ask(event, readInvitationLink, { token: event.params.token });
  return { name, unit, recovering: kind === 'recover', signInName };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const signInName = textOf(form, 'name');
    const input = { token: event.params.token, signInName, password: textOf(form, 'password') };
    const done = await act(event, acceptInvitation, input);
    if (!done.ok) return failedWith(done.failure, { signInName });
    const { signIn } = event.locals.services;
    setCookies(event, await signIn.openSession(done.answer.personId, event.request.headers));
    redirect(303, '/');
  },
};
