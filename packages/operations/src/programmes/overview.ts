import { daySchema, periodEnd, periodSchema, refuse } from '@dinh/domain/kernel';
import { addMeasures } from '@dinh/domain/programmes';
import type { Pack, PackStrings } from '@dinh/packs/schema';
import type { Tx } from '@dinh/store/connection';
import { packInForce, readKindsBelow, readTrails } from '@dinh/store/programmes';
import { readOwnFigures, readRollupMark, readTotals, readTotalsAsOf, type Total } from '@dinh/store/rollups';
import { readChildrenBriefly, readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, operation } from '../kernel/public.ts';
import { periodsBack } from './desk.ts';
import { programmeKeySchema, unitIdSchema } from './sheet-key.ts';
import { unitsBehind } from './units-behind.ts';

const MONTHS_OF_TREND = 12;
const MOST_CHILDREN = 500;

/** Figures of one unit in one period, by item. */
export type Figures = Record<string, Omit<Total, 'unitId' | 'period' | 'item'>>;

function byUnitAndPeriod(totals: readonly Total[]): Map<string, Figures> {
  const found = new Map<string, Figures>();
  for (const { unitId, period, item, ...measures } of totals) {
    const key = `${unitId}/${period}`;
    const figures = found.get(key) ?? {};
    const old = figures[item];
    // A unit with a sheet of its own and units below it has both.
    figures[item] = old ? addMeasures(old, measures) : measures;
    found.set(key, figures);
  }
  return found;
}

/** Which overview: of which unit and programme, in which period, by the tree of which day, of which kind of part. */
export const overviewInput = z.strictObject({
  unitId: unitIdSchema,
  programme: programmeKeySchema,
  period: periodSchema,
  asOf: daySchema.optional().describe('by the tree of this day instead of the period’s last day'),
  kind: z.string().max(60).optional().describe('only parts of this kind'),
  limit: z.int().min(1).max(MOST_CHILDREN).default(MOST_CHILDREN).describe('parts listed at once'),
  offset: z.int().min(0).max(1_000_000).default(0).describe('parts passed over, by name'),
});

/** Everything the overview shows, in a number of statements that does not depend on how many units there are. */
export async function loadOverview(
  tx: Tx,
  { unitId, programme, period, asOf, kind, limit, offset }: z.output<typeof overviewInput>,
) {
  const stored = await packInForce(tx, programme, periodEnd(period));
  if (!stored) return refuse('programmes.pack-not-in-force', { programme, period });
  const day = asOf ?? periodEnd(period);
  const place = await readUnitPlace(tx, unitId, day);
  if (!place) return refuse('programmes.unit-not-in-period', { period });
  const { programmeId } = stored;
  const found = await readChildrenBriefly(tx, unitId, day, limit + 1, kind, offset);
  const children = found.slice(0, limit);
  const unitIds = [unitId, ...children.map(({ id }) => id)];
  const trend = periodsBack(period, MONTHS_OF_TREND);
  const earlier = trend.slice(0, -1);
  // Figures of the tree of another day cannot come from the totals, which stand by the tree of each period's last day.
  const read = (units: readonly number[], periods: readonly string[]) =>
    asOf
      ? readTotalsAsOf(tx, { unitIds: units, programmeId, periods, day })
      : readTotals(tx, { unitIds: units, programmeId, periods });
  const totals = [...(await read(unitIds, [period])), ...(await read([unitId], earlier))];
  const own = await readOwnFigures(tx, { unitIds, programmeId, periods: [period] });
  const ownEarlier = await readOwnFigures(tx, { unitIds: [unitId], programmeId, periods: earlier });
  const figures = byUnitAndPeriod([...totals, ...own, ...ownEarlier]);
  return {
    unit: { id: unitId, ...place },
    /** Units above, the root first. */
    trail: (await readTrails(tx, [unitId], day)).get(unitId) ?? [],
    kinds: await readKindsBelow(tx, unitId, day),
    programme,
    programmeId,
    period,
    day,
    pack: stored.content as Pack,
    strings: stored.strings as PackStrings,
    whole: figures.get(`${unitId}/${period}`) ?? {},
    children: children.map((child) => ({ ...child, figures: figures.get(`${child.id}/${period}`) ?? {} })),
    /** There are more parts than are listed. */
    more: found.length > limit,
    offset,
    trend: trend.map((each) => ({ period: each, figures: figures.get(`${unitId}/${each}`) ?? {} })),
  };
}

/**
 * A programme in one period for a unit and each unit right below it: coverage, levels, criteria, gaps and regressions, with the twelve
 * periods that led there. By the tree of the period's last day, or of another day when one is asked for.
 */
export const overview = operation({
  name: 'programmes.overview',
  kind: 'query',
  input: overviewInput,
  unit: (input) => input.unitId,
  allow: 'signed-in',
  async run(context, input) {
    const { programmeId: _programmeId, ...seen } = await loadOverview(context.tx, input);
    return {
      ...seen,
      mark: await readRollupMark(context.tx),
      allowed: await allowedOn(context, input.unitId, [unitsBehind]),
    };
  },
});
