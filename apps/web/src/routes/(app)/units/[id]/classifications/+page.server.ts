import { randomUUID } from 'node:crypto';
import { list, propose } from '@dinh/operations/classifications';
import { redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { titlesOf } from '#lib/server/programmes/titles.ts';
import { textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const { programmes, ...seen } = await ask(event, list, { unitId });
  return {
    unitId,
    ...seen,
    programmes: programmes.map(({ strings, lines, ...programme }) => {
      const title = titlesOf(strings, event.locals.language, programme.key);
      const level = (id: string | null) => (id === null ? null : title.of('levels', id));
      return {
        ...programme,
        title: title.own,
        lines: lines.map((line) => ({
          ...line,
          proposedLevel: level(line.proposedLevel),
          decidedLevel: level(line.decidedLevel),
        })),
      };
    }),
    commandId: randomUUID(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdOf(event.params.id);
    const [programme, period] = [textOf(form, 'programme'), textOf(form, 'period')];
    const done = await act(event, propose, { unitId, programme, period }, textOf(form, 'command'));
    if (!done.ok) return done.failure;
    redirect(303, `/units/${unitId}/classifications/${programme}/${period}?done=propose`);
  },
};
