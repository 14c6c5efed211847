import type { FieldProblem } from '../kernel/public.ts';
import type { Measure } from './measures.ts';
import { compareDecimals } from './measures.ts';

/**
 * What keeps a task from being called a breakthrough: it must name the root of the obstacle, at least one step on the way, and at least
 * one figure, and every figure must be meant to leave where it stands today. Empty when nothing is missing. Whether it is only routine
 * work under a great name is for a person to answer.
 */
export function breakthroughGaps(task: {
  rootCause: string;
  measures: readonly Pick<Measure, 'baseline' | 'target'>[];
  milestones: readonly unknown[];
}): FieldProblem[] {
  const gaps: FieldProblem[] = [];
  if (task.rootCause === '') gaps.push({ path: 'rootCause', code: 'tasks.root-cause-needed' });
  if (task.measures.length === 0) gaps.push({ path: 'measures', code: 'tasks.measure-needed' });
  for (const [index, { baseline, target }] of task.measures.entries()) {
    if (baseline === null || compareDecimals(target, baseline) === 0) {
      gaps.push({ path: `measures.${index}.target`, code: 'tasks.target-not-beyond' });
    }
  }
  if (task.milestones.length === 0) gaps.push({ path: 'milestones', code: 'tasks.milestone-needed' });
  return gaps;
}
