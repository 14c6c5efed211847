import { Refusal } from '@dinh/domain/kernel';
import type { Party, SignInCookie } from '@dinh/operations/people';
import { type ActionFailure, fail, json, type RequestEvent } from '@sveltejs/kit';
import { plainRefusal } from './operations.ts';

/** Where to go after signing in: a path of this site, never another one. */
export function nextPath(url: URL): string {
  const asked = url.searchParams.get('next') ?? '/';
  const target = URL.canParse(asked, url) ? new URL(asked, url) : url;
  const ours =
    asked.startsWith('/') && target.origin === url.origin && !/^\/(sign-in|join|set-up)\b/.test(target.pathname);
  return ours ? target.pathname + target.search : '/';
}

/** Sets or removes the session's cookies; over https they never travel without it. */
export function setCookies(event: Pick<RequestEvent, 'cookies' | 'url'>, cookies: readonly SignInCookie[]): void {
  for (const { name, value, ...options } of cookies) {
    event.cookies.set(name, value, { ...options, secure: event.url.protocol === 'https:' });
  }
}

export const partyOf = (url: URL): Party => ({ origin: url.origin, rpId: url.hostname });

/**
 * Runs one step of a passkey ceremony asked for by a script of our own pages. Other sites' scripts are turned away; a refusal goes back
 * as its code.
 */
export async function ceremony(
  event: RequestEvent,
  step: (body: Record<string, unknown>) => Promise<unknown>,
): Promise<Response> {
  if (event.request.headers.get('origin') !== event.url.origin) {
    return json({ refusal: plainRefusal(event, new Refusal('access.foreign-page')) }, { status: 403 });
  }
  try {
    const body: unknown = await event.request.json();
    const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
    return json(await step(given));
  } catch (cause) {
    if (cause instanceof SyntaxError)
      return json({ refusal: plainRefusal(event, new Refusal('api.malformed-json')) }, { status: 400 });
    if (!(cause instanceof Refusal)) throw cause;
    return json({ refusal: plainRefusal(event, cause) }, { status: cause.status });
  }
}

export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** A failed form keeps what was typed, so that nobody types it twice; secrets are not among `typed`. */
export const failedWith = <Data extends object, Typed extends object>(
  { status, data }: ActionFailure<Data>,
  typed: Typed,
) => fail(status, { ...data, typed });
