import { confirmMail, readLink } from '@dinh/operations/reminders';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import type { Actions, PageServerLoad } from './$types';

type Way = { params: { unit: string; secret: string } };
const linkOf = ({ params }: Way) => ({ unitId: unitIdOf(params.unit), secret: params.secret });

export const load: PageServerLoad = (event) => ask(event, readLink, { ...linkOf(event), does: 'confirm' });

export const actions: Actions = {
  default: async (event) => {
    const done = await act(event, confirmMail, linkOf(event));
    return done.ok ? { done: true as const } : done.failure;
  },
};
