import type { TaskView } from './task.ts';

const numbered = (name: string, index: number, field: string) => `${name}.${index}.${field}`;

/** What a form for a task is filled in with when the task is written anew. */
export function typedFrom(task: TaskView): Record<string, string> {
  const typed: Record<string, string> = {
    title: task.title,
    description: task.description,
    kind: task.kind,
    responsible: task.responsible,
    directs: task.directs ?? '',
    reason: task.reason,
    rootCause: task.rootCause,
    products: task.products.join('\n'),
    starts: task.starts,
    deadline: task.deadline,
  };
  for (const [index, measure] of task.measures.entries()) {
    typed[numbered('measure', index, 'name')] = measure.name;
    typed[numbered('measure', index, 'unit')] = measure.unit;
    typed[numbered('measure', index, 'baseline')] = measure.baseline ?? '';
    typed[numbered('measure', index, 'target')] = measure.target;
    if (measure.cumulative) typed[numbered('measure', index, 'cumulative')] = 'on';
  }
  for (const [index, { due, product }] of task.milestones.entries()) {
    typed[numbered('milestone', index, 'due')] = due;
    typed[numbered('milestone', index, 'product')] = product;
  }
  return typed;
}
