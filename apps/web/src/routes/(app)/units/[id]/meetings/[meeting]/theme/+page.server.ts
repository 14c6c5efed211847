import { randomUUID } from 'node:crypto';
import { draft, meeting, observe, takeTopic, tick } from '@dinh/operations/products';
import { error, redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { productFrom } from '#lib/server/products.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const keyOf = ({ id, meeting: meetingId }: { id: string; meeting: string }) => ({
  unitId: unitIdOf(id),
  meetingId: uuidPattern.test(meetingId) ? meetingId : error(404, 'meetings.unknown'),
});

export const load: PageServerLoad = async (event) => {
  const key = keyOf(event.params);
  return {
    ...key,
    ...(await ask(event, meeting, key)),
    me: event.locals.session?.actor.kind === 'person' ? event.locals.session.actor.personId : null,
    commandId: randomUUID(),
    newId: randomUUID(),
  };
};

export const actions: Actions = {
  topic: async (event) => {
    const form = await event.request.formData();
    const [ownerId = '', programmeId = '', topicId = ''] = textOf(form, 'topic').split('/');
    const presenter = textOf(form, 'presenter');
    const input = {
      ...keyOf(event.params),
      ownerId: Number(ownerId),
      programmeId,
      topicId,
      presenter: presenter || null,
    };
    const done = await act(event, takeTopic, input, textOf(form, 'command'));
    return done.ok ? { saved: 'topic-taken-up' as const } : failedWith(done.failure, { about: 'topic' });
  },
  steps: async (event) => {
    const form = await event.request.formData();
    const ticked = form.getAll('done').map(Number);
    const done = await act(event, tick, { ...keyOf(event.params), done: ticked }, textOf(form, 'command'));
    return done.ok ? { saved: 'steps-saved' as const } : failedWith(done.failure, { about: 'steps' });
  },
  observer: async (event) => {
    const form = await event.request.formData();
    const typed = { name: textOf(form, 'name'), remark: textOf(form, 'remark') };
    const input = { ...keyOf(event.params), present: textOf(form, 'present') === 'yes', ...typed };
    const done = await act(event, observe, input, textOf(form, 'command'));
    return done.ok ? { saved: 'observer-saved' as const } : failedWith(done.failure, { about: 'observer' });
  },
  draft: async (event) => {
    const form = await event.request.formData();
    const key = keyOf(event.params);
    const id = textOf(form, 'id');
    const written = await productFrom(form);
    const done = await act(event, draft, { ...key, id, ...written }, textOf(form, 'command'));
    if (done.ok) redirect(303, `/units/${key.unitId}/products/${id}`);
    const { content: _content, ...typed } = written;
    return failedWith(done.failure, { about: 'draft', product: typed });
  },
};
