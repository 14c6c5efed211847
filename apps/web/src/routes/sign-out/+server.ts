import { redirect } from '@sveltejs/kit';
import { setCookies } from '#lib/server/sign-in.ts';
import type { RequestHandler } from './$types';

/** Ends this device's session. Only a form can do it: a link in a message must not sign anybody out. */
export const POST: RequestHandler = async (event) => {
  setCookies(event, await event.locals.services.signIn.signOut(event.request.headers));
  redirect(303, '/sign-in?out');
};
