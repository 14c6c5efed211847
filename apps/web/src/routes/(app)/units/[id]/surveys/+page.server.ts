import { randomUUID } from 'node:crypto';
import { shownCode } from '@dinh/domain/questions';
import { places as listPlaces } from '@dinh/operations/publications';
import { endSurvey, openSurvey, publishSurvey, surveys, withdrawSurvey } from '@dinh/operations/questions';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { qrPath } from '#lib/server/qr.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  return {
    unitId,
    id: randomUUID(),
    commandId: randomUUID(),
    ...(await ask(event, surveys, { unitId })),
  };
};

export const actions: Actions = {
  open: async (event) => {
    const unitId = unitIdOf(event.params.id);
    const form = await event.request.formData();
    const [id, title, questions, households, to] = ['id', 'title', 'questions', 'households', 'to'].map((name) =>
      textOf(form, name),
    );
    const typed = { title: title ?? '', questions: questions ?? '', households: households ?? '', to: to ?? '' };
    const input = {
      unitId,
      id: id ?? '',
      title: typed.title,
      questions: typed.questions.split(/\r?\n/).filter((line) => line.trim() !== ''),
      households: Number(typed.households),
      to: typed.to,
    };
    const done = await act(event, openSurvey, input, id);
    if (!done.ok) return failedWith(done.failure, typed);
    const { places } = await ask(event, listPlaces, { unitId });
    const code = places.find(({ kind }) => kind === 'unit')?.code;
    // Each on a slip of its own, with the way to its page: the only time they are seen.
    const slips = done.answer.codes.map((slip) => ({
      code: shownCode(slip),
      qr: code ? qrPath(`${event.url.origin}/p/${code}/ask/household?slip=${slip}`) : null,
    }));
    return { slips, title: typed.title, address: code ? `${event.url.host}/p/${code}/ask/household` : null };
  },
  close: async (event) => {
    const form = await event.request.formData();
    const done = await act(
      event,
      endSurvey,
      { unitId: unitIdOf(event.params.id), id: textOf(form, 'id') },
      textOf(form, 'command'),
    );
    return done.ok ? { closed: true } : failedWith(done.failure, {});
  },
  publish: async (event) => {
    const form = await event.request.formData();
    const shown = textOf(form, 'shown') === 'yes';
    const key = { unitId: unitIdOf(event.params.id), id: textOf(form, 'id') };
    const done = await act(event, shown ? publishSurvey : withdrawSurvey, key, textOf(form, 'command'));
    return done.ok ? { published: shown } : failedWith(done.failure, {});
  },
};
