import { decimalOf } from '@dinh/domain/contributions';
import type { Day } from '@dinh/domain/kernel';
import { daySchema, refuse } from '@dinh/domain/kernel';
import { spotOf, takenBack, talliesOfPlan, tallyOfState } from '@dinh/domain/works';
import { findDrive, listDrives } from '@dinh/store/contributions';
import { listPeople, readPerson } from '@dinh/store/people';
import { appendTallies } from '@dinh/store/rollups';
import { findTask, listTasks } from '@dinh/store/tasks';
import { readUnitPlace } from '@dinh/store/units';
import { insertWork, putPlanned, putState, readWorkKinds, rewriteWork, type WorkContent } from '@dinh/store/works';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { actorOf, unitIdSchema } from '../programmes/public.ts';
import {
  countedOf,
  demandKind,
  demandWork,
  keepers,
  kindKeySchema,
  lineSchema,
  quantitiesSchema,
  refuseAt,
  sensibleDay,
  workKey,
} from './access.ts';

const MOST_CHOICES = 500;

const content = {
  title: lineSchema,
  /** Where, in words. */
  place: z.string().trim().max(300).default(''),
  /** Where on a map: `latitude, longitude`, a point on each line. */
  spot: z.string().max(8_000).default(''),
  driveId: z.uuid().nullable().default(null),
  taskId: z.uuid().nullable().default(null),
  responsible: z.uuid().nullable().default(null),
  starts: daySchema,
  due: daySchema,
  /** What is planned of each measure. */
  quantities: quantitiesSchema.default({}),
};

/** What was typed, held against what the unit has. */
async function contentOf(
  context: Context,
  unitId: number,
  typed: z.output<z.ZodObject<typeof content>>,
): Promise<WorkContent> {
  const { tx, today } = context;
  const { title, place, driveId, taskId, responsible, starts, due } = typed;
  if (!sensibleDay(context, starts)) refuseAt('starts', 'works.day-wrong');
  if (due < starts || !sensibleDay(context, due)) refuseAt('due', 'works.day-wrong');
  const spot = typed.spot.trim() === '' ? null : spotOf(typed.spot);
  if (spot === null && typed.spot.trim() !== '') refuseAt('spot', 'works.spot-wrong');
  if (driveId !== null && !(await findDrive(tx, unitId, driveId))) refuseAt('driveId', 'works.drive-unknown');
  if (taskId !== null && !(await findTask(tx, { unitId, id: taskId }, today, false)))
    refuseAt('taskId', 'works.task-unknown');
  if (responsible !== null) {
    const person = await readPerson(tx, responsible, today);
    if (person?.unitId !== unitId || person.erased) refuseAt('responsible', 'works.person-unknown');
  }
  return { title, place, spot, driveId, taskId, responsible, starts, due };
}

const decimals = (counted: ReturnType<typeof countedOf>) =>
  counted.map(({ measure, quantity }) => ({ measure, planned: quantity === null ? null : decimalOf(quantity) }));

/** Adds a work that is planned. One from earlier days is planned on the day it was to begin. */
export const add = operation({
  name: 'works.add',
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema, id: z.uuid(), kind: kindKeySchema, ...content }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, input) {
    const { unitId, id, kind: key } = input;
    const kind = await demandKind(context, key);
    if (kind.retired) refuseAt('kind', 'works.kind-unknown', { kind: key });
    const planned = countedOf(kind.measures, input.quantities);
    const work = await contentOf(context, unitId, input);
    const on: Day = work.starts < context.today ? work.starts : context.today;
    const by = { actor: actorOf(context), at: context.now };
    if (!(await insertWork(context.tx, { ...work, unitId, id, kind: key, on, ...by }))) refuse('works.already-there');
    const quantities = decimals(planned);
    await putPlanned(context.tx, { unitId, id }, quantities);
    await putState(context.tx, { unitId, id }, { state: 'planned', on, reason: '', ...by });
    const added = [tallyOfState(key, 'planned', on), ...talliesOfPlan(key, work.due, quantities)];
    await appendTallies(context.tx, unitId, added);
    return { id };
  },
});

/** Corrects what was planned of a work. Its kind stays: what was done is counted by it. */
export const correct = operation({
  name: 'works.correct',
  kind: 'command',
  input: z.strictObject({
    ...workKey,
    ...content,
    /** The revision the person was looking at. */
    revision: z.int().min(1),
  }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, input) {
    const { unitId, workId } = input;
    const work = await demandWork(context, unitId, workId);
    if (work.revision !== input.revision) refuse('works.changed-meanwhile');
    if (work.state === 'handed-over') refuse('works.ended');
    const planned = countedOf((await demandKind(context, work.kind)).measures, input.quantities);
    const changed = await contentOf(context, unitId, input);
    const quantities = decimals(planned);
    await rewriteWork(context.tx, { unitId, id: workId }, changed, context.now);
    await putPlanned(context.tx, { unitId, id: workId }, quantities);
    const before = talliesOfPlan(work.kind, work.due, work.quantities).map(takenBack);
    await appendTallies(context.tx, unitId, [...before, ...talliesOfPlan(work.kind, changed.due, quantities)]);
    return { id: workId };
  },
});

/** What adding a work can choose from: kinds, drives and open tasks of the unit, and its people. */
export const prepare = operation({
  name: 'works.prepare',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run({ tx, today, now }, { unitId }) {
    const page = { search: '', posts: null, limit: MOST_CHOICES, offset: 0 };
    const { people } = await listPeople(tx, { unitId, day: today, now, ...page });
    const tasks = await listTasks(tx, { unitId, today, show: 'agreed', limit: MOST_CHOICES });
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      kinds: (await readWorkKinds(tx)).filter(({ retired }) => !retired),
      drives: (await listDrives(tx, unitId)).map(({ id, title }) => ({ id, title })),
      tasks: tasks.map(({ id, title }) => ({ id, title })),
      people: people.map(({ id, name }) => ({ id, name })),
    };
  },
});
