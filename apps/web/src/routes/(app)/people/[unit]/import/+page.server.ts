import type { Post } from '@dinh/domain/access';
import { Refusal } from '@dinh/domain/kernel';
import { importMembers, listMembers, readMemberList } from '@dinh/operations/people';
import { error, fail, redirect } from '@sveltejs/kit';
import { act, ask, plainRefusal } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.unit);
  const { unitName, givable, allowed } = await ask(event, listMembers, { unitId, limit: 1 });
  if (!allowed.includes('people.import-members')) error(403, 'access.denied');
  return { unitId, unitName, givable, commandId: crypto.randomUUID() };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.unit);
    const file = form.get('file');
    const pasted = textOf(form, 'lines');
    try {
      const content = file instanceof File && file.size > 0 ? new Uint8Array(await file.arrayBuffer()) : pasted;
      const lines = await readMemberList(content);
      const post = textOf(form, 'post') as Post;
      const rows = lines.map(({ member }) => ({ ...member, post }));
      const done = await act(event, importMembers, { unitId, rows }, textOf(form, 'command'));
      if (done.ok) redirect(303, `/people/${unitId}?added=${done.answer.personIds.length}`);
      const { refusal } = done.failure.data;
      const wrong = refusal.fields.map(({ path, code, params, said }) => {
        const [, index = '-1', field = ''] = /^rows\.(\d+)\.?(\w*)/.exec(path) ?? [];
        const row = Number(index);
        return { line: lines[row]?.line ?? 0, name: lines[row]?.member.name ?? '', field, code, params, said };
      });
      return fail(422, { refusal, wrong, pasted });
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      return fail(cause.status, { refusal: plainRefusal(event, cause), wrong: [], pasted });
    }
  },
};
