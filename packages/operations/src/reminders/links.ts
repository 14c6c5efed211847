import { refuse } from '@dinh/domain/kernel';
import { stopMail as endMail, linkHolds, confirmMail as markConfirmed } from '@dinh/store/reminders';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';

/** How long the link that confirms an address can be followed. */
export const CONFIRM_DAYS = 3;

const link = { unitId: z.int().positive(), secret: z.string().min(1).max(100) };
const since = ({ now }: Context) => new Date(now.getTime() - CONFIRM_DAYS * 86_400_000);

/** Whether a link out of a mail still does something: opening it changes nothing, for programs that look at mail open links too. */
export const readLink = operation({
  name: 'reminders.read-link',
  kind: 'query',
  input: z.strictObject({ ...link, does: z.enum(['confirm', 'stop']) }),
  unit: (input) => input.unitId,
  allow: 'anyone',
  async run(context, { secret, does }) {
    const asked = does === 'stop' ? { stop: secret } : { secret, since: since(context) };
    return { holds: await linkHolds(context.tx, asked) };
  },
});

/** Somebody who reads mail at an address says that it is theirs. */
export const confirmMail = operation({
  name: 'reminders.confirm-mail',
  kind: 'command',
  input: z.strictObject(link),
  unit: (input) => input.unitId,
  allow: 'anyone',
  digested: ({ unitId }) => ({ unitId }),
  async run(context, { secret }) {
    if (!(await markConfirmed(context.tx, secret, context.now, since(context)))) refuse('reminders.link-ended');
    return { confirmed: true };
  },
});

/** Ends mail for whoever got the link, without signing in. */
export const stopMail = operation({
  name: 'reminders.stop-mail',
  kind: 'command',
  input: z.strictObject(link),
  unit: (input) => input.unitId,
  allow: 'anyone',
  digested: ({ unitId }) => ({ unitId }),
  async run(context, { secret }) {
    if (!(await endMail(context.tx, secret, context.now))) refuse('reminders.link-ended');
    return { stopped: true };
  },
});
