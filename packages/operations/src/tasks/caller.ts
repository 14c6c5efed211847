import { postRoles, type Role } from '@dinh/domain/access';
import { refuse } from '@dinh/domain/kernel';
import { readRights } from '@dinh/store/people';
import type { Task } from '@dinh/store/tasks';
import { findTask } from '@dinh/store/tasks';
import type { Context } from '../kernel/public.ts';

/** What somebody is to a unit's tasks. */
export type Caller = {
  personId: string | null;
  /** Speaks for the unit. */
  isCommittee: boolean;
  /** Looks after it from above, or is the unit's own officer. */
  isAbove: boolean;
  /** The unit the caller speaks for from above; the task's own unit otherwise. */
  unitId: number;
  ancestors: readonly number[];
  /** Units whose officer or administrator the caller is. */
  posts: readonly number[];
};

const gives = (post: keyof typeof postRoles, roles: readonly Role[]) =>
  (postRoles[post] as readonly Role[]).some((role) => roles.includes(role));

/** What the caller is to a unit's tasks. The right to the operation has been asked already; this tells its kinds apart. */
export async function callerOn(context: Context, unitId: number): Promise<Caller> {
  const { actor, tx, today } = context;
  if (actor.kind !== 'person') {
    return { personId: null, isCommittee: true, isAbove: true, unitId, ancestors: [], posts: [unitId] };
  }
  const { held, ancestors } = await readRights(tx, actor.personId, unitId, today);
  const posts = held.filter(({ post }) => gives(post, ['officer', 'administrator'])).map((post) => post.unitId);
  const nearest = [unitId, ...ancestors].find((each) => posts.includes(each));
  return {
    personId: actor.personId,
    isCommittee: held.some((mine) => mine.unitId === unitId && gives(mine.post, ['committee'])),
    isAbove: nearest !== undefined,
    unitId: nearest ?? unitId,
    ancestors,
    posts,
  };
}

/** The task, held until the commit. */
export async function takeTask(context: Context, key: { unitId: number; id: string }): Promise<Task> {
  return (await findTask(context.tx, key, context.today, true)) ?? refuse('tasks.unknown');
}

/** One of those who do the work. */
export const doesIt = (task: Task, personId: string | null) =>
  personId !== null &&
  (task.responsible === personId || task.directs === personId || task.coOwners.some(({ id }) => id === personId));

/** Work is judged, prolonged and called off by whoever gave it: the unit its own, the level above what came from there. */
export function demandGiver(task: Task, caller: Caller): void {
  if (caller.isAbove) return;
  if (task.assignerUnit !== task.unitId) refuse('tasks.approved-above');
  // Nobody judges their own work.
  if (task.responsible === caller.personId) refuse('tasks.own-work');
}

export function demandOpen(task: Task): void {
  if (task.state === 'approved' || task.state === 'in-progress') return;
  const isOver = task.state === 'done' || task.state === 'done-exceeded' || task.state === 'cancelled';
  refuse(isOver ? 'tasks.finished' : 'tasks.not-approved');
}
