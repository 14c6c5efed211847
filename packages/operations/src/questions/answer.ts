import { daySchema, refuse } from '@dinh/domain/kernel';
import { setAnswer, setDue, setOwner, setPublished } from '@dinh/store/questions';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { actorOf, unitIdSchema } from '../programmes/public.ts';
import { demandQuestion, keepers, members, words } from './access.ts';
import { peopleOf } from './people.ts';

const key = { unitId: unitIdSchema, id: z.uuid() };
const LONGEST = 4000;

/** Names who is to answer: somebody with a post in the unit. */
export const assign = operation({
  name: 'questions.assign',
  kind: 'command',
  input: z.strictObject({ ...key, owner: z.uuid() }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, { unitId, id, owner }) {
    const found = await demandQuestion(context, unitId, id);
    if (found.state !== 'open') refuse('questions.already-answered');
    if (!(await peopleOf(context, unitId)).some((person) => person.id === owner))
      refuse('questions.owner-unknown', {}, [{ path: 'owner', code: 'questions.owner-unknown' }]);
    await setOwner(context.tx, unitId, id, owner);
    return { owner };
  },
});

/** Puts the day of the answer off, for a reason that the asker can read. */
export const extend = operation({
  name: 'questions.extend',
  kind: 'command',
  input: z.strictObject({ ...key, dueOn: daySchema, reason: words(500) }),
  unit: (input) => input.unitId,
  allow: members,
  async run(context, { unitId, id, dueOn, reason }) {
    const found = await demandQuestion(context, unitId, id);
    if (found.state !== 'open') refuse('questions.already-answered');
    if (dueOn <= found.dueOn || dueOn <= context.today)
      refuse('questions.day-wrong', {}, [{ path: 'dueOn', code: 'questions.day-wrong' }]);
    await setDue(context.tx, unitId, id, dueOn, reason);
    return { dueOn };
  },
});

/** Answers, or says who is to be asked instead. How the asker could be reached is forgotten in the same moment. */
export const answer = operation({
  name: 'questions.answer',
  kind: 'command',
  input: z.strictObject({
    ...key,
    outcome: z.enum(['answered', 'passed-on']).default('answered'),
    text: words(LONGEST),
  }),
  unit: (input) => input.unitId,
  allow: members,
  async run(context, { unitId, id, outcome, text }) {
    const found = await demandQuestion(context, unitId, id);
    if (found.state !== 'open') refuse('questions.already-answered');
    const given = { state: outcome, answer: text, on: context.today, by: actorOf(context) };
    await setAnswer(context.tx, unitId, id, given);
    return { state: outcome };
  },
});

/** Puts a question and its answer on the public page: both written anew without anything personal, and only where the asker allowed it. */
export const publish = operation({
  name: 'questions.publish',
  kind: 'command',
  input: z.strictObject({ ...key, question: words(500), answer: words(LONGEST) }),
  unit: (input) => input.unitId,
  allow: members,
  async run(context, { unitId, id, question, answer: text }) {
    const found = await demandQuestion(context, unitId, id);
    if (!found.mayPublish) refuse('questions.not-allowed-to-publish');
    if (found.state === 'open') refuse('questions.not-answered');
    await setPublished(context.tx, unitId, id, { question, answer: text, on: context.today });
    return { publishedOn: context.today };
  },
});

/** Takes an answer off the public page. */
export const withdraw = operation({
  name: 'questions.withdraw',
  kind: 'command',
  input: z.strictObject(key),
  unit: (input) => input.unitId,
  allow: members,
  async run(context, { unitId, id }) {
    await demandQuestion(context, unitId, id);
    await setPublished(context.tx, unitId, id, null);
    return {};
  },
});
