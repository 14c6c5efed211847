import { daySchema, refuse } from '@dinh/domain/kernel';
import { percentDone, type TaskOutcome } from '@dinh/domain/tasks';
import { insertEvaluation, insertReport, insertTaskEvidence, type Task } from '@dinh/store/tasks';
import { z } from 'zod';
import { preparing, storeFile } from '../files/public.ts';
import { type Context, operation } from '../kernel/public.ts';
import { actorOf } from '../programmes/public.ts';
import { callerOn, demandOpen, doesIt, takeTask } from './caller.ts';
import { figuresSchema, ratingSchema, shortText, taskKey } from './fields.ts';

const MOST_BYTES = 20 * 1024 * 1024;
const evidenceSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['photo', 'document', 'link', 'note']),
  title: z.string().trim().min(1).max(300),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  /** The file's bytes, base64. */
  content: z
    .base64()
    .max(Math.ceil((MOST_BYTES * 4) / 3) + 4)
    .optional(),
});

type Shown = z.output<typeof evidenceSchema>;

async function stored(context: Context, shown: Shown) {
  const isFile = shown.kind === 'photo' || shown.kind === 'document';
  const missing = isFile ? !shown.content && 'content' : shown.kind === 'link' && !shown.url && 'url';
  if (missing) refuse('tasks.evidence-needed', {}, [{ path: missing, code: 'tasks.evidence-needed' }]);
  const { id, kind, title } = shown;
  const digest = kind === 'photo' || kind === 'document' ? await storeFile(context, shown.content ?? '') : null;
  return { id, kind, title, digest, url: shown.url ?? null, addedBy: actorOf(context), addedAt: context.now };
}

/** More than what was asked: a figure above its target, or where nothing is counted, words that say so. */
export function demandExceeded(outcome: TaskOutcome, measures: Task['measures'], words: string): void {
  if (outcome !== 'exceeded') return;
  if (measures.length === 0 ? words === '' : !measures.some((measure) => Number(percentDone(measure) ?? 0) > 100)) {
    refuse(measures.length === 0 ? 'tasks.reason-needed' : 'tasks.not-exceeded');
  }
}

/** Somebody who does the work, or who speaks for the unit and writes down what they are told. */
async function demandWorker(context: Context, task: Task): Promise<void> {
  const caller = await callerOn(context, task.unitId);
  if (!doesIt(task, caller.personId) && !caller.isCommittee) refuse('tasks.not-yours');
}

/** Whoever may answer for a task of the unit: its members, and the officers who hold their post in it. */
export const workers = [
  { role: 'member', reach: 'own' },
  { role: 'officer', reach: 'own' },
] as const;

/**
 * Says how a task goes: words, figures, milestones reached, a difficulty, a request to the level above, and what shows it. `finished` says
 * in the same breath what came of it.
 */
export const report = operation({
  name: 'tasks.report',
  kind: 'command',
  input: z.strictObject({
    ...taskKey,
    /** Today when absent. */
    day: daySchema.optional(),
    words: shortText(4000),
    difficulty: shortText(2000),
    request: shortText(2000),
    figures: figuresSchema,
    /** Numbers of milestones reached. */
    reached: z.array(z.int().min(1).max(24)).max(24).default([]),
    evidence: z.array(evidenceSchema).max(6).default([]),
    finished: z
      .strictObject({ outcome: z.enum(['done', 'exceeded']), rating: ratingSchema.nullable().default(null) })
      .optional(),
  }),
  unit: (input) => input.unitId,
  allow: workers,
  prepare: ({ evidence }) =>
    preparing(
      ...evidence.flatMap(({ kind, content }) => (kind === 'photo' || kind === 'document' ? [{ content, kind }] : [])),
    ),
  async run(context, input) {
    const task = await takeTask(context, input);
    demandOpen(task);
    await demandWorker(context, task);
    const { unitId, id, words, difficulty, request, figures, reached, evidence, finished } = input;
    const day = input.day ?? context.today;
    if (day > context.today || (day < task.starts && day < context.today))
      refuse('tasks.day-wrong', { day }, [{ path: 'day', code: 'tasks.day-wrong' }]);
    const isEmpty =
      words === '' && difficulty === '' && request === '' && figures.length + reached.length + evidence.length === 0;
    if (isEmpty && !finished) refuse('tasks.report-empty', {}, [{ path: 'words', code: 'tasks.report-empty' }]);
    const unknown = figures.find(({ measure }) => !task.measures.some(({ seq }) => seq === measure));
    if (unknown) refuse('tasks.measure-unknown');
    if (reached.some((seq) => !task.milestones.some((milestone) => milestone.seq === seq)))
      refuse('tasks.milestone-unknown');
    const kept = [];
    for (const shown of evidence) kept.push(await stored(context, shown));
    const seq = await insertReport(context.tx, {
      ...{ unitId, id, day, words, difficulty, request, reached },
      at: context.now,
      actor: actorOf(context),
      figures: Object.fromEntries(figures.map(({ measure, value }) => [measure, value])),
    });
    await insertTaskEvidence(
      context.tx,
      task,
      kept.map((each) => ({ ...each, report: seq })),
    );
    if (finished) await claim(context, input, { ...finished, reason: words, on: day });
    return { id, report: seq };
  },
});

async function claim(
  context: Context,
  key: { unitId: number; id: string },
  said: { outcome: 'done' | 'exceeded'; rating: z.output<typeof ratingSchema> | null; reason: string; on: string },
): Promise<void> {
  // Read again: the report may just have moved its figures.
  const task = await takeTask(context, key);
  demandExceeded(said.outcome, task.measures, said.reason);
  const { outcome, rating, reason, on } = said;
  const given = { unitId: key.unitId, id: key.id, side: 'self' as const, outcome, rating, reason, finishedOn: on };
  await insertEvaluation(context.tx, { ...given, actor: actorOf(context), at: context.now }, 'in-progress');
}

/** The one who answers for it says what came of it; whoever gave it judges next. */
export const assessSelf = operation({
  name: 'tasks.assess-self',
  kind: 'command',
  input: z.strictObject({
    ...taskKey,
    outcome: z.enum(['done', 'exceeded']),
    rating: ratingSchema.nullable().default(null),
    reason: shortText(2000),
    /** The day the work was finished; today when absent. */
    on: daySchema.optional(),
  }),
  unit: (input) => input.unitId,
  allow: workers,
  async run(context, input) {
    const task = await takeTask(context, input);
    demandOpen(task);
    await demandWorker(context, task);
    const on = input.on ?? context.today;
    if (on > context.today || on < task.starts)
      refuse('tasks.day-wrong', { day: on }, [{ path: 'on', code: 'tasks.day-wrong' }]);
    await claim(context, input, { ...input, on });
    return { id: input.id, outcome: input.outcome };
  },
});
