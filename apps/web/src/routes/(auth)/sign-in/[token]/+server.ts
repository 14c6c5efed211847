import { Refusal } from '@dinh/domain/kernel';
import { error, redirect } from '@sveltejs/kit';
import { plainRefusal } from '#lib/server/operations.ts';
import { setCookies } from '#lib/server/sign-in.ts';
import type { RequestHandler } from './$types';

/** A demo link: whoever opens it is signed in. In any other installation there is no such page. */
export const GET: RequestHandler = async (event) => {
  const { locals, params, request } = event;
  try {
    setCookies(event, await locals.services.signIn.withDemoLink(params.token, request.headers));
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    error(cause.status, cause.code, { refusal: plainRefusal(event, cause) });
  }
  redirect(303, '/');
};
