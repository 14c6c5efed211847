import type { Day } from '../kernel/public.ts';
import { addDays } from '../kernel/public.ts';
import type { TaskState } from './words.ts';
import { isDone, isWaiting } from './words.ts';

/** How a task stands on a day; worked out when it is looked at and never stored. */
export type TaskStanding =
  | 'waiting'
  | 'to-evaluate'
  | 'on-track'
  | 'at-risk'
  | 'overdue'
  | 'done'
  | 'done-late'
  | 'exceeded'
  | 'cancelled';

/** Days before the deadline within which a task nobody has reported on is at risk. */
export const RISK_DAYS = 7;

export type Dated = {
  state: TaskState;
  deadline: Day;
  /** The earliest milestone that nobody has reached; null when there is none. */
  nextMilestone: Day | null;
  reportedOn: Day | null;
  /** The day the one who answers for it says it was finished; nobody has judged that yet. */
  claimedOn: Day | null;
  finishedOn: Day | null;
};

/**
 * How a task stands on a day: overdue after its deadline; at risk when a milestone has passed unreached, or when the deadline is a week
 * away or less and nobody has reported anything.
 */
export function standingOf(task: Dated, day: Day): TaskStanding {
  if (task.state === 'cancelled') return 'cancelled';
  if (isWaiting(task.state)) return 'waiting';
  if (isDone(task.state)) {
    if (task.finishedOn !== null && task.finishedOn > task.deadline) return 'done-late';
    return task.state === 'done-exceeded' ? 'exceeded' : 'done';
  }
  if (task.claimedOn !== null) return 'to-evaluate';
  if (task.deadline < day) return 'overdue';
  if (task.nextMilestone !== null && task.nextMilestone < day) return 'at-risk';
  return task.reportedOn === null && task.deadline <= addDays(day, RISK_DAYS) ? 'at-risk' : 'on-track';
}
