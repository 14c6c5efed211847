import { createToken, listTokens, revokeToken } from '@dinh/operations/people';
import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

const home = ({ locals }: Pick<RequestEvent, 'locals'>): number =>
  locals.session?.person.unitId ?? redirect(303, '/sign-in?next=/account/tokens');

export const load: PageServerLoad = async (event) => ({
  tokens: await ask(event, listTokens, { unitId: home(event) }),
});

export const actions: Actions = {
  create: async (event) => {
    const form = await event.request.formData();
    const typed = { label: textOf(form, 'label'), scope: textOf(form, 'scope'), days: textOf(form, 'days') };
    const scopes = typed.scope === 'write' ? ['read', 'write'] : ['read'];
    const input = { unitId: home(event), label: typed.label, scopes, days: Number(typed.days) };
    const done = await act(event, createToken, input);
    if (!done.ok) return failedWith(done.failure, typed);
    return { made: { token: done.answer.token, expires: done.answer.expires } };
  },
  revoke: async (event) => {
    const form = await event.request.formData();
    const done = await act(event, revokeToken, { unitId: home(event), tokenId: textOf(form, 'token') });
    return done.ok ? { revoked: true } : failedWith(done.failure, { label: '', scope: '', days: '' });
  },
};
