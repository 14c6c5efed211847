import { error, redirect } from '@sveltejs/kit';
import { defineFrom, kindsToDefine } from '#lib/server/units/kinds.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const kinds = await kindsToDefine(event);
  const kind = kinds.find(({ key }) => key === event.params.kind);
  if (!kind) error(404, 'units.kind-unknown');
  const beside = kinds.filter(({ key, line }) => line === kind.line && key !== kind.key);
  return { kind, beside, commandId: crypto.randomUUID() };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const kind = (await kindsToDefine(event)).find(({ key }) => key === event.params.kind);
    if (!kind) error(404, 'units.kind-unknown');
    form.set('line', kind.line);
    const failed = await defineFrom(event, form, () => kind.key);
    if (failed) return failed;
    redirect(303, '/units/kinds?done=saved');
  },
};
