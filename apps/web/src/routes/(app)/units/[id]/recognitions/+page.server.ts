import { randomUUID } from 'node:crypto';
import { list, recheck, recognise, revoke } from '@dinh/operations/recognitions';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { titlesOf } from '#lib/server/programmes/titles.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const { programmes, ...seen } = await ask(event, list, { unitId });
  return {
    unitId,
    ...seen,
    programmes: programmes.map(({ strings, rule, latest, recognitions, ...programme }) => {
      const title = titlesOf(strings, event.locals.language, programme.key);
      return {
        ...programme,
        title: title.own,
        needs: title.of('levels', rule.level),
        months: rule.remediationMonths,
        recheckKnown: rule.recheckAfterMonths !== null,
        revocable: rule.revocable,
        latest: latest && {
          period: latest.period,
          level: latest.level === null ? null : title.of('levels', latest.level),
        },
        recognitions: recognitions.map(({ since, ...each }) => ({
          ...each,
          since: since && { ...since, fallen: since.fallen.map((id) => title.of('criteria', id)) },
        })),
      };
    }),
    commandId: randomUUID(),
  };
};

const paperOf = (form: FormData) => ({
  number: textOf(form, 'number'),
  issuer: textOf(form, 'issuer'),
  on: textOf(form, 'on'),
});

export const actions: Actions = {
  recognise: async (event) => {
    const form = await event.request.formData();
    const about = { unitId: unitIdOf(event.params.id), programme: textOf(form, 'programme') };
    const done = await act(event, recognise, { ...about, ...paperOf(form) }, textOf(form, 'command'));
    return done.ok
      ? { saved: 'recognise' as const }
      : failedWith(done.failure, { about: `recognise ${textOf(form, 'programme')}` });
  },
  recheck: async (event) => {
    const form = await event.request.formData();
    const [reason, deadline] = [textOf(form, 'reason').trim(), textOf(form, 'deadline')];
    const input = {
      unitId: unitIdOf(event.params.id),
      programme: textOf(form, 'programme'),
      on: textOf(form, 'on'),
      outcome: textOf(form, 'outcome') === 'remediation' ? ('remediation' as const) : ('maintained' as const),
      ...(reason && { reason }),
      ...(deadline && { deadline }),
    };
    const done = await act(event, recheck, input, textOf(form, 'command'));
    return done.ok
      ? { saved: 'recheck' as const }
      : failedWith(done.failure, { about: `recheck ${textOf(form, 'programme')}` });
  },
  revoke: async (event) => {
    const form = await event.request.formData();
    const about = { unitId: unitIdOf(event.params.id), programme: textOf(form, 'programme') };
    const input = { ...about, ...paperOf(form), reason: textOf(form, 'reason') };
    const done = await act(event, revoke, input, textOf(form, 'command'));
    return done.ok
      ? { saved: 'revoke' as const }
      : failedWith(done.failure, { about: `revoke ${textOf(form, 'programme')}` });
  },
};
