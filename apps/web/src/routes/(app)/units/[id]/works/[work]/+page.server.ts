import { randomUUID } from 'node:crypto';
import { costSources, photoPhases, statesAfter, workStates } from '@dinh/domain/works';
import * as works from '@dinh/operations/works';
import { decimalFrom, contentFrom as fileFrom } from '#lib/server/contributions.ts';
import { act, ask } from '#lib/server/operations.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import { contentFrom, figuresOf, named, quantitiesFrom, type Typed, typedOf, workKeyOf } from '#lib/server/works.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const key = workKeyOf(event.params);
  const { language } = event.locals;
  const seen = await ask(event, works.read, key);
  const { kind, reports, work } = seen;
  const mayCorrect = seen.allowed.includes('works.correct') && work.state !== 'handed-over';
  // Names to choose from are read only for those who may choose.
  const choices = mayCorrect ? await ask(event, works.prepare, { unitId: key.unitId }) : null;
  const labelled = (from: readonly { id: string; title: string }[] = []) =>
    from.map(({ id, title }) => ({ id, label: title }));
  const figures = figuresOf(kind, work.quantities, language);
  return {
    ...seen,
    kind: named(kind?.names, language, work.kind),
    figures,
    reports: reports.map(({ added, ...report }) => ({
      ...report,
      added: figures.flatMap(({ key, name, unit }) => (added[key] ? [{ name, unit, added: added[key] }] : [])),
    })),
    typed: typedOf(seen),
    next: seen.allowed.includes('works.move') ? statesAfter(work.state) : [],
    mayCorrect,
    people: (choices?.people ?? []).map(({ id, name }) => ({ id, label: name })),
    drives: labelled(choices?.drives),
    tasks: labelled(choices?.tasks),
    commandId: randomUUID(),
    newId: randomUUID(),
    done: event.url.searchParams.get('done') === 'add',
  };
};

const formOf = async (event: RequestEvent) => {
  const form = await event.request.formData();
  return { form, key: workKeyOf(event.params), command: textOf(form, 'command') };
};
type Kept = {
  about: string;
  said: { on: string; note: string; quantities: Record<string, string> } | null;
  step: { on: string; reason: string } | null;
  cost: { source: string; origin: string; amount: string; currency: string; on: string } | null;
  photo: { phase: string; caption: string } | null;
  work: Typed | null;
};
/** What was typed into which form: each form finds its own. */
const kept = (about: string, more: Partial<Kept> = {}): Kept => ({
  ...{ about, said: null, step: null, cost: null, photo: null, work: null },
  ...more,
});
const revisionOf = (form: FormData) => Number(textOf(form, 'revision'));

export const actions: Actions = {
  report: async (event) => {
    const { form, key, command } = await formOf(event);
    const said = { on: textOf(form, 'on'), note: textOf(form, 'note'), quantities: quantitiesFrom(form) };
    const done = await act(event, works.report, { ...key, ...said, revision: revisionOf(form) }, command);
    return done.ok ? { saved: 'report' as const } : failedWith(done.failure, kept('report', { said }));
  },
  move: async (event) => {
    const { form, key, command } = await formOf(event);
    const state = workStates.find((each) => each === textOf(form, 'state')) ?? 'stopped';
    const said = { on: textOf(form, 'on'), reason: textOf(form, 'reason') };
    const done = await act(event, works.move, { ...key, state, ...said }, command);
    return done.ok ? { saved: 'move' as const } : failedWith(done.failure, kept(state, { step: said }));
  },
  correct: async (event) => {
    const { form, key, command } = await formOf(event);
    const { typed, content } = contentFrom(form);
    const done = await act(event, works.correct, { ...key, ...content, revision: revisionOf(form) }, command);
    return done.ok ? { saved: 'correct' as const } : failedWith(done.failure, kept('correct', { work: typed }));
  },
  cost: async (event) => {
    const { form, key, command } = await formOf(event);
    const names = ['source', 'origin', 'amount', 'currency', 'on'] as const;
    const typed = Object.fromEntries(names.map((name) => [name, textOf(form, name).trim()])) as Record<
      (typeof names)[number],
      string
    >;
    const digits = decimalFrom(typed.amount, true);
    const cost = {
      id: textOf(form, 'id'),
      source: costSources.find((each) => each === typed.source) ?? 'people',
      origin: typed.origin,
      amount: /^\d{1,16}$/.test(digits) ? Number(digits) : Number.NaN,
      currency: typed.currency.toUpperCase(),
      on: typed.on,
    };
    const done = await act(event, works.addCost, { ...key, ...cost }, command);
    return done.ok ? { saved: 'cost' as const } : failedWith(done.failure, kept('cost', { cost: typed }));
  },
  withdraw: async (event) => {
    const { form, key, command } = await formOf(event);
    const [id, reason] = [textOf(form, 'id'), textOf(form, 'reason')];
    const done = await act(event, works.takeBackCost, { unitId: key.unitId, id, reason }, command);
    return done.ok ? { saved: 'withdraw' as const } : failedWith(done.failure, kept(id));
  },
  photo: async (event) => {
    const { form, key, command } = await formOf(event);
    const phase = photoPhases.find((each) => each === textOf(form, 'phase')) ?? 'during';
    const photo = { id: textOf(form, 'id'), phase, caption: textOf(form, 'caption'), content: await fileFrom(form) };
    const done = await act(event, works.addPhoto, { ...key, ...photo }, command);
    return done.ok
      ? { saved: 'photo' as const }
      : failedWith(done.failure, kept('photo', { photo: { phase, caption: photo.caption } }));
  },
  remove: async (event) => {
    const { form, key, command } = await formOf(event);
    const done = await act(event, works.removePhoto, { ...key, id: textOf(form, 'id') }, command);
    return done.ok ? { saved: 'remove' as const } : failedWith(done.failure, kept('remove'));
  },
};
