import { workStates } from '@dinh/domain/works';
import { readUnitPlace } from '@dinh/store/units';
import { countWorks, listPhotos, listWorks, readCosts, readReports, readSteps, readWorkKinds } from '@dinh/store/works';
import { z } from 'zod';
import { allowedOn, operation } from '../kernel/public.ts';
import { unitIdSchema } from '../programmes/public.ts';
import { demandWork, kindKeySchema, onlookers, workKey } from './access.ts';
import { add, correct } from './add.ts';
import { addCost, takeBackCost } from './money.ts';
import { addPhoto, removePhoto } from './photos.ts';
import { move, report } from './progress.ts';

/** Works of a unit, those under way first, some at a time. */
export const list = operation({
  name: 'works.list',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    state: z.enum(workStates).nullable().default(null),
    kind: kindKeySchema.nullable().default(null),
    driveId: z.uuid().nullable().default(null),
    limit: z.int().min(1).max(200).default(30),
    offset: z.int().min(0).max(100_000).default(0),
  }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, state, kind, driveId, limit, offset }) {
    const { tx, today } = context;
    const states = state === null ? workStates : [state];
    const found = await listWorks(tx, unitId, { states, kind, driveId, limit: limit + 1, offset });
    const works = found.slice(0, limit);
    const photos = await listPhotos(
      tx,
      unitId,
      works.map(({ id }) => id),
    );
    const latest = new Map(photos.map(({ workId, digest, caption }) => [workId, { digest, caption }]));
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      works: works.map((work) => ({ ...work, photo: latest.get(work.id) ?? null })),
      more: found.length > limit,
      counts: await countWorks(tx, unitId),
      kinds: await readWorkKinds(tx),
      allowed: await allowedOn(context, unitId, [add]),
    };
  },
});

/** One work with everything that happened to it. */
export const read = operation({
  name: 'works.read',
  kind: 'query',
  input: z.strictObject(workKey),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, workId }) {
    const { tx, today, actor } = context;
    const work = await demandWork(context, unitId, workId, false);
    const key = { unitId, id: workId };
    const kept = await allowedOn(context, unitId, [correct, move, addCost, takeBackCost, removePhoto]);
    const isTheirs = kept.length > 0 || (actor.kind === 'person' && actor.personId === work.responsible);
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      work,
      kind: (await readWorkKinds(tx)).find(({ key: each }) => each === work.kind) ?? null,
      photos: await listPhotos(tx, unitId, [workId]),
      steps: await readSteps(tx, key),
      reports: await readReports(tx, key),
      costs: await readCosts(tx, key),
      allowed: [...kept, ...(isTheirs ? await allowedOn(context, unitId, [report, addPhoto]) : [])],
    };
  },
});
