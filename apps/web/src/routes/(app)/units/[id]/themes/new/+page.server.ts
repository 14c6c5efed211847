import { randomUUID } from 'node:crypto';
import { productFormats } from '@dinh/domain/products';
import { launch, list } from '@dinh/operations/products';
import { redirect } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const { unit, today } = await ask(event, list, { unitId });
  return { unitId, unit, today, commandId: randomUUID(), newId: randomUUID() };
};

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
const numberOf = (text: string) => (/^\d{1,3}$/.test(text) ? Number(text) : Number.NaN);

export const actions: Actions = {
  default: async (event) => {
    const unitId = unitIdOf(event.params.id);
    const form = await event.request.formData();
    const typed = Object.fromEntries(
      ['title', 'issuer', 'number', 'date', 'from', 'to', 'groups', 'steps', 'least', 'most', 'perQuarter'].map(
        (name) => [name, textOf(form, name)],
      ),
    ) as Record<
      'title' | 'issuer' | 'number' | 'date' | 'from' | 'to' | 'groups' | 'steps' | 'least' | 'most' | 'perQuarter',
      string
    >;
    const chosen = productFormats.filter((format) => form.getAll('formats').includes(format));
    const id = textOf(form, 'id');
    const input = {
      unitId,
      id,
      title: typed.title,
      basis: typed.issuer === '' ? [] : [{ issuer: typed.issuer, number: typed.number, date: typed.date || null }],
      from: typed.from,
      to: typed.to,
      groups: linesOf(typed.groups).map((title, place) => ({ id: `group-${place + 1}`, title })),
      steps: linesOf(typed.steps),
      formats: [...chosen],
      least: numberOf(typed.least),
      most: numberOf(typed.most),
      meetingsPerQuarter: numberOf(typed.perQuarter),
      observed: form.get('observed') === 'on',
    };
    const done = await act(event, launch, input, textOf(form, 'command'));
    if (done.ok) redirect(303, `/units/${unitId}/themes/${unitId}/${id}`);
    return failedWith(done.failure, { ...typed, formats: chosen });
  },
};
