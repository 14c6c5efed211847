import {
  changePassword,
  endOwnSession,
  readOwnAccount,
  removeOwnPasskey,
  signOutEverywhere,
} from '@dinh/operations/people';
import { type RequestEvent, redirect } from '@sveltejs/kit';
import { deviceOf } from '#lib/server/device.ts';
import { act, ask } from '#lib/server/operations.ts';
import { textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const account = await ask(event, readOwnAccount, {});
  return {
    ...account,
    now: new Date().toISOString(),
    sessions: account.sessions.map(({ userAgent, ...session }) => ({
      ...session,
      ...deviceOf(userAgent),
      here: session.id === event.locals.session?.id,
    })),
  };
};

/** The unit whose journal keeps what a person does to their own account. */
function home({ locals, url }: RequestEvent): number {
  return locals.session?.person.unitId ?? redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
}

export const actions: Actions = {
  'end-session': async (event) => {
    const form = await event.request.formData();
    const done = await act(event, endOwnSession, { unitId: home(event), sessionId: textOf(form, 'session') });
    return done.ok ? { saved: 'session' as const } : done.failure;
  },
  everywhere: async (event) => {
    const done = await act(event, signOutEverywhere, { unitId: home(event) });
    if (!done.ok) return done.failure;
    redirect(303, '/sign-in?out');
  },
  password: async (event) => {
    const form = await event.request.formData();
    const keep = event.locals.session?.id;
    const input = { unitId: home(event), current: textOf(form, 'current'), next: textOf(form, 'next') };
    const done = await act(event, changePassword, { ...input, ...(keep && { keep }) });
    return done.ok ? { saved: 'password' as const } : done.failure;
  },
  'remove-passkey': async (event) => {
    const form = await event.request.formData();
    const done = await act(event, removeOwnPasskey, { unitId: home(event), passkeyId: textOf(form, 'passkey') });
    return done.ok ? { saved: 'passkey' as const } : done.failure;
  },
};
