import { randomUUID } from 'node:crypto';
import { enterPaper, register, setStyle, voidPaper } from '@dinh/operations/documents';
import { doing } from '#lib/server/documents/doing.ts';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const text = event.url.searchParams.get('year') ?? '';
  const year = /^(19|20|21)\d\d$/.test(text) ? Number(text) : undefined;
  const seen = await ask(event, register, { unitId, language: event.locals.language, ...(year && { year }) });
  return { unitId, ...seen, commandId: randomUUID() };
};

const typeOf = (form: FormData) =>
  textOf(form, 'type') === 'minutes' ? ('minutes' as const) : ('resolution' as const);
const orNull = (form: FormData, name: string) => textOf(form, name).trim() || null;

export const actions: Actions = {
  enter: doing(enterPaper, (form, unitId) => ({
    unitId,
    type: typeOf(form),
    subject: textOf(form, 'subject'),
    on: textOf(form, 'on'),
    ...(textOf(form, 'number').trim() && { number: Number(textOf(form, 'number')) }),
  })),
  void: doing(voidPaper, (form, unitId) => ({
    unitId,
    type: typeOf(form),
    year: Number(textOf(form, 'year')),
    number: Number(textOf(form, 'number')),
    reason: textOf(form, 'reason'),
  })),
  style: doing(setStyle, (form, unitId) => ({
    unitId,
    family: orNull(form, 'family'),
    superior: orNull(form, 'superior'),
    symbol: orNull(form, 'symbol'),
    place: orNull(form, 'place'),
  })),
};
