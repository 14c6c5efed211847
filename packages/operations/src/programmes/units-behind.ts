import { daySchema, periodEnd, periodSchema, refuse } from '@dinh/domain/kernel';
import { packInForce, readTrails, readUnitsBehind } from '@dinh/store/programmes';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { readers } from './read-sheet.ts';
import { programmeKeySchema, unitIdSchema } from './sheet-key.ts';

const PAGE = 25;

/** What stands behind a figure: of answers (the first four) or of sheets. */
export const behindSchema = z.enum([
  'met',
  'missed',
  'differing',
  'regressed',
  'sent',
  'not-sent',
  'late',
  'returned',
  'waiting',
  'accepted',
]);

/**
 * The units behind a figure of the overview, by name, a page at a time: the unit itself and all below it, by the tree of the period's
 * last day (or of `asOf`). As many as the figure says: the same rule decides both.
 */
export const unitsBehind = operation({
  name: 'programmes.units-behind',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    programme: programmeKeySchema,
    period: periodSchema,
    which: behindSchema,
    criteria: z.array(z.string().max(60)).min(1).max(300).optional().describe('any of these; all when absent'),
    side: z.enum(['declared', 'verified']).default('verified').describe('whose word "met", "missed" and a level are'),
    level: z.string().max(60).optional(),
    asOf: daySchema.optional(),
    limit: z.int().min(1).max(200).default(PAGE),
    offset: z.int().min(0).max(1_000_000).default(0),
  }),
  unit: (input) => input.unitId,
  allow: readers,
  async run({ tx }, { unitId, programme, period, asOf, ...wanted }) {
    const stored = await packInForce(tx, programme, periodEnd(period));
    if (!stored) return refuse('programmes.pack-not-in-force', { programme, period });
    const day = asOf ?? periodEnd(period);
    const { programmeId } = stored;
    const { total, units } = await readUnitsBehind(tx, { unitId, programmeId, period, day, ...wanted });
    const trails = await readTrails(
      tx,
      units.map(({ id }) => id),
      day,
    );
    return {
      total,
      // Only what lies between the unit asked about and the one found: the rest is known.
      units: units.map((unit) => {
        const trail = trails.get(unit.id) ?? [];
        const from = trail.findIndex(({ id }) => id === unitId);
        return { ...unit, within: unit.id === unitId ? [] : trail.slice(from + 1) };
      }),
    };
  },
});
