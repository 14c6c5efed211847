import type { Post } from '@dinh/domain/access';
import { dayOf } from '@dinh/domain/kernel';
import {
  correctMember,
  endPost,
  eraseMember,
  givePost,
  invite,
  type Link,
  readMember,
  recoverAccount,
} from '@dinh/operations/people';
import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { qrPath } from '#lib/server/qr.ts';
import { textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

type Event = RequestEvent<RouteParams>;

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.unit);
  const read = await ask(event, readMember, { unitId, personId: event.params.person });
  const today = dayOf(new Date());
  return {
    unitId,
    ...read,
    today,
    added: event.url.searchParams.has('added'),
    moved: event.url.searchParams.has('moved'),
    commandId: crypto.randomUUID(),
  };
};

/** Whom the form is about, and the parts every form has. */
async function asked(event: Event) {
  const form = await event.request.formData();
  const about = { unitId: Number(textOf(form, 'home')) || unitIdOf(event.params.unit), personId: event.params.person };
  return { form, about, commandId: textOf(form, 'command') };
}

/** The link is shown in the answer to the form and never again. */
function shown(event: Event, kind: 'invite' | 'recover', { path, expires }: Link) {
  const link = `${event.url.origin}${path}`;
  return { saved: kind, link: { link, expires, qr: qrPath(link) } };
}

export const actions: Actions = {
  correct: async (event) => {
    const { form, about, commandId } = await asked(event);
    const optional = (name: string) => textOf(form, name).trim() || null;
    const change = { phone: optional('phone'), email: optional('email'), born: optional('born') };
    const done = await act(event, correctMember, { ...about, name: textOf(form, 'name'), ...change }, commandId);
    return done.ok ? { saved: 'correct' as const } : done.failure;
  },
  give: async (event) => {
    const { form, about, commandId } = await asked(event);
    const from = textOf(form, 'from');
    const input = {
      ...about,
      post: textOf(form, 'post') as Post,
      replacing: form.has('replacing'),
      ...(from && { from }),
    };
    const done = await act(event, givePost, input, commandId);
    return done.ok ? { saved: 'give' as const } : done.failure;
  },
  end: async (event) => {
    const { form } = await asked(event);
    const on = textOf(form, 'on');
    const input = { unitId: Number(textOf(form, 'unit')), postId: textOf(form, 'post'), ...(on && { on }) };
    const done = await act(event, endPost, input);
    return done.ok ? { saved: 'end' as const } : done.failure;
  },
  invite: async (event) => {
    const { about } = await asked(event);
    const done = await act(event, invite, about);
    return done.ok ? shown(event, 'invite', done.answer) : done.failure;
  },
  recover: async (event) => {
    const { about } = await asked(event);
    const done = await act(event, recoverAccount, about);
    return done.ok ? shown(event, 'recover', done.answer) : done.failure;
  },
  erase: async (event) => {
    const { about, commandId } = await asked(event);
    const done = await act(event, eraseMember, about, commandId);
    if (!done.ok) return done.failure;
    redirect(303, `/people/${about.unitId}?erased`);
  },
};
