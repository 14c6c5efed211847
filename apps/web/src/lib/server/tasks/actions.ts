import { taskOutcomes, taskRatings } from '@dinh/domain/tasks';
import type { Operation } from '@dinh/operations/kernel';
import {
  answerExtension,
  approve,
  askExtension,
  cancel,
  evaluate,
  handOver,
  report,
  returnTask,
  revise,
  spread,
} from '@dinh/operations/tasks';
import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { act } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import { contentOf, figureOf, typedOf } from './form.ts';

type TaskEvent = Pick<RequestEvent, 'locals' | 'url' | 'request'> & { params: { id: string; task: string } };

const keyOf = (event: TaskEvent) => ({ unitId: unitIdOf(event.params.id), id: event.params.task });
const trimmed = (form: FormData, name: string) => textOf(form, name).trim();
const rating = (form: FormData) => taskRatings.find((each) => each === textOf(form, 'rating')) ?? null;

/** Runs one of the task's commands; what was refused is shown in the form it came from, with what was typed there. */
async function carryOut<Input extends z.ZodType, Output>(
  event: TaskEvent,
  about: string,
  saved: string,
  op: Operation<string, Input, Output>,
  input: z.input<Input>,
  form: FormData,
) {
  const done = await act(event, op, input, textOf(form, 'command'));
  return done.ok ? { about, saved } : failedWith(done.failure, { about, ...typedOf(form) });
}

const given = (form: FormData, name: string): File | null => {
  const found = form.get(name);
  return found instanceof File && found.size > 0 ? found : null;
};

async function shownBy(form: FormData) {
  const shown = [];
  for (const name of ['photo', 'file'] as const) {
    const file = given(form, name);
    if (!file) continue;
    const kind = name === 'photo' || file.type.startsWith('image/') ? ('photo' as const) : ('document' as const);
    const words = kind === 'document' ? file.name : trimmed(form, 'words') || file.name;
    const content = Buffer.from(await file.arrayBuffer()).toString('base64');
    shown.push({ id: textOf(form, `${name}Id`), kind, title: words.slice(0, 300), content });
  }
  const url = trimmed(form, 'url');
  if (url !== '') shown.push({ id: textOf(form, 'linkId'), kind: 'link' as const, title: url.slice(0, 300), url });
  return shown;
}

/** Figures as typed, by the number of their measure: fields are named `figure.<number>`. */
function figuresOf(form: FormData, event: TaskEvent) {
  return [...form].flatMap(([name, value]) => {
    const [, measure] = /^figure\.(\d+)$/.exec(name) ?? [];
    if (measure === undefined || typeof value !== 'string' || value.trim() === '') return [];
    return [{ measure: Number(measure), value: figureOf(value.trim(), event.locals.language) }];
  });
}

export async function sendReport(event: TaskEvent) {
  const form = await event.request.formData();
  const day = trimmed(form, 'day');
  const finished = (['done', 'exceeded'] as const).find((each) => each === textOf(form, 'finished'));
  const input = {
    ...keyOf(event),
    ...(day !== '' && { day }),
    words: trimmed(form, 'words'),
    difficulty: trimmed(form, 'difficulty'),
    request: trimmed(form, 'request'),
    figures: figuresOf(form, event),
    reached: form.getAll('reached').map(Number),
    evidence: await shownBy(form),
    ...(finished && { finished: { outcome: finished, rating: rating(form) } }),
  };
  return carryOut(event, 'report', 'reported', report, input, form);
}

export async function sendApproval(event: TaskEvent) {
  const form = await event.request.formData();
  const input = { ...keyOf(event), notRoutine: form.has('notRoutine') };
  return carryOut(event, 'approve', 'approved', approve, input, form);
}

export async function sendBack(event: TaskEvent) {
  const form = await event.request.formData();
  const input = { ...keyOf(event), reason: trimmed(form, 'reason') };
  return carryOut(event, 'return', 'returned', returnTask, input, form);
}

export async function sendRevision(event: TaskEvent) {
  const form = await event.request.formData();
  const input = { ...keyOf(event), ...contentOf(form, event.locals.language) };
  return carryOut(event, 'revise', 'revised', revise, input, form);
}

export async function sendEvaluation(event: TaskEvent) {
  const form = await event.request.formData();
  const on = trimmed(form, 'on');
  const outcome = taskOutcomes.find((each) => each === textOf(form, 'outcome')) ?? 'done';
  const input = {
    ...keyOf(event),
    outcome,
    rating: rating(form),
    reason: trimmed(form, 'reason'),
    ...(on !== '' && { on }),
  };
  return carryOut(event, 'evaluate', 'evaluated', evaluate, input, form);
}

export async function sendExtension(event: TaskEvent) {
  const form = await event.request.formData();
  const input = { ...keyOf(event), until: trimmed(form, 'until'), reason: trimmed(form, 'reason') };
  return carryOut(event, 'extend', 'extension-asked', askExtension, input, form);
}

export async function sendExtensionAnswer(event: TaskEvent) {
  const form = await event.request.formData();
  const input = { ...keyOf(event), granted: textOf(form, 'granted') === 'yes', answer: trimmed(form, 'answer') };
  return carryOut(event, 'answer', 'extension-answered', answerExtension, input, form);
}

export async function sendHandOver(event: TaskEvent) {
  const form = await event.request.formData();
  const directs = trimmed(form, 'directs');
  const coOwners = form.getAll('coOwners').filter((id): id is string => typeof id === 'string');
  const people = { responsible: trimmed(form, 'responsible'), directs: directs === '' ? null : directs, coOwners };
  return carryOut(event, 'hand-over', 'handed-over', handOver, { ...keyOf(event), ...people }, form);
}

export async function sendCancel(event: TaskEvent) {
  const form = await event.request.formData();
  const input = { ...keyOf(event), reason: trimmed(form, 'reason') };
  return carryOut(event, 'cancel', 'cancelled', cancel, input, form);
}

/** Gives each chosen unit its part: one command for each, for each writes its own rows. Stops at the first that is refused. */
export async function sendSpread(event: TaskEvent) {
  const form = await event.request.formData();
  const { unitId: parentUnitId, id: parentId } = keyOf(event);
  const measures = Number(textOf(form, 'measures')) || 0;
  const shares = Array.from({ length: Math.min(measures, 12) }, (_, index) => index)
    .map((index) => ({
      name: textOf(form, `share.${index}.name`),
      unit: textOf(form, `share.${index}.unit`),
      cumulative: textOf(form, `share.${index}.cumulative`) === 'true',
      target: figureOf(trimmed(form, `share.${index}.target`), event.locals.language),
    }))
    .filter(({ target }) => target !== '');
  const deadline = trimmed(form, 'deadline');
  let count = 0;
  for (const [index, chosen] of form.getAll('unit').entries()) {
    const unitId = Number(chosen);
    if (!Number.isSafeInteger(unitId)) continue;
    const id = textOf(form, `id.${unitId}`);
    const input = { unitId, id, parentUnitId, parentId, measures: shares, ...(deadline !== '' && { deadline }) };
    const done = await act(event, spread, input, id);
    if (!done.ok) return failedWith(done.failure, { about: 'spread', index: String(index) });
    count += 1;
  }
  return { about: 'spread', saved: 'spread-done', count };
}
