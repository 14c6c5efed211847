import { periodEnd, periodOf, refuse, shiftPeriod } from '@dinh/domain/kernel';
import type { Pack, PackStrings } from '@dinh/packs/schema';
import { findClassification, listClassifications, readClassificationEvents } from '@dinh/store/classifications';
import { packInForce, readAdoptions, readPackStrings } from '@dinh/store/programmes';
import { readChildrenBriefly, readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, operation } from '../kernel/public.ts';
import { readers, unitIdSchema } from '../programmes/public.ts';
import { caps } from './caps.ts';
import { appeal, decide } from './decide.ts';
import { classificationKey, propose } from './propose.ts';
import { type FrozenInputs, type Outcome, workOut } from './work-out.ts';

/** One classification with what it was worked out from, and whether the sheets have changed since. */
export const read = operation({
  name: 'classifications.read',
  kind: 'query',
  input: z.strictObject(classificationKey),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, key) {
    const found = await findClassification(context.tx, key, false);
    if (!found) return refuse('classifications.unknown', { period: key.period });
    const { programmeId, inputs, result, ...shown } = found;
    const now = await workOut(context, key);
    const pack = now.stored.content as Pack;
    return {
      ...shown,
      unit: (await readUnitPlace(context.tx, key.unitId, periodEnd(key.period)))?.name ?? '',
      levels: pack.levels.map(({ id }) => id),
      strings: (await readPackStrings(context.tx, programmeId, found.packVersion)) as PackStrings,
      inputs: inputs as FrozenInputs,
      result: result as Outcome,
      /** Sheets were verified, reopened or corrected since: the proposal no longer shows what stands now. */
      outdated: now.digest !== found.inputsDigest,
      levelNow: now.outcome.level,
      events: await readClassificationEvents(context.tx, { unitId: key.unitId, programmeId, period: key.period }),
      allowed: await allowedOn(context, key.unitId, [propose, decide, appeal]),
    };
  },
});

/** Classifications of a unit, and the periods of its programmes that can be worked out. */
export const list = operation({
  name: 'classifications.list',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, { unitId }) {
    const { tx, today } = context;
    const hasBelow = (await readChildrenBriefly(tx, unitId, today, 1)).length > 0;
    const found = await listClassifications(tx, unitId);
    const adopted = (await readAdoptions(tx, unitId, today)).map(({ key }) => key);
    const programmes = [];
    for (const key of [...new Set([...adopted, ...found.map(({ programme }) => programme)])]) {
      const stored = await packInForce(tx, key, today);
      if (!stored) continue;
      const pack = stored.content as Pack;
      const kinds = (['quarter', 'year'] as const).filter(
        (kind) => pack.periods.includes(kind) || pack.aggregation.some(({ to }) => to === kind),
      );
      if (kinds.length === 0) continue;
      const lines = found
        .filter(({ programme }) => programme === key)
        .map(({ period, state, proposedLevel, decidedLevel, decidedOn }) => ({
          period,
          state,
          proposedLevel,
          decidedLevel,
          decidedOn,
        }));
      const current = adopted.includes(key) ? kinds.map((kind) => periodOf(kind, today)) : [];
      programmes.push({
        key,
        strings: stored.strings as PackStrings,
        lines,
        /** This period and the one before it, where nobody has worked them out. */
        open: current
          .flatMap((period) => [period, shiftPeriod(period, -1)])
          .filter((period) => !lines.some((line) => line.period === period)),
      });
    }
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      programmes,
      allowed: await allowedOn(context, unitId, [propose, ...(hasBelow ? [caps] : [])]),
    };
  },
});
