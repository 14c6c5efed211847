import { randomUUID } from 'node:crypto';
import { call, read } from '@dinh/operations/meetings';
import { doing, meetingKeyOf } from '#lib/server/meetings/doing.ts';
import { ask } from '#lib/server/operations.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const key = meetingKeyOf(event);
  const { unit, meeting, items, documents, chairName, called, allowed } = await ask(event, read, key);
  return {
    ...key,
    unit,
    meeting,
    items: items.filter(({ state }) => state === 'agreed'),
    documents: documents.map(({ id, title }) => ({ id, title })),
    chairName,
    members: called.members,
    mayCall: allowed.includes(call.name) && meeting.state === 'planned',
    link: `${event.url.origin}/units/${key.unitId}/meetings/${key.meetingId}`,
    commandId: randomUUID(),
  };
};

export const actions: Actions = {
  default: doing(call, (_form, key) => key),
};
