import { postRoles, posts } from '@dinh/domain/access';
import { daySchema, refuse } from '@dinh/domain/kernel';
import { appendTaskEvent, findTask, hasPart, insertTask, readHead } from '@dinh/store/tasks';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { actorOf, unitIdSchema } from '../programmes/public.ts';
import { tell } from '../reminders/public.ts';
import { callerOn, demandOpen } from './caller.ts';
import { checkedPeople } from './content.ts';
import { contentFields, taskKey } from './fields.ts';

const heads = posts.filter((post) => (postRoles[post] as readonly string[]).includes('secretary'));

/**
 * Makes a lower unit's part of a task: its own rows, tied to the task it is a part of. The head of the unit answers for it unless
 * somebody else is named; its figures are given with it.
 */
export const spread = operation({
  name: 'tasks.spread',
  kind: 'command',
  input: z.strictObject({
    ...taskKey,
    parentUnitId: unitIdSchema,
    parentId: z.uuid(),
    /** The head of the unit when absent. */
    responsible: z.uuid().optional(),
    /** The whole task's deadline when absent. */
    deadline: daySchema.optional(),
    /** The unit's share of the figures. */
    measures: contentFields.measures,
    note: z.string().trim().max(4000).default(''),
  }),
  unit: (input) => input.unitId,
  allow: [
    { role: 'officer', reach: 'below' },
    { role: 'administrator', reach: 'below' },
  ],
  async run(context, input) {
    const { unitId, id, parentUnitId, parentId } = input;
    const caller = await callerOn(context, unitId);
    const at = caller.ancestors.indexOf(parentUnitId);
    if (caller.personId !== null) {
      if (at < 0) refuse('tasks.not-below');
      // A task is spread by the unit it belongs to, or from further above; not from between.
      if (!caller.posts.some((post) => caller.ancestors.indexOf(post) >= at)) refuse('tasks.parent-unknown');
    }
    const whole = await findTask(context.tx, { unitId: parentUnitId, id: parentId }, context.today, false);
    if (!whole) return refuse('tasks.parent-unknown');
    demandOpen(whole);
    const deadline = input.deadline ?? whole.deadline;
    if (deadline > whole.deadline) {
      refuse('tasks.after-parent', { day: whole.deadline }, [
        { path: 'deadline', code: 'tasks.after-parent', params: { day: whole.deadline } },
      ]);
    }
    if (deadline < context.today) {
      refuse('tasks.deadline-passed', { day: deadline }, [
        { path: 'deadline', code: 'tasks.deadline-passed', params: { day: deadline } },
      ]);
    }
    if (await hasPart(context.tx, { unitId, parentUnitId, parentId })) refuse('tasks.already-there');
    const responsible = input.responsible ?? (await readHead(context.tx, unitId, context.today, heads))?.id;
    if (!responsible) return refuse('tasks.nobody-there');
    const people = await checkedPeople(context, unitId, { responsible, directs: null, coOwners: [] });
    const { title, kind, reason, rootCause, products } = whole;
    const starts = context.today < deadline ? context.today : deadline;
    const number = await insertTask(context.tx, {
      ...people,
      ...{ unitId, id, title, kind, reason, rootCause, products, starts, deadline, parentUnitId, parentId },
      description: input.note === '' ? whole.description : input.note,
      supportingUnits: [],
      measures: input.measures,
      milestones: whole.milestones
        .map(({ due, product }) => ({ due, product }))
        .filter(({ due }) => due >= starts && due <= deadline),
      ...{
        origin: 'above' as const,
        meetingId: null,
        conclusionId: null,
        programme: null,
        period: null,
        criterion: null,
      },
      assignerUnit: parentUnitId,
      assigner: actorOf(context),
      state: 'approved',
      at: context.now,
      on: context.today,
    });
    if (number === null) return refuse('tasks.already-there');
    await appendTaskEvent(context.tx, input, { kind: 'spread', actor: actorOf(context), at: context.now });
    await tell(context, { kind: 'task-given', unitId, matterId: id });
    return { id, number, responsible };
  },
});
