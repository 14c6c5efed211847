import { ceremony, nextPath, partyOf, setCookies } from '#lib/server/sign-in.ts';
import type { RequestHandler } from './$types';

/** `{}` → a challenge; `{response}` → signed in, `{next}`. */
export const POST: RequestHandler = (event) =>
  ceremony(event, async ({ response }) => {
    const { signIn } = event.locals.services;
    if (response === undefined) return signIn.beginPasskeySignIn(partyOf(event.url));
    const address = event.getClientAddress();
    setCookies(event, await signIn.withPasskey({ response, address, headers: event.request.headers }));
    return { next: nextPath(event.url) };
  });
