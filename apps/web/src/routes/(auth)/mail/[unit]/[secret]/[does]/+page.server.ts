import { confirmMail, readLink, stopMail } from '@dinh/operations/reminders';
import { error } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { Actions, PageServerLoad } from './$types';

type Way = { params: { unit: string; secret: string; does: string } };
const linkOf = ({ params }: Way) => ({ unitId: unitIdOf(params.unit), secret: params.secret });

/** What the link of a message does: makes mail come, or stops it. Nothing happens before the reader says so here. */
function deedOf({ params }: Way): 'confirm' | 'stop' {
  return params.does === 'confirm' || params.does === 'stop' ? params.does : error(404);
}

export const load: PageServerLoad = async (event) => {
  const does = deedOf(event);
  return { does, ...(await ask(event, readLink, { ...linkOf(event), does })) };
};

export const actions: Actions = {
  default: async (event) => {
    const done = await (deedOf(event) === 'confirm'
      ? act(event, confirmMail, linkOf(event))
      : act(event, stopMail, linkOf(event)));
    return done.ok ? { done: true as const } : done.failure;
  },
};
