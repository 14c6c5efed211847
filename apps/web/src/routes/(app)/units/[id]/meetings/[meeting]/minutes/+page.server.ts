import { randomUUID } from 'node:crypto';
import { addAddendum, assign, draftResolution, ofMeeting, write } from '@dinh/operations/documents';
import { choices } from '@dinh/operations/tasks';
import { documentAt, doing, idIn } from '#lib/server/documents/doing.ts';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const meetingId = idIn(event.params.meeting);
  const seen = await ask(event, ofMeeting, { unitId, meetingId });
  const { people } = seen.may.assign ? await ask(event, choices, { unitId }) : { people: [] };
  return {
    unitId,
    meetingId,
    ...seen,
    people: people.map(({ id, name }) => ({ id, name })),
    newId: randomUUID(),
    commandId: randomUUID(),
  };
};

const meetingOf = (unitId: number, params: { meeting?: string | undefined }) => ({
  unitId,
  meetingId: idIn(params.meeting),
});

export const actions: Actions = {
  write: doing(
    write,
    (form, unitId, { params, locals }) => ({
      ...meetingOf(unitId, params),
      id: textOf(form, 'id'),
      language: locals.language,
    }),
    documentAt,
  ),
  resolution: doing(
    draftResolution,
    (form, unitId, { params, locals }) => {
      const conclusions = form.getAll('conclusion').filter((each): each is string => typeof each === 'string');
      return {
        ...meetingOf(unitId, params),
        id: textOf(form, 'id'),
        language: locals.language,
        subject: textOf(form, 'subject'),
        prepared: form.has('prepared'),
        ...(conclusions.length > 0 && { conclusions }),
      };
    },
    documentAt,
  ),
  addendum: doing(
    addAddendum,
    (form, unitId, { params, locals }) => ({
      ...meetingOf(unitId, params),
      id: textOf(form, 'id'),
      language: locals.language,
      text: textOf(form, 'text'),
    }),
    documentAt,
  ),
  assign: doing(assign, (form, unitId, { params }) => ({
    ...meetingOf(unitId, params),
    id: textOf(form, 'id'),
    conclusionId: textOf(form, 'conclusion'),
    title: textOf(form, 'title'),
    responsible: textOf(form, 'responsible'),
    // A day of one's own counts before one that was offered.
    deadline: textOf(form, 'deadline') || textOf(form, 'by'),
  })),
};
