import { randomUUID } from 'node:crypto';
import { type QuestionKind, questionKinds } from '@dinh/domain/questions';
import {
  answer,
  assign,
  extend,
  figures,
  list,
  promise,
  publish,
  publishFigures,
  withdraw,
} from '@dinh/operations/questions';
import type { RequestEvent } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const done = event.url.searchParams.get('show') === 'done';
  const offset = Math.max(0, Number.parseInt(event.url.searchParams.get('offset') ?? '', 10) || 0);
  return {
    unitId,
    done,
    commandId: randomUUID(),
    ...(await ask(event, list, { unitId, open: !done, offset })),
    figures: await ask(event, figures, { unitId }),
  };
};

/** Reads a form about one question, acts, and says what was done; what was typed comes back with a refusal. */
async function doing(
  event: RequestEvent<{ id: string }>,
  run: (form: FormData, key: { unitId: number; id: string }, command: string) => ReturnType<typeof act>,
  done: string,
) {
  const form = await event.request.formData();
  const id = textOf(form, 'id');
  const result = await run(form, { unitId: unitIdOf(event.params.id), id }, textOf(form, 'command'));
  if (result.ok) return { saved: done };
  const typed = Object.fromEntries(
    ['text', 'question', 'answer', 'reason', 'dueOn'].map((name) => [name, textOf(form, name)]),
  );
  return failedWith(result.failure, { id, action: done, ...typed });
}

const kindOf = (form: FormData): QuestionKind =>
  questionKinds.find((each) => each === textOf(form, 'kind')) ?? 'question';

export const actions: Actions = {
  assign: (event) =>
    doing(
      event,
      (form, key, command) => act(event, assign, { ...key, owner: textOf(form, 'owner') }, command),
      'assign',
    ),
  extend: (event) =>
    doing(
      event,
      (form, key, command) =>
        act(event, extend, { ...key, dueOn: textOf(form, 'dueOn'), reason: textOf(form, 'reason') }, command),
      'extend',
    ),
  answer: (event) =>
    doing(
      event,
      (form, key, command) => {
        const outcome = form.get('passed-on') === 'yes' ? 'passed-on' : 'answered';
        return act(event, answer, { ...key, outcome, text: textOf(form, 'text') }, command);
      },
      'answer',
    ),
  publish: (event) =>
    doing(
      event,
      (form, key, command) =>
        act(event, publish, { ...key, question: textOf(form, 'question'), answer: textOf(form, 'answer') }, command),
      'publish',
    ),
  withdraw: (event) => doing(event, (_form, key, command) => act(event, withdraw, key, command), 'withdraw'),
  figures: async (event) => {
    const form = await event.request.formData();
    const shown = textOf(form, 'shown') === 'yes';
    const input = { unitId: unitIdOf(event.params.id), shown };
    const result = await act(event, publishFigures, input, textOf(form, 'command'));
    if (!result.ok) return failedWith(result.failure, { id: '', action: 'figures' });
    return { saved: shown ? 'show-figures' : 'hide-figures' };
  },
  promise: (event) =>
    doing(
      event,
      (form, { unitId }, command) =>
        act(event, promise, { unitId, kind: kindOf(form), workingDays: Number(textOf(form, 'workingDays')) }, command),
      'promise',
    ),
};
