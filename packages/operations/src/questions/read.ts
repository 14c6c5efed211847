import { addDays, daySchema } from '@dinh/domain/kernel';
import { ordinaryWorkingDays, questionKinds, suppressed } from '@dinh/domain/questions';
import {
  countQuestions,
  listQuestions,
  type Question,
  readFiguresPublished,
  readWorkingDays,
} from '@dinh/store/questions';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, type Context, operation } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';
import { keeps, members, onlookers, readsOf } from './access.ts';
import { answer, assign } from './answer.ts';
import { assist, promise } from './ask.ts';
import { peopleOf } from './people.ts';
import { publishFigures } from './published.ts';

const limit = 100;

const seen = (question: Question, today: string) => ({
  ...question,
  isLate: question.state === 'open' && question.dueOn < today,
});

/** Questions of a unit: all of them for those who keep them, else those one is to answer; none for those who may only see figures. */
export const list = operation({
  name: 'questions.list',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    open: z.boolean().default(true),
    offset: z.int().min(0).max(1_000_000).default(0),
  }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, open, offset }) {
    const { tx, today, actor } = context;
    const reads = await readsOf(context, unitId);
    const owner = reads === 'own' && actor.kind === 'person' ? actor.personId : null;
    const wanted = { unitId, open, owner, orUnowned: false, limit: limit + 1, offset };
    const found = reads === 'figures' ? [] : await listQuestions(tx, wanted);
    const promised = [];
    for (const kind of questionKinds) {
      const workingDays = (await readWorkingDays(tx, unitId, kind, today)) ?? ordinaryWorkingDays[kind];
      promised.push({ kind, workingDays });
    }
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      reads,
      questions: found.slice(0, limit).map((question) => seen(question, today)),
      more: found.length > limit,
      offset,
      people: reads === 'all' ? await peopleOf(context, unitId) : [],
      promised,
      allowed: await allowedOn(context, unitId, [assist, assign, answer, promise, publishFigures]),
    };
  },
});

/** Questions that wait for the caller's answer: those they are named for, and for those who keep them also those nobody is named for. */
export const owed = operation({
  name: 'questions.owed',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: members,
  async run(context, { unitId }) {
    const { tx, today, actor } = context;
    if (actor.kind !== 'person') return { questions: [], total: 0, late: 0 };
    const orUnowned = await keeps(context, unitId);
    const found = await listQuestions(tx, {
      unitId,
      open: true,
      owner: actor.personId,
      orUnowned,
      limit: 500,
      offset: 0,
    });
    const questions = found.map(({ id, year, number, kind, dueOn }) => ({
      id,
      year,
      number,
      kind,
      dueOn,
      isLate: dueOn < today,
    }));
    return {
      questions: questions.slice(0, 5),
      total: questions.length,
      late: questions.filter(({ isLate }) => isLate).length,
    };
  },
});

/** How many were asked and answered in time, with small counts left out: nobody is to be found behind a figure. */
export const figures = operation({
  name: 'questions.figures',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, from: daySchema.optional(), to: daySchema.optional() }),
  unit: (input) => input.unitId,
  allow: onlookers,
  run: async (context, { unitId, from, to }) => ({
    ...(await figuresOf(context, unitId, from, to)),
    /** Since when figures of twelve whole months stand on the unit's public page. */
    publishedOn: await readFiguresPublished(context.tx, unitId),
  }),
});

const states = ['open', 'late', 'in-time', 'after-time'] as const;

/** Figures of the days between `from` and `to`, the last year when absent. A null is a count too small to be shown. */
async function figuresOf({ tx, today }: Context, unitId: number, from?: string, to?: string) {
  const span = { from: from ?? addDays(to ?? today, -365), to: to ?? today };
  const found = await countQuestions(tx, unitId, span.from, span.to, today);
  const of = (wanted: (each: (typeof found)[number]) => boolean) =>
    found.filter(wanted).reduce((sum, { count }) => sum + count, 0);
  const sum = of(() => true);
  const byKind = suppressed(questionKinds.map((kind) => of((each) => each.kind === kind)));
  const byState = suppressed(states.map((state) => of((each) => each.state === state)));
  return {
    ...span,
    total: suppressed([sum])[0] ?? null,
    kinds: questionKinds.map((kind, at) => ({ kind, count: byKind[at] ?? null })),
    states: states.map((state, at) => ({ state, count: byState[at] ?? null })),
  };
}
