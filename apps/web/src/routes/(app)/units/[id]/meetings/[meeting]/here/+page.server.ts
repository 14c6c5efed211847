import { randomUUID } from 'node:crypto';
import { checkIn, read } from '@dinh/operations/meetings';
import { doing, meetingKeyOf } from '#lib/server/meetings/doing.ts';
import { ask } from '#lib/server/operations.ts';
import { textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const key = meetingKeyOf(event);
  const { unit, meeting, mine } = await ask(event, read, key);
  return {
    ...key,
    unit,
    meeting,
    state: mine?.state ?? null,
    code: event.url.searchParams.get('code') ?? '',
    commandId: randomUUID(),
  };
};

export const actions: Actions = {
  default: doing(checkIn, (form, key) => ({ ...key, code: textOf(form, 'code') })),
};
