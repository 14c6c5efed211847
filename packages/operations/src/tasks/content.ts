import { posts } from '@dinh/domain/access';
import type { FieldProblem } from '@dinh/domain/kernel';
import { addDays, refuse } from '@dinh/domain/kernel';
import { breakthroughGaps } from '@dinh/domain/tasks';
import { readWorkers, type TaskContent } from '@dinh/store/tasks';
import { unitsThere } from '@dinh/store/units';
import type { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import type { contentFields } from './fields.ts';

type Content = z.output<z.ZodObject<typeof contentFields>>;

/** Longer than any term; a year mistyped by a digit is caught. */
const MOST_YEARS = 10;

function wrong(path: string, code: FieldProblem['code'], params: FieldProblem['params'] = {}): never {
  return refuse(code, params, [{ path, code, params }]);
}

function demandDays(context: Context, content: Content, starts: string): void {
  const { deadline, milestones } = content;
  if (deadline < context.today) wrong('deadline', 'tasks.deadline-passed', { day: deadline });
  if (starts > deadline) wrong('starts', 'tasks.start-after-deadline');
  if (deadline > addDays(starts, MOST_YEARS * 366)) wrong('deadline', 'tasks.period-too-long', { years: MOST_YEARS });
  const outside = milestones.findIndex(({ due }) => due < starts || due > deadline);
  if (outside >= 0) wrong(`milestones.${outside}.due`, 'tasks.milestone-outside');
}

/** Those who do the work belong to the unit. @returns the post the one who answers for it holds */
async function demandWorkers(
  context: Context,
  unitId: number,
  content: Pick<Content, 'responsible' | 'directs' | 'coOwners'>,
) {
  const ids = [content.responsible, ...(content.directs ? [content.directs] : []), ...content.coOwners];
  const workers = await readWorkers(context.tx, { unitId, ids, day: context.today, order: posts });
  const missing = ids.find((id) => !workers.some((worker) => worker.id === id));
  if (missing !== undefined) {
    const path = missing === content.responsible ? 'responsible' : missing === content.directs ? 'directs' : 'coOwners';
    wrong(path, 'tasks.person-unknown');
  }
  return workers.find(({ id }) => id === content.responsible)?.post ?? null;
}

export async function checkedPeople(
  context: Context,
  unitId: number,
  people: Pick<Content, 'responsible' | 'directs' | 'coOwners'>,
): Promise<Pick<TaskContent, 'responsible' | 'responsiblePost' | 'directs' | 'coOwners'>> {
  const coOwners = [...new Set(people.coOwners)].filter((id) => id !== people.responsible);
  return { ...people, coOwners, responsiblePost: await demandWorkers(context, unitId, people) };
}

/** Units that lend a hand are there, each once; the task's own unit is none of them. */
async function supporting(context: Context, unitId: number, unitIds: readonly number[]): Promise<number[]> {
  const others = [...new Set(unitIds)].filter((id) => id !== unitId);
  if (others.length === 0) return [];
  const there = await unitsThere(context.tx, others, context.today);
  if (there.length < others.length) wrong('supportingUnits', 'tasks.unit-unknown');
  return others;
}

/** Refuses a breakthrough that lacks what makes one, naming everything that is missing. */
export function demandBreakthrough(content: Pick<TaskContent, 'kind' | 'rootCause' | 'measures' | 'milestones'>): void {
  if (content.kind !== 'breakthrough') return;
  const gaps = breakthroughGaps(content);
  if (gaps.length > 0) refuse('tasks.breakthrough-incomplete', { count: gaps.length }, gaps);
}

/** What was put down, checked: days that make sense, people of the unit, and for a breakthrough what makes it one. */
export async function checkedContent(
  context: Context,
  unitId: number,
  content: Content,
  isDraft: boolean,
): Promise<TaskContent> {
  const starts = content.starts ?? context.today;
  demandDays(context, content, starts > content.deadline && content.starts === undefined ? content.deadline : starts);
  const people = await checkedPeople(context, unitId, content);
  const supportingUnits = await supporting(context, unitId, content.supportingUnits);
  const { title, description, kind, reason, rootCause, products, deadline, measures, milestones } = content;
  const checked = {
    title,
    description,
    kind,
    supportingUnits,
    reason,
    rootCause,
    products,
    deadline,
    measures,
    milestones,
    starts,
  };
  if (!isDraft) demandBreakthrough(checked);
  return { ...people, ...checked };
}
