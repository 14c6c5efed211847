import type { Post } from '@dinh/domain/access';
import { addMember, listMembers } from '@dinh/operations/people';
import { error, redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.unit);
  const { unitName, givable, allowed, day } = await ask(event, listMembers, { unitId, limit: 1 });
  if (!allowed.includes('people.add-member')) error(403, 'access.denied');
  return { unitId, unitName, givable, today: day, commandId: crypto.randomUUID() };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.unit);
    const optional = Object.fromEntries(
      ['phone', 'email', 'born', 'from'].map((name) => [name, textOf(form, name).trim()]).filter(([, value]) => value),
    );
    const post = textOf(form, 'post') as Post;
    const another = form.has('another');
    const typed = { name: textOf(form, 'name'), post, ...optional };
    const done = await act(event, addMember, { unitId, another, ...typed }, textOf(form, 'command'));
    if (!done.ok) return failedWith(done.failure, typed);
    redirect(303, `/people/${unitId}/${done.answer.personId}?added`);
  },
};
