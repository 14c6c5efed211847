import type { Line } from '@dinh/domain/units';
import { redirect } from '@sveltejs/kit';
import { defineFrom, keyOf, kindsToDefine } from '#lib/server/units/kinds.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const line: Line = event.url.searchParams.get('line') === 'organisational' ? 'organisational' : 'territorial';
  const beside = (await kindsToDefine(event)).filter((kind) => kind.line === line);
  const lowest = beside.at(-1);
  const rank = lowest ? Math.min(lowest.rank + 10, 1000) : 0;
  return { line, beside, rank: String(rank), commandId: crypto.randomUUID() };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const kinds = await kindsToDefine(event);
    const failed = await defineFrom(event, form, (names) => keyOf(names, kinds));
    if (failed) return failed;
    redirect(303, '/units/kinds?done=added');
  },
};
