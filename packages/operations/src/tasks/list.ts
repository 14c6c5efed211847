import { daySchema } from '@dinh/domain/kernel';
import { standingOf, type TaskStanding, taskKinds } from '@dinh/domain/tasks';
import { listPeople } from '@dinh/store/people';
import { countTasks, listTasks, readOwedTasks, type TaskLine, taskShows } from '@dinh/store/tasks';
import { listNeighbours, readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, operation } from '../kernel/public.ts';
import { readers, unitIdSchema } from '../programmes/public.ts';
import { approve } from './decide.ts';
import { evaluate } from './evaluate.ts';
import { register } from './register.ts';

export type ListedTask = TaskLine & { standing: TaskStanding };

export const withStanding = <Line extends TaskLine>(line: Line, today: string): Line & { standing: TaskStanding } => ({
  ...line,
  standing: standingOf(line, today),
});

const PAGE = 20;

/** A page of a unit's tasks by deadline, and how many stand how. `next` is where the following page begins. */
export const list = operation({
  name: 'tasks.list',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    show: z.enum(taskShows).default('open'),
    kind: z.enum(taskKinds).optional(),
    person: z.uuid().optional(),
    /** Deadlines from and up to these days, both inclusive. */
    dueFrom: daySchema.optional(),
    dueTo: daySchema.optional(),
    after: z.strictObject({ deadline: daySchema, id: z.uuid() }).optional(),
    limit: z.int().min(1).max(200).default(PAGE),
  }),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, input) {
    const { tx, today } = context;
    const { unitId, limit } = input;
    const found = await listTasks(tx, { ...input, today, limit: limit + 1 });
    const tasks = found.slice(0, limit);
    const last = found.length > limit ? tasks.at(-1) : undefined;
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      tasks: tasks.map((line): ListedTask => withStanding(line, today)),
      next: last ? { deadline: last.deadline, id: last.id } : null,
      counts: await countTasks(tx, unitId, today),
      allowed: await allowedOn(context, unitId, [register]),
    };
  },
});

/** What the caller owes in a unit, and what waits there for those who decide. */
export const owed = operation({
  name: 'tasks.owed',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, limit: z.int().min(1).max(50).default(5) }),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, { unitId, limit }) {
    const { tx, today, actor } = context;
    const person = actor.kind === 'person' ? actor.personId : '00000000-0000-0000-0000-000000000000';
    const { tasks, total, waiting, below } = await readOwedTasks(tx, { unitId, person, limit, day: today });
    return {
      today,
      tasks: tasks.map((line): ListedTask => withStanding(line, today)),
      total,
      waiting,
      below,
      allowed: await allowedOn(context, unitId, [approve, evaluate]),
    };
  },
});

const MOST_PEOPLE = 300;

const MOST_UNITS = 100;

/** What a form for a new task offers: the people of the unit, and units that may lend a hand. */
export const choices = operation({
  name: 'tasks.choices',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, { unitId }) {
    const { tx, today, now } = context;
    const { people } = await listPeople(tx, {
      unitId,
      day: today,
      now,
      search: '',
      posts: null,
      limit: MOST_PEOPLE,
      offset: 0,
    });
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      people: people
        .filter(({ erased }) => !erased)
        .map(({ id, name, posts }) => ({ id, name, post: posts[0]?.post ?? null })),
      units: (await listNeighbours(tx, unitId, today, MOST_UNITS)).map(({ id, name }) => ({ id, name })),
      allowed: await allowedOn(context, unitId, [register]),
    };
  },
});
