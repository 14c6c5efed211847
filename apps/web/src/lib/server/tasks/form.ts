import { type TaskKind, type TaskOrigin, taskKinds, taskOrigins } from '@dinh/domain/tasks';
import type { Language } from '@dinh/texts/catalog';
import { plainNumber } from '#lib/server/sheet/entries.ts';
import { textOf } from '#lib/server/sign-in.ts';

/** Rows of figures and milestones a form has. */
export const ROWS = 3;

const trimmed = (form: FormData, name: string) => textOf(form, name).trim();
/** A number as typed in the reader's language; what is none is sent as it was typed, to be refused by name. */
export const figureOf = (typed: string, language: Language) => plainNumber(typed, language) ?? typed;

/** What was typed, for a form that is shown again. */
export type Typed = Record<string, string>;

export function typedOf(form: FormData): Typed {
  const typed: Typed = {};
  for (const [name, value] of form) if (typeof value === 'string' && name !== 'command') typed[name] = value;
  return typed;
}

function measuresOf(form: FormData, language: Language) {
  return Array.from({ length: ROWS }, (_, row) => row)
    .filter((row) => trimmed(form, `measure.${row}.name`) !== '' || trimmed(form, `measure.${row}.target`) !== '')
    .map((row) => {
      const baseline = trimmed(form, `measure.${row}.baseline`);
      return {
        name: trimmed(form, `measure.${row}.name`),
        unit: trimmed(form, `measure.${row}.unit`),
        baseline: baseline === '' ? null : figureOf(baseline, language),
        target: figureOf(trimmed(form, `measure.${row}.target`), language),
        cumulative: form.has(`measure.${row}.cumulative`),
      };
    });
}

/** What a form for a task holds, as the operations take it. */
export function contentOf(form: FormData, language: Language) {
  const starts = trimmed(form, 'starts');
  const directs = trimmed(form, 'directs');
  return {
    title: trimmed(form, 'title'),
    description: trimmed(form, 'description'),
    kind: taskKinds.find((kind): kind is TaskKind => kind === textOf(form, 'kind')) ?? 'ordinary',
    responsible: trimmed(form, 'responsible'),
    directs: directs === '' ? null : directs,
    coOwners: form.getAll('coOwners').filter((id): id is string => typeof id === 'string' && id !== ''),
    supportingUnits: form.getAll('supportingUnits').map(Number),
    reason: trimmed(form, 'reason'),
    rootCause: trimmed(form, 'rootCause'),
    products: trimmed(form, 'products')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    ...(starts !== '' && { starts }),
    deadline: trimmed(form, 'deadline'),
    measures: measuresOf(form, language),
    milestones: Array.from({ length: ROWS }, (_, row) => row)
      .map((row) => ({
        due: trimmed(form, `milestone.${row}.due`),
        product: trimmed(form, `milestone.${row}.product`),
      }))
      .filter(({ due, product }) => due !== '' || product !== ''),
    notRoutine: form.has('notRoutine'),
    draft: form.has('draft'),
  };
}

/** Where a new task comes from, as the address of its form named it. */
export function sourceOf(form: FormData) {
  const criterion = trimmed(form, 'criterion');
  const origin = taskOrigins.find((each): each is TaskOrigin => each === textOf(form, 'origin')) ?? 'self';
  if (criterion === '') return { origin };
  return { origin, programme: trimmed(form, 'programme'), period: trimmed(form, 'period'), criterion };
}
