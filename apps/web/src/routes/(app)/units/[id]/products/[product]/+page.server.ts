import { randomUUID } from 'node:crypto';
import * as products from '@dinh/operations/products';
import { error } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { productFrom } from '#lib/server/products.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const keyOf = ({ id, product }: { id: string; product: string }) => ({
  unitId: unitIdOf(id),
  id: uuidPattern.test(product) ? product : error(404, 'products.unknown'),
});

export const load: PageServerLoad = async (event) => {
  const key = keyOf(event.params);
  const seen = await ask(event, products.read, key);
  const { meetingId, unitId } = seen.product;
  const { programme, topic, people } = await ask(event, products.meeting, { unitId, meetingId });
  return { ...seen, topic: topic?.title ?? null, formats: programme?.formats ?? [], people, commandId: randomUUID() };
};

/** What a form says of the product it was rendered for. */
async function formOf(event: RequestEvent) {
  const form = await event.request.formData();
  const key = { ...keyOf(event.params), expected: Number(textOf(form, 'expected')) };
  return { form, key, command: textOf(form, 'command') };
}

const out = (form: FormData) => ({
  channel: textOf(form, 'channel'),
  place: textOf(form, 'place'),
  on: textOf(form, 'on'),
});

export const actions: Actions = {
  revise: async (event) => {
    const { form, key, command } = await formOf(event);
    const written = await productFrom(form);
    const done = await act(event, products.revise, { ...key, ...written }, command);
    const { content: _content, ...product } = written;
    return done.ok ? { saved: 'saved' as const } : failedWith(done.failure, { about: 'revise', product });
  },
  check: async (event) => {
    const { form, key, command } = await formOf(event);
    const done = await act(event, products.check, { ...key, sources: textOf(form, 'sources') }, command);
    return done.ok ? { saved: 'state.checked' as const } : failedWith(done.failure, { about: 'check' });
  },
  approve: async (event) => {
    const { key, command } = await formOf(event);
    const done = await act(event, products.approve, key, command);
    return done.ok ? { saved: 'state.approved' as const } : failedWith(done.failure, { about: 'approve' });
  },
  return: async (event) => {
    const { form, key, command } = await formOf(event);
    const done = await act(event, products.giveBack, { ...key, reason: textOf(form, 'reason') }, command);
    return done.ok ? { saved: 'returned' as const } : failedWith(done.failure, { about: 'return' });
  },
  publish: async (event) => {
    const { form, key, command } = await formOf(event);
    const done = await act(event, products.publish, { ...key, ...out(form) }, command);
    return done.ok ? { saved: 'state.published' as const } : failedWith(done.failure, { about: 'publish' });
  },
  enter: async (event) => {
    const { form, key, command } = await formOf(event);
    const done = await act(event, products.enter, { ...key, ...out(form) }, command);
    return done.ok ? { saved: 'state.entered' as const } : failedWith(done.failure, { about: 'enter' });
  },
  withdraw: async (event) => {
    const { form, key, command } = await formOf(event);
    const done = await act(event, products.withdraw, { ...key, reason: textOf(form, 'reason') }, command);
    return done.ok ? { saved: 'state.withdrawn' as const } : failedWith(done.failure, { about: 'withdraw' });
  },
};
