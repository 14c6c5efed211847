import { randomUUID } from 'node:crypto';
import { addDays } from '@dinh/domain/kernel';
import { post, setContacts, wall, withdraw } from '@dinh/operations/publications';
import { contentFrom } from '#lib/server/contributions.ts';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const kinds = ['resolution', 'decision', 'plan', 'accounts', 'notice', 'other'] as const;
const ROWS = 4;

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const seen = await ask(event, wall, { unitId });
  const blank = Array.from({ length: Math.max(1, ROWS - seen.contacts.length) }, () => ({
    post: '',
    phone: '',
    consentOn: null,
  }));
  return {
    unitId,
    ...seen,
    kinds,
    rows: [...seen.contacts, ...blank],
    tomorrow: addDays(seen.today, 1),
    commandId: randomUUID(),
  };
};

const formOf = async (event: RequestEvent) => {
  const form = await event.request.formData();
  return { form, unitId: unitIdOf(event.params.id), command: textOf(form, 'command') };
};
const named = (form: FormData, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, textOf(form, name)]));

export const actions: Actions = {
  resolution: async (event) => {
    const { form, unitId, command } = await formOf(event);
    const said = { staysUntil: textOf(form, 'staysUntil'), basis: textOf(form, 'basis') };
    const done = await act(event, post, { unitId, paper: { documentId: textOf(form, 'document') }, ...said }, command);
    return done.ok
      ? { saved: 'post' as const }
      : failedWith(done.failure, { about: 'resolution', said: named(form, 'document', 'staysUntil', 'basis') });
  },
  paper: async (event) => {
    const { form, unitId, command } = await formOf(event);
    const content = await contentFrom(form);
    const paper = {
      kind: kinds.find((each) => each === textOf(form, 'kind')) ?? ('other' as const),
      title: textOf(form, 'title'),
      number: textOf(form, 'number'),
      issuer: textOf(form, 'issuer'),
      dated: textOf(form, 'dated'),
      ...(content !== '' && { content }),
    };
    const said = { staysUntil: textOf(form, 'staysUntil'), basis: textOf(form, 'basis') };
    const done = await act(event, post, { unitId, paper, ...said }, command);
    return done.ok
      ? { saved: 'post' as const }
      : failedWith(done.failure, {
          about: 'paper',
          said: named(form, 'kind', 'title', 'number', 'issuer', 'dated', 'staysUntil', 'basis'),
        });
  },
  withdraw: async (event) => {
    const { form, unitId, command } = await formOf(event);
    const nth = Number(textOf(form, 'nth'));
    const done = await act(event, withdraw, { unitId, nth, reason: textOf(form, 'reason') }, command);
    return done.ok ? { saved: 'withdraw' as const } : failedWith(done.failure, { about: `withdraw ${nth}`, said: {} });
  },
  contacts: async (event) => {
    const { form, unitId, command } = await formOf(event);
    const phones = form.getAll('phone').map(String);
    const agreed = new Set(form.getAll('consent').map(String));
    const contacts = form.getAll('post').flatMap((name, row) => {
      const post = String(name).trim();
      const phone = phones[row]?.trim() ?? '';
      return post === '' && phone === '' ? [] : [{ post, phone, consent: agreed.has(String(row)) }];
    });
    const done = await act(event, setContacts, { unitId, contacts }, command);
    return done.ok ? { saved: 'contacts' as const } : failedWith(done.failure, { about: 'contacts', said: {} });
  },
};
