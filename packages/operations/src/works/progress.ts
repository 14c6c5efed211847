import { decimalOf, milliOf } from '@dinh/domain/contributions';
import { daySchema, refuse } from '@dinh/domain/kernel';
import { needsReason, statesAfter, takenBack, talliesOfReport, tallyOfState, workStates } from '@dinh/domain/works';
import { appendTallies } from '@dinh/store/rollups';
import { appendReport, putState } from '@dinh/store/works';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { actorOf } from '../programmes/public.ts';
import {
  countedOf,
  demandKind,
  demandReported,
  demandWork,
  isInCharge,
  keepers,
  noteSchema,
  quantitiesSchema,
  refuseAt,
  workKey,
} from './access.ts';
import { correct } from './add.ts';

/** Says how much is done so far. The difference to what was said before counts in the month of `on`. */
export const report = operation({
  name: 'works.report',
  kind: 'command',
  input: z.strictObject({
    ...workKey,
    on: daySchema,
    /** Done so far, of each measure; one that is not given stays as it is. */
    quantities: quantitiesSchema,
    note: noteSchema,
    revision: z.int().min(1),
  }),
  unit: (input) => input.unitId,
  allow: [{ role: 'member', reach: 'own' }, ...keepers],
  async run(context, { unitId, workId, on, quantities, note, revision }) {
    const work = await demandWork(context, unitId, workId);
    if (!(await isInCharge(context, work, correct))) refuse('works.not-in-charge');
    if (work.revision !== revision) refuse('works.changed-meanwhile');
    demandReported(work);
    if (on > context.today || on < work.begun) refuseAt('on', 'works.day-wrong');
    const counted = countedOf((await demandKind(context, work.kind)).measures, quantities);
    const added = counted.flatMap(({ measure, quantity }) => {
      const before = milliOf(work.quantities.find((each) => each.measure === measure)?.done ?? '0') ?? 0n;
      return quantity === null || quantity === before ? [] : [{ measure, added: decimalOf(quantity - before) }];
    });
    if (added.length === 0) refuse('works.nothing-done');
    const by = { actor: actorOf(context), at: context.now };
    await appendReport(context.tx, { unitId, id: workId }, { on, note, ...by, added });
    await appendTallies(context.tx, unitId, talliesOfReport(work.kind, on, added));
    return { id: workId };
  },
});

/** Takes a work to its next state, or stops it with the reason. */
export const move = operation({
  name: 'works.move',
  kind: 'command',
  input: z.strictObject({ ...workKey, state: z.enum(workStates), on: daySchema, reason: noteSchema }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, { unitId, workId, state, on, reason }) {
    const work = await demandWork(context, unitId, workId);
    if (!statesAfter(work.state).includes(state)) refuse('works.step-wrong');
    if (needsReason(work.state, state) && reason === '') refuseAt('reason', 'works.reason-needed');
    if (on > context.today || on < work.stateOn) refuseAt('on', 'works.day-wrong');
    const isCounted = work.quantities.length > 0;
    if (state === 'done' && isCounted && work.quantities.every(({ done }) => done === '0'))
      refuse('works.nothing-done');
    const by = { actor: actorOf(context), at: context.now };
    await putState(context.tx, { unitId, id: workId }, { state, on, reason, ...by });
    const left = takenBack(tallyOfState(work.kind, work.state, work.stateOn));
    await appendTallies(context.tx, unitId, [left, tallyOfState(work.kind, state, on)]);
    return { id: workId, state };
  },
});
