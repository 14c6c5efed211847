import { randomUUID } from 'node:crypto';
import { questionKinds, shownCode } from '@dinh/domain/questions';
import { assist, list, newCode } from '@dinh/operations/questions';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import { todayOf } from '#lib/server/today.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const { unit } = await ask(event, list, { unitId });
  return { unitId, unit, today: todayOf(event), id: randomUUID(), receipt: newCode() };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const [id, receipt] = [textOf(form, 'id'), textOf(form, 'receipt')];
    const typed = {
      text: textOf(form, 'text'),
      contact: textOf(form, 'contact'),
      kind: textOf(form, 'kind'),
      way: textOf(form, 'way'),
    };
    const kind = questionKinds.find((each) => each === typed.kind) ?? 'question';
    const way = typed.way === 'paper' ? 'paper' : 'assisted';
    const on = textOf(form, 'on');
    const input = {
      unitId: unitIdOf(event.params.id),
      id,
      receipt,
      kind,
      way,
      text: typed.text,
      contact: typed.contact,
      mayPublish: form.get('publish') === 'yes',
      language: event.locals.language,
      ...(way === 'paper' && on !== '' && { on }),
    } as const;
    const done = await act(event, assist, input, id);
    if (!done.ok) return failedWith(done.failure, typed);
    return {
      saved: { number: done.answer.number, year: done.answer.year, dueOn: done.answer.dueOn, code: shownCode(receipt) },
    };
  },
};
