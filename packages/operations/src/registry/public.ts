import { assetsOperations } from '../assets/public.ts';
import { classificationsOperations } from '../classifications/public.ts';
import { contributionsOperations } from '../contributions/public.ts';
import { documentsOperations } from '../documents/public.ts';
import type { AnyOperation, Operation } from '../kernel/public.ts';
import { meetingsOperations } from '../meetings/public.ts';
import { peopleOperations } from '../people/public.ts';
import { pollsOperations } from '../polls/public.ts';
import { productsOperations } from '../products/public.ts';
import { programmesOperations } from '../programmes/public.ts';
import { proofOperations } from '../proof/public.ts';
import { publicationsOperations } from '../publications/public.ts';
import { questionsOperations } from '../questions/public.ts';
import { recognitionsOperations } from '../recognitions/public.ts';
import { remindersOperations } from '../reminders/public.ts';
import { tasksOperations } from '../tasks/public.ts';
import { unitsOperations } from '../units/public.ts';
import { worksOperations } from '../works/public.ts';

/** Feature lists are of many input types; here only what all operations have in common counts. */
type Listed = Pick<Operation, 'name' | 'kind' | 'allow'> & { input: AnyOperation['input'] };

const features: readonly (readonly Listed[])[] = [
  assetsOperations,
  classificationsOperations,
  contributionsOperations,
  documentsOperations,
  meetingsOperations,
  peopleOperations,
  pollsOperations,
  productsOperations,
  programmesOperations,
  proofOperations,
  publicationsOperations,
  questionsOperations,
  recognitionsOperations,
  remindersOperations,
  tasksOperations,
  unitsOperations,
  worksOperations,
];

/** Every operation of Đình, by feature. What is not listed here exists neither over HTTP nor on the command line. */
export const registry: readonly AnyOperation[] = features.flat() as unknown as readonly AnyOperation[];

const byName = new Map(registry.map((op) => [op.name, op]));

/** The operation of that name, or undefined. */
export function findOperation(name: string): AnyOperation | undefined {
  return byName.get(name);
}
