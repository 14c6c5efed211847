import { refuse } from '@dinh/domain/kernel';
import { needsAbove } from '@dinh/domain/tasks';
import { appendTaskEvent, setTaskPeople, setTaskState, type Task } from '@dinh/store/tasks';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { actorOf, reasonSchema } from '../programmes/public.ts';
import { tell } from '../reminders/public.ts';
import { type Caller, callerOn, demandGiver, demandOpen, takeTask } from './caller.ts';
import { checkedPeople, demandBreakthrough } from './content.ts';
import { contentFields, taskKey } from './fields.ts';
import { demandAnswer } from './register.ts';

const deciders = [
  { role: 'secretary', reach: 'own' },
  { role: 'officer', reach: 'own-and-below' },
  { role: 'administrator', reach: 'own-and-below' },
] as const;
/** Those who speak for the unit, and the levels above. */
export const givers = [
  { role: 'committee', reach: 'own' },
  { role: 'officer', reach: 'own-and-below' },
  { role: 'administrator', reach: 'own-and-below' },
] as const;

const note = (context: Context, task: Task, kind: string, reason = '') =>
  appendTaskEvent(context.tx, task, { kind, reason, actor: actorOf(context), at: context.now });

/** A task that waits for an answer, and somebody who may give it: the level above for hard and breakthrough tasks. */
async function takeRegistered(
  context: Context,
  key: { unitId: number; id: string },
): Promise<{ task: Task; caller: Caller }> {
  const task = await takeTask(context, key);
  if (task.state !== 'registered') refuse('tasks.not-waiting');
  const caller = await callerOn(context, key.unitId);
  if (!caller.isAbove && needsAbove(task.kind)) refuse('tasks.approved-above');
  return { task, caller };
}

/** Agrees to a registered task. For a breakthrough the level above answers that it is more than routine work, or returns it. */
export const approve = operation({
  name: 'tasks.approve',
  kind: 'command',
  input: z.strictObject({ ...taskKey, notRoutine: z.boolean().default(false) }),
  unit: (input) => input.unitId,
  allow: deciders,
  async run(context, input) {
    const { task } = await takeRegistered(context, input);
    if (task.deadline < context.today) refuse('tasks.deadline-passed', { day: task.deadline });
    demandBreakthrough(task);
    demandAnswer(task.kind, input.notRoutine);
    await setTaskState(context.tx, task, 'approved', context.now);
    await note(context, task, 'approved');
    await tell(context, { kind: 'task-given', unitId: task.unitId, matterId: task.id });
    return { id: task.id, state: 'approved' as const };
  },
});

/** Gives a registered task back with the reason: to be written anew or dropped. */
export const returnTask = operation({
  name: 'tasks.return',
  kind: 'command',
  input: z.strictObject({ ...taskKey, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: deciders,
  async run(context, input) {
    const { task } = await takeRegistered(context, input);
    await setTaskState(context.tx, task, 'returned', context.now);
    await note(context, task, 'returned', input.reason);
    return { id: task.id, state: 'returned' as const };
  },
});

/** Calls a task off with the reason. It stays in the register and counts nowhere. */
export const cancel = operation({
  name: 'tasks.cancel',
  kind: 'command',
  input: z.strictObject({ ...taskKey, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: givers,
  async run(context, input) {
    const task = await takeTask(context, input);
    if (task.state === 'done' || task.state === 'done-exceeded' || task.state === 'cancelled') refuse('tasks.finished');
    const caller = await callerOn(context, input.unitId);
    // What nobody agreed to yet, the unit may drop by itself.
    if (task.state === 'approved' || task.state === 'in-progress') demandGiver(task, caller);
    await setTaskState(context.tx, task, 'cancelled', context.now);
    await note(context, task, 'cancelled', input.reason);
    return { id: task.id, state: 'cancelled' as const };
  },
});

/** Puts a task into other hands: who answers for it, who leads it, who shares it. */
export const handOver = operation({
  name: 'tasks.hand-over',
  kind: 'command',
  input: z.strictObject({
    ...taskKey,
    responsible: contentFields.responsible,
    directs: contentFields.directs,
    coOwners: contentFields.coOwners,
    reason: z.string().trim().max(2000).default(''),
  }),
  unit: (input) => input.unitId,
  allow: givers,
  async run(context, input) {
    const task = await takeTask(context, input);
    demandOpen(task);
    const { responsible, directs, coOwners } = input;
    const people = await checkedPeople(context, input.unitId, { responsible, directs, coOwners });
    await setTaskPeople(context.tx, task, people, context.now);
    await note(context, task, 'handed-over', input.reason);
    await tell(context, { kind: 'task-given', unitId: task.unitId, matterId: task.id });
    return { id: task.id, responsible };
  },
});
