import { daySchema, periodEnd, periodSchema, refuse } from '@dinh/domain/kernel';
import type { Pack } from '@dinh/packs/schema';
import { packInForce } from '@dinh/store/programmes';
import { readOwnFigures, readRollupMark, readTotals, readTotalsAsOf, type Total } from '@dinh/store/rollups';
import { readChildrenBriefly, readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { periodsBack } from './desk.ts';
import { programmeKeySchema, unitIdSchema } from './sheet-key.ts';

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
    figures[item] = old ? addMeasures(old, measures) : measures;
    found.set(key, figures);
  }
  return found;
}

function addMeasures(a: Figures[string], b: Figures[string]): Figures[string] {
  const sum = (x: number | string, y: number | string) =>
    // A unit with a sheet of its own and units below it: counts add up, decimals are added as scaled integers.
    typeof x === 'number' && typeof y === 'number' ? x + y : addDecimals(String(x), String(y));
  return Object.fromEntries(
    Object.keys(a).map((key) => [key, sum(a[key as keyof typeof a], b[key as keyof typeof b])]),
  ) as Figures[string];
}

const SCALE = 6;
function addDecimals(a: string, b: string): string {
  const scaled = (text: string) => {
    const [whole = '0', part = ''] = text.replace('-', '').split('.');
    const value = BigInt(whole + part.padEnd(SCALE, '0').slice(0, SCALE));
    return text.startsWith('-') ? -value : value;
  };
  const sum = scaled(a) + scaled(b);
  const digits = String(sum < 0n ? -sum : sum).padStart(SCALE + 1, '0');
  const text = `${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`.replace(/\.?0+$/, '');
  return sum < 0n ? `-${text}` : text;
}

/**
 * A programme in one period for a unit and each unit right below it: coverage, levels, criteria, gaps and regressions, with the twelve
 * periods that led there. By the tree of the period's last day, or of another day when one is asked for.
 */
export const overview = operation({
  name: 'programmes.overview',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    programme: programmeKeySchema,
    period: periodSchema,
    asOf: daySchema.optional(),
    kind: z.string().max(60).optional(),
  }),
  unit: (input) => input.unitId,
  allow: 'signed-in',
  async run({ tx }, { unitId, programme, period, asOf, kind }) {
    const stored = await packInForce(tx, programme, periodEnd(period));
    if (!stored) return refuse('programmes.pack-not-in-force', { programme, period });
    const day = asOf ?? periodEnd(period);
    const place = await readUnitPlace(tx, unitId, day);
    if (!place) return refuse('programmes.unit-not-in-period', { period });
    const { programmeId } = stored;
    const found = await readChildrenBriefly(tx, unitId, day, MOST_CHILDREN);
    const children = kind ? found.filter((child) => child.kind === kind) : found;
    const unitIds = [unitId, ...children.map(({ id }) => id)];
    const trend = periodsBack(period, MONTHS_OF_TREND);
    const totals = asOf
      ? [
          ...(await readTotalsAsOf(tx, { unitIds, programmeId, periods: [period], day })),
          ...(await readTotalsAsOf(tx, { unitIds: [unitId], programmeId, periods: trend.slice(0, -1), day })),
        ]
      : [
          ...(await readTotals(tx, { unitIds, programmeId, periods: [period] })),
          ...(await readTotals(tx, { unitIds: [unitId], programmeId, periods: trend.slice(0, -1) })),
        ];
    const own = await readOwnFigures(tx, { unitIds, programmeId, periods: [period] });
    const figures = byUnitAndPeriod([...totals, ...own]);
    return {
      unit: { id: unitId, ...place },
      programme,
      period,
      day,
      pack: stored.content as Pack,
      strings: stored.strings,
      whole: figures.get(`${unitId}/${period}`) ?? {},
      children: children.map((child) => ({ ...child, figures: figures.get(`${child.id}/${period}`) ?? {} })),
      trend: trend.map((each) => ({ period: each, figures: figures.get(`${unitId}/${each}`) ?? {} })),
      mark: await readRollupMark(tx),
    };
  },
});
