import { randomUUID } from 'node:crypto';
import { read, receiveList } from '@dinh/operations/contributions';
import { contentFrom, decimalFrom, driveKeyOf, kindFrom, rowsFrom } from '#lib/server/contributions.ts';
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
    const typed = { kind, lines: textOf(form, 'lines'), total: textOf(form, 'total'), on: textOf(form, 'on') };
    const thing = { name: textOf(form, 'name'), unit: textOf(form, 'unit') };
    const isSummed = kind === 'money' || kind === 'land' || kind === 'labour';
    const rows = rowsFrom(typed.lines, kind).map(({ name, quantity }) => ({
      item: { kind, quantity, ...(!isSummed && thing) },
      giver: { kind: name === '' ? ('anonymous' as const) : ('household' as const), name },
    }));
    const list = {
      ...driveKeyOf(event.params),
      id: textOf(form, 'id'),
      on: typed.on,
      rows,
      totals: isSummed ? { [kind]: decimalFrom(typed.total, kind === 'money') } : {},
      content: await contentFrom(form),
    };
    const done = await act(event, receiveList, list, textOf(form, 'command'));
    return done.ok ? { saved: done.answer.receipts } : failedWith(done.failure, { ...typed, ...thing });
  },
};
