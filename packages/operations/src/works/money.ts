import { daySchema, refuse } from '@dinh/domain/kernel';
import { costSources, takenBack, tallyOfCost } from '@dinh/domain/works';
import { findDrive } from '@dinh/store/contributions';
import { appendTallies } from '@dinh/store/rollups';
import { findCost, insertCost, withdrawCost } from '@dinh/store/works';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { actorOf, reasonSchema, unitIdSchema } from '../programmes/public.ts';
import { demandWork, keepers, refuseAt, sensibleDay, workKey } from './access.ts';

const MOST_MONEY = 1_000_000_000_000_000;

/** Notes money that went into a work and where it came from. */
export const addCost = operation({
  name: 'works.add-cost',
  kind: 'command',
  input: z.strictObject({
    ...workKey,
    id: z.uuid(),
    source: z.enum(costSources),
    /** Which budget, which sponsor. */
    origin: z.string().trim().max(200).default(''),
    /** In the currency's smallest unit. */
    amount: z.int().min(1).max(MOST_MONEY),
    /** ISO 4217. */
    currency: z.string().regex(/^[A-Z]{3}$/),
    on: daySchema,
  }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, { unitId, workId, id, source, origin, amount, currency, on }) {
    const work = await demandWork(context, unitId, workId);
    if (on > context.today || !sensibleDay(context, on)) refuseAt('on', 'works.day-wrong');
    const drive = source === 'people' && work.driveId ? await findDrive(context.tx, unitId, work.driveId) : null;
    if (drive && drive.currency !== currency)
      refuseAt('currency', 'works.currency-foreign', { currency: drive.currency });
    const by = { actor: actorOf(context), at: context.now };
    const added = await insertCost(context.tx, { unitId, workId, id, source, origin, amount, currency, on, ...by });
    if (!added) refuse('works.already-there');
    await appendTallies(context.tx, unitId, [tallyOfCost({ source, currency, amount: String(amount), on })]);
    return { id };
  },
});

/** Takes back money that was entered wrongly. It stays in sight, with the reason. */
export const takeBackCost = operation({
  name: 'works.withdraw-cost',
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema, id: z.uuid(), reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, { unitId, id, reason }) {
    const cost = await findCost(context.tx, { unitId, id });
    if (!cost || cost.withdrawn) refuse('works.cost-unknown');
    await withdrawCost(context.tx, { unitId, id, reason, at: context.now });
    await appendTallies(context.tx, unitId, [takenBack(tallyOfCost(cost))]);
    return { id };
  },
});
