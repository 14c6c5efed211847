import { randomUUID } from 'node:crypto';
import { addFreeDays, dropCalendar, keepCalendar, readWorkCalendar, removeFreeDays } from '@dinh/operations/units';
import { localeOf } from '@dinh/texts/catalog';
import type { RequestEvent } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import { weekOf } from '#lib/server/units/week.ts';
import { byYear, stretchesOf } from '#lib/units/free-days.ts';
import type { Actions, PageServerLoad } from './$types';

type Asking = RequestEvent<{ id: string }>;

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const { holidays, ...calendar } = await ask(event, readWorkCalendar, { unitId });
  return {
    ...calendar,
    isOwn: calendar.keeper?.id === unitId,
    years: byYear(stretchesOf(holidays), calendar.today),
    // Made here: not every browser knows where a locale's week begins.
    week: weekOf(localeOf[event.locals.language]),
    commandId: randomUUID(),
  };
};

/** Reads a form, acts, and says what was done; what was typed comes back with a refusal. */
async function doing(
  event: Asking,
  done: string,
  run: (form: FormData, unitId: number, command: string) => ReturnType<typeof act>,
) {
  const form = await event.request.formData();
  const result = await run(form, unitIdOf(event.params.id), textOf(form, 'command'));
  if (result.ok) return { saved: done };
  const [from, to, name] = [textOf(form, 'from'), textOf(form, 'to'), textOf(form, 'name')];
  return failedWith(result.failure, { action: done, from, to, name });
}

const stretchIn = (form: FormData) => ({ from: textOf(form, 'from'), to: textOf(form, 'to') || undefined });

export const actions: Actions = {
  begin: (event) =>
    doing(event, 'begin', async (_form, unitId, command) => {
      const { keeper, weekend, holidays, today } = await ask(event, readWorkCalendar, { unitId });
      // Past years are over: only what can still matter is taken along.
      const coming = holidays.filter(({ day }) => day >= `${today.slice(0, 4)}-01-01`);
      return act(
        event,
        keepCalendar,
        keeper?.id === unitId ? { unitId, weekend } : { unitId, weekend, holidays: coming },
        command,
      );
    }),
  weekend: (event) =>
    doing(event, 'weekend', (form, unitId, command) =>
      act(event, keepCalendar, { unitId, weekend: form.getAll('weekend').map(Number) }, command),
    ),
  add: (event) =>
    doing(event, 'add', (form, unitId, command) =>
      act(event, addFreeDays, { unitId, ...stretchIn(form), name: textOf(form, 'name') }, command),
    ),
  remove: (event) =>
    doing(event, 'remove', (form, unitId, command) =>
      act(event, removeFreeDays, { unitId, ...stretchIn(form) }, command),
    ),
  drop: (event) => doing(event, 'drop', (_form, unitId, command) => act(event, dropCalendar, { unitId }, command)),
};
