import { refuse } from '@dinh/domain/kernel';
import { needsAbove, type TaskKind, type TaskState } from '@dinh/domain/tasks';
import { appendTaskEvent, insertTask, rewriteTask } from '@dinh/store/tasks';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation, parseInput } from '../kernel/public.ts';
import { actorOf } from '../programmes/public.ts';
import { tell } from '../reminders/public.ts';
import { type Caller, callerOn, takeTask } from './caller.ts';
import { checkedContent } from './content.ts';
import { contentFields, sourceFields, taskKey } from './fields.ts';

const registerInput = z.strictObject({
  ...taskKey,
  ...contentFields,
  ...sourceFields,
  /** The level above answers whether a breakthrough is more than routine work. */
  notRoutine: z.boolean().default(false),
  /** Kept by the unit, not yet put forward. */
  draft: z.boolean().default(false),
});
type Registration = z.output<typeof registerInput>;

const writers = [
  { role: 'member', reach: 'own' },
  { role: 'officer', reach: 'own-and-below' },
  { role: 'administrator', reach: 'own-and-below' },
] as const;

/** Somebody above says that it is not routine work; a breakthrough that nobody vouches for is none. */
export function demandAnswer(kind: TaskKind, notRoutine: boolean): void {
  if (kind === 'breakthrough' && !notRoutine) {
    refuse('tasks.routine-unanswered', {}, [{ path: 'notRoutine', code: 'tasks.routine-unanswered' }]);
  }
}

/**
 * Where a task begins: what the level above gives is agreed to; what the unit decides is, unless its kind needs the level above; what a
 * member proposes waits for the unit.
 */
function beginning(
  caller: Caller,
  task: { kind: TaskKind; draft: boolean; notRoutine: boolean; responsible: string },
): TaskState {
  if (!caller.isAbove && !caller.isCommittee && task.responsible !== caller.personId) refuse('tasks.only-own');
  if (task.draft) return 'draft';
  if (caller.isAbove) {
    demandAnswer(task.kind, task.notRoutine);
    return 'approved';
  }
  return caller.isCommittee && !needsAbove(task.kind) ? 'approved' : 'registered';
}

async function put(context: Context, input: Registration, caller: Caller, state: TaskState) {
  const { unitId, id } = input;
  const content = await checkedContent(context, unitId, input, state === 'draft');
  const { origin, meetingId, conclusionId, programme, period, criterion } = input;
  const number = await insertTask(context.tx, {
    ...content,
    ...{ origin, meetingId, conclusionId, programme, period, criterion },
    ...{ unitId, id, state, at: context.now, on: context.today },
    assignerUnit: caller.isAbove ? caller.unitId : unitId,
    assigner: actorOf(context),
    parentUnitId: null,
    parentId: null,
  });
  if (number === null) return refuse('tasks.already-there');
  await appendTaskEvent(context.tx, input, {
    kind: state === 'draft' ? 'drafted' : 'registered',
    actor: actorOf(context),
    at: context.now,
  });
  if (state === 'approved') await tell(context, { kind: 'task-given', unitId, matterId: id });
  return { id, number, year: Number(context.today.slice(0, 4)), state };
}

/** Puts down a task of a unit: by its people, or by the level above for it. */
export const register = operation({
  name: 'tasks.register',
  kind: 'command',
  input: registerInput,
  unit: (input) => input.unitId,
  allow: writers,
  async run(context, input) {
    const caller = await callerOn(context, input.unitId);
    return put(context, input, caller, beginning(caller, input));
  },
});

/**
 * Makes a task of what a unit decided elsewhere (a conclusion, a resolution), inside the caller's own transaction: one line, a name and a
 * date are enough. The decision stands for the unit's agreement; hard and breakthrough tasks still wait for the level above.
 * @throws Refusal the same as `tasks.register`
 */
export async function registerTask(
  context: Context,
  task: z.input<typeof registerInput>,
): Promise<{ id: string; number: number; year: number; state: TaskState }> {
  const input = parseInput(register, task);
  const { personId, ancestors } = await callerOn(context, input.unitId);
  const caller: Caller = { personId, ancestors, isCommittee: true, isAbove: false, unitId: input.unitId, posts: [] };
  return put(context, input, caller, beginning(caller, input));
}

/** Writes a draft or a returned task anew and, unless it stays a draft, puts it forward again. */
export const revise = operation({
  name: 'tasks.revise',
  kind: 'command',
  input: z.strictObject({
    ...taskKey,
    ...contentFields,
    notRoutine: z.boolean().default(false),
    draft: z.boolean().default(false),
  }),
  unit: (input) => input.unitId,
  allow: writers,
  async run(context, input) {
    const task = await takeTask(context, input);
    if (task.state !== 'draft' && task.state !== 'returned') refuse('tasks.not-waiting');
    const caller = await callerOn(context, input.unitId);
    if (!caller.isAbove && !caller.isCommittee && task.responsible !== caller.personId) refuse('tasks.only-own');
    const state = beginning(caller, input);
    const content = await checkedContent(context, input.unitId, input, state === 'draft');
    await rewriteTask(context.tx, { ...content, unitId: input.unitId, id: input.id, state, at: context.now });
    if (state !== 'draft')
      await appendTaskEvent(context.tx, input, { kind: 'registered', actor: actorOf(context), at: context.now });
    if (state === 'approved') await tell(context, { kind: 'task-given', unitId: input.unitId, matterId: input.id });
    return { id: input.id, state };
  },
});
