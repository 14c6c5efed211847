import { daySchema, refuse } from '@dinh/domain/kernel';
import { taskOutcomes } from '@dinh/domain/tasks';
import { decideExtension, insertEvaluation, insertExtension } from '@dinh/store/tasks';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { actorOf, reasonSchema } from '../programmes/public.ts';
import { callerOn, demandGiver, demandOpen, doesIt, takeTask } from './caller.ts';
import { givers } from './decide.ts';
import { ratingSchema, shortText, taskKey } from './fields.ts';
import { demandExceeded, workers } from './report.ts';

const stateAfter = { done: 'done', exceeded: 'done-exceeded', 'not-done': 'in-progress' } as const;

/**
 * Whoever gave the task judges what came of it: done, exceeded, or not done and to be gone on with. The one who answers for it speaks
 * first; once the deadline has passed nobody waits for that. Late or in time is counted from the day the work was finished.
 */
export const evaluate = operation({
  name: 'tasks.evaluate',
  kind: 'command',
  input: z.strictObject({
    ...taskKey,
    outcome: z.enum(taskOutcomes),
    rating: ratingSchema.nullable().default(null),
    reason: shortText(2000),
    /** The day the work was finished, where the one who answers for it has not said; today when absent. */
    on: daySchema.optional(),
  }),
  unit: (input) => input.unitId,
  allow: givers,
  async run(context, input) {
    const task = await takeTask(context, input);
    demandOpen(task);
    demandGiver(task, await callerOn(context, input.unitId));
    const { unitId, id, outcome, rating, reason } = input;
    if (task.claimedOn === null && task.deadline >= context.today) refuse('tasks.self-first');
    if (outcome === 'not-done' && reason === '') {
      refuse('tasks.reason-needed', {}, [{ path: 'reason', code: 'tasks.reason-needed' }]);
    }
    demandExceeded(outcome, task.measures, reason);
    const on = input.on ?? task.claimedOn ?? context.today;
    if (on > context.today || on < task.starts)
      refuse('tasks.day-wrong', { day: on }, [{ path: 'on', code: 'tasks.day-wrong' }]);
    const given = { unitId, id, side: 'assigner' as const, outcome, rating, reason, finishedOn: on };
    const state = stateAfter[outcome];
    await insertEvaluation(context.tx, { ...given, actor: actorOf(context), at: context.now }, state);
    return { id, state, late: outcome !== 'not-done' && on > task.deadline };
  },
});

/** Those who do the work ask for more time, with the reason; the deadline stays until whoever gave it has answered. */
export const askExtension = operation({
  name: 'tasks.ask-extension',
  kind: 'command',
  input: z.strictObject({ ...taskKey, until: daySchema, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: workers,
  async run(context, input) {
    const task = await takeTask(context, input);
    demandOpen(task);
    const caller = await callerOn(context, input.unitId);
    if (!doesIt(task, caller.personId) && !caller.isCommittee) refuse('tasks.not-yours');
    const { until, reason } = input;
    if (until <= task.deadline || until < context.today) {
      refuse('tasks.extension-not-later', { day: task.deadline }, [
        { path: 'until', code: 'tasks.extension-not-later', params: { day: task.deadline } },
      ]);
    }
    const asked = { fromDay: task.deadline, until, reason, actor: actorOf(context), at: context.now };
    if (!(await insertExtension(context.tx, task, asked))) refuse('tasks.extension-waiting');
    return { id: task.id, until };
  },
});

/** Whoever gave the task grants more time or not. Every request stays in its history. */
export const answerExtension = operation({
  name: 'tasks.answer-extension',
  kind: 'command',
  input: z.strictObject({ ...taskKey, granted: z.boolean(), answer: shortText(2000) }),
  unit: (input) => input.unitId,
  allow: givers,
  async run(context, input) {
    const task = await takeTask(context, input);
    demandOpen(task);
    demandGiver(task, await callerOn(context, input.unitId));
    if (!input.granted && input.answer === '') {
      refuse('tasks.reason-needed', {}, [{ path: 'answer', code: 'tasks.reason-needed' }]);
    }
    const { granted, answer } = input;
    const decided = { granted, answer, actor: actorOf(context), at: context.now };
    if (!(await decideExtension(context.tx, task, decided))) refuse('tasks.extension-none');
    return { id: task.id, granted };
  },
});
