import { randomUUID } from 'node:crypto';
import { giverKinds } from '@dinh/domain/contributions';
import { read, receiveList } from '@dinh/operations/contributions';
import { decimalFrom } from '#lib/contributions/decimals.ts';
import { contentFrom, driveKeyOf, kindFrom, rowsFrom } from '#lib/server/contributions.ts';
import { act, ask } from '#lib/server/operations.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { unit, today, drive, allowed } = await ask(event, read, driveKeyOf(event.params));
  return { unit, today, drive, allowed, commandId: randomUUID(), newId: randomUUID() };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const kind = kindFrom(form);
    const thing = { name: textOf(form, 'name'), unit: textOf(form, 'unit') };
    const rows = rowsFrom(form);
    const typed = {
      kind,
      giver: textOf(form, 'giver'),
      total: textOf(form, 'total'),
      on: textOf(form, 'on'),
      ...thing,
      rows,
    };
    const isSummed = kind === 'money' || kind === 'land' || kind === 'labour';
    const named = giverKinds.find((each) => each !== 'anonymous' && each === typed.giver) ?? 'household';
    const list = {
      ...driveKeyOf(event.params),
      id: textOf(form, 'id'),
      on: typed.on,
      rows: rows.map(({ name, quantity, paper }) => ({
        item: { kind, quantity: decimalFrom(quantity, kind === 'money'), ...(!isSummed && thing) },
        giver: { kind: name === '' ? ('anonymous' as const) : named, name },
        paper,
      })),
      totals: isSummed ? { [kind]: decimalFrom(typed.total, kind === 'money') } : {},
      content: await contentFrom(form),
    };
    const done = await act(event, receiveList, list, textOf(form, 'command'));
    return done.ok ? { saved: done.answer.receipts } : failedWith(done.failure, typed);
  },
};
