import { periodEnd, periodOf, periodSchema, refuse, shiftPeriod } from '@dinh/domain/kernel';
import { applyCaps } from '@dinh/packs/assessment';
import type { Pack, PackStrings } from '@dinh/packs/schema';
import { listCandidates } from '@dinh/store/classifications';
import { listPacks } from '@dinh/store/programmes';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { above, programmeKeySchema, unitIdSchema } from '../programmes/public.ts';

const classifies = (pack: Pack) =>
  pack.periods.includes('year') || pack.periods.includes('quarter') || pack.aggregation.length > 0;
/** Beyond this the line could fall among units that were not read. */
const MOST = 5_000;

/**
 * The units below with what was proposed and decided for a period, and where each cap's line falls among them. Advice: nobody's level
 * is changed by it, and where the rule's ratio is not known no line is drawn.
 */
export const caps = operation({
  name: 'classifications.caps',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    /** The first programme that classifies when absent. */
    programme: programmeKeySchema.optional(),
    /** The year before today's when absent. */
    period: periodSchema.optional(),
  }),
  unit: (input) => input.unitId,
  allow: above,
  async run({ tx, today }, { unitId, programme, ...input }) {
    const period = input.period ?? shiftPeriod(periodOf('year', today), -1);
    const day = periodEnd(period);
    const inForce = (await listPacks(tx)).filter(
      ({ validFrom, validTo, content }) => validFrom <= day && validTo > day && classifies(content as Pack),
    );
    const stored = programme ? inForce.find(({ key }) => key === programme) : inForce[0];
    if (!stored) return refuse('programmes.pack-not-in-force', { programme: programme ?? '', period });
    const pack = stored.content as Pack;
    const { programmeId } = stored;
    const candidates = await listCandidates(tx, { aboveId: unitId, programmeId, period, day, limit: MOST + 1 });
    if (candidates.length > MOST) refuse('input.too-large', { maximum: MOST });
    const lines = candidates.map((line) => ({ ...line, level: line.decidedLevel ?? line.proposedLevel }));
    const drawn = applyCaps(
      pack,
      lines.map(({ unitId, level, points, kind }) => ({ id: String(unitId), level, points, group: kind })),
    );
    const named = (ids: readonly string[]) =>
      ids.map((id) => ({ unitId: Number(id), unit: lines.find((line) => line.unitId === Number(id))?.unit ?? '' }));
    return {
      unit: (await readUnitPlace(tx, unitId, day))?.name ?? '',
      programme: stored.key,
      strings: stored.strings as PackStrings,
      programmes: inForce.map(({ key, strings }) => ({ key, strings: strings as PackStrings })),
      period,
      previous: shiftPeriod(period, -1),
      next: shiftPeriod(period, 1),
      lines,
      caps: drawn.map(({ cap, level, groups }) => ({
        cap,
        level,
        groups: groups.map(({ within, beyond, tied, ...group }) => ({
          ...group,
          within: named(within),
          beyond: named(beyond),
          tied: named(tied),
        })),
      })),
    };
  },
});
