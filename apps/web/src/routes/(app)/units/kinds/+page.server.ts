import { defineKind } from '@dinh/operations/units';
import { fail, redirect } from '@sveltejs/kit';
import { act } from '#lib/server/operations.ts';
import { kindsToDefine } from '#lib/server/units/kinds.ts';
import { starterSets } from '#lib/server/units/starter.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const kinds = await kindsToDefine(event);
  const { language } = event.locals;
  const sets = starterSets(new Set(kinds.map(({ key }) => key))).map((set) => ({
    key: set.key,
    kinds: set.kinds.map(({ key, names }) => ({ key, name: names[language] })),
  }));
  const asked = event.url.searchParams.get('done');
  const done: 'added' | 'saved' | null = asked === 'added' || asked === 'saved' ? asked : null;
  return { kinds, sets, done };
};

export const actions: Actions = {
  take: async (event) => {
    const form = await event.request.formData();
    const kinds = await kindsToDefine(event);
    const offered = starterSets(new Set(kinds.map(({ key }) => key))).flatMap((set) => set.kinds);
    const ticked = new Set(form.getAll('kind'));
    // One command each: sent again, it takes what is still missing.
    for (const kind of offered.filter(({ key }) => ticked.has(key))) {
      const done = await act(event, defineKind, kind);
      if (!done.ok) return fail(done.failure.status, done.failure.data);
    }
    redirect(303, '/units/kinds?done=added');
  },
};
