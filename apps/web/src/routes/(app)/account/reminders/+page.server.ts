import { askMail, readOwn, removeDevice, removeMail, setHours, stopAll } from '@dinh/operations/reminders';
import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => ask(event, readOwn, {});

/** The unit whose journal keeps what a person chooses for themselves. */
const home = ({ locals }: Pick<RequestEvent, 'locals'>): number =>
  locals.session?.person.unitId ?? redirect(303, '/sign-in?next=/account/reminders');

export const actions: Actions = {
  mail: async (event) => {
    const address = textOf(await event.request.formData(), 'address');
    const done = await act(event, askMail, { unitId: home(event), address, language: event.locals.language });
    return done.ok ? { done: 'asked' as const } : failedWith(done.failure, { address });
  },
  'stop-mail': async (event) => {
    const done = await act(event, removeMail, { unitId: home(event) });
    return done.ok ? { done: 'saved' as const } : failedWith(done.failure, { address: '' });
  },
  'remove-device': async (event) => {
    const deviceId = textOf(await event.request.formData(), 'device');
    const done = await act(event, removeDevice, { unitId: home(event), deviceId });
    return done.ok ? { done: 'saved' as const } : failedWith(done.failure, { address: '' });
  },
  hours: async (event) => {
    const form = await event.request.formData();
    const language = textOf(form, 'language');
    const input = { unitId: home(event), from: textOf(form, 'from'), until: textOf(form, 'until') };
    const spoken = language === 'ar' || language === 'en' ? language : 'vi';
    const done = await act(event, setHours, { ...input, language: spoken });
    return done.ok ? { done: 'saved' as const } : failedWith(done.failure, { address: '' });
  },
  stop: async (event) => {
    const done = await act(event, stopAll, { unitId: home(event) });
    return done.ok ? { done: 'stopped' as const } : failedWith(done.failure, { address: '' });
  },
};
