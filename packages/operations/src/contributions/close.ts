import { refuse } from '@dinh/domain/kernel';
import { insertClose, readClosedMonth, readKeepersOf } from '@dinh/store/contributions';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { actorOf, unitIdSchema } from '../programmes/public.ts';
import { keepers } from './access.ts';

/** Whoever holds what was given does not seal the book on it, and those who watch write nothing in it: a third person closes. */
async function demandThird(context: Context, unitId: number, after: string | null, month: string): Promise<void> {
  if (context.actor.kind !== 'person') return;
  const { personId } = context.actor;
  const roles = await readKeepersOf(context.tx, unitId, { after, month });
  if (roles.some(({ supervisors }) => supervisors.includes(personId))) refuse('contributions.supervisor-records');
  if (roles.some(({ treasurer }) => treasurer === personId)) refuse('contributions.treasurer-closes');
}

/**
 * Closes a month that is over, and all before it. It never opens again: what turns out wrong is corrected in the open month. Not by the
 * treasurer nor the supervisors of a drive with entries in what is closed.
 */
export const closeMonth = operation({
  name: 'contributions.close-month',
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema, month: z.string().regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/) }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, { unitId, month }) {
    if (month >= context.today.slice(0, 7))
      refuse('contributions.month-running', {}, [{ path: 'month', code: 'contributions.month-running' }]);
    const closed = await readClosedMonth(context.tx, unitId);
    if (closed !== null && month <= closed)
      refuse('contributions.already-closed', { month: closed }, [
        { path: 'month', code: 'contributions.already-closed', params: { month: closed } },
      ]);
    await demandThird(context, unitId, closed, month);
    await insertClose(context.tx, { unitId, month, actor: actorOf(context), at: context.now });
    return { month };
  },
});
