import { randomUUID } from 'node:crypto';
import { MOST_MEASURES } from '@dinh/domain/works';
import { kinds, saveKind } from '@dinh/operations/works';
import { act, ask } from '#lib/server/operations.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  ...(await ask(event, kinds, {})),
  rows: MOST_MEASURES,
  commandId: randomUUID(),
});

const wordsOf = (form: FormData, name: string) => ({
  vi: textOf(form, `${name}.vi`),
  en: textOf(form, `${name}.en`),
  ar: textOf(form, `${name}.ar`),
});

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const measures = Array.from({ length: MOST_MEASURES }, (_, place) => ({
      key: textOf(form, `measures.${place}.key`),
      names: wordsOf(form, `measures.${place}.names`),
      units: wordsOf(form, `measures.${place}.units`),
      adds: form.get(`measures.${place}.adds`) === 'on',
      whole: form.get(`measures.${place}.whole`) === 'on',
      most: textOf(form, `measures.${place}.most`),
    })).filter(({ key, names }) => key !== '' || names.vi !== '');
    const kind = {
      key: textOf(form, 'key'),
      names: wordsOf(form, 'names'),
      measures,
      retired: form.get('retired') === 'on',
    };
    const done = await act(event, saveKind, kind, textOf(form, 'command'));
    return done.ok ? { saved: kind.key } : failedWith(done.failure, { kind, about: textOf(form, 'about') });
  },
};
