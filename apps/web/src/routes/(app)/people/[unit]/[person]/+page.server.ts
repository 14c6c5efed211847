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
  takeBackMember,
  takeBackPost,
  takeBackRecovery,
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

/** What the form beside "done" sends to take it back; the unit is the one the post is in. */
const back = (unitId: number, resume: readonly { postId: string; to: string | null }[], given = '') => ({
  back: { unitId, given, resume: JSON.stringify(resume) },
});

function resumeOf(form: FormData): { postId: string; to: string | null }[] {
  try {
    return JSON.parse(textOf(form, 'resume')) as { postId: string; to: string | null }[];
  } catch {
    return [];
  }
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
    return done.ok
      ? { saved: 'give' as const, ...back(about.unitId, done.answer.resumable, done.answer.postId) }
      : done.failure;
  },
  end: async (event) => {
    const { form } = await asked(event);
    const on = textOf(form, 'on');
    const input = { unitId: Number(textOf(form, 'unit')), postId: textOf(form, 'post'), ...(on && { on }) };
    const done = await act(event, endPost, input);
    if (!done.ok) return done.failure;
    const { resumable } = done.answer;
    return { saved: 'end' as const, ...(resumable.length > 0 && back(input.unitId, resumable)) };
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
  'undo-post': async (event) => {
    const form = await event.request.formData();
    const given = textOf(form, 'given');
    const input = { unitId: Number(textOf(form, 'unit')), resume: resumeOf(form), ...(given && { given }) };
    const done = await act(event, takeBackPost, input, textOf(form, 'command'));
    return done.ok ? { saved: 'undo-post' as const } : done.failure;
  },
  'undo-recover': async (event) => {
    const { about, commandId } = await asked(event);
    const done = await act(event, takeBackRecovery, about, commandId);
    return done.ok ? { saved: 'undo-recover' as const } : done.failure;
  },
  'undo-add': async (event) => {
    const { about, commandId } = await asked(event);
    const done = await act(event, takeBackMember, about, commandId);
    if (!done.ok) return done.failure;
    redirect(303, `/people/${about.unitId}?undone`);
  },
  erase: async (event) => {
    const { about, commandId } = await asked(event);
    const done = await act(event, eraseMember, about, commandId);
    if (!done.ok) return done.failure;
    redirect(303, `/people/${about.unitId}?erased`);
  },
};
