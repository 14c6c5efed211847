import { addDecimals, type Measures } from '@dinh/domain/programmes';
import { columns, measureColumns } from './measures.ts';

export type Total = { unitId: number; period: string; item: string } & Measures;
/** Totals of one unit in one period as they came: a line per item, its measures with tabs between. */
export type Bundle = { unit_id: number; period: string; cells: string };

export const nothing: Measures = {
  declared: 0,
  declaredMet: 0,
  declaredSustained: 0,
  declaredValue: '0',
  declaredOf: '0',
  verified: 0,
  verifiedMet: 0,
  verifiedSustained: 0,
  verifiedValue: '0',
  verifiedOf: '0',
  differing: 0,
  regressed: 0,
};
const places = columns.map((column) => {
  const measure = measureColumns[column];
  return { measure, isDecimal: typeof nothing[measure] === 'string' };
});
type Amounts = Record<keyof Measures, number | string>;

/** Adds the measures that a line says; the others are zero. */
function add(sum: Measures, fields: readonly string[]): void {
  const amounts: Amounts = sum;
  for (let place = 1; place < fields.length; place += 1) {
    const field = fields[place]!;
    if (field === '' || field === '0') continue;
    const { measure, isDecimal } = places[place - 1]!;
    const amount = amounts[measure];
    if (isDecimal) amounts[measure] = amount === '0' ? field : addDecimals(amount as string, field);
    else amounts[measure] = (amount as number) + Number(field);
  }
}

/** Totals of one unit in one period, by item. */
export type Standing = { unitId: number; period: string; items: Map<string, Measures> };

export function standingOf({ unit_id, period, cells }: Bundle): Standing {
  const items = new Map<string, Measures>();
  for (const line of cells.split('\n')) {
    const fields = line.split('\t');
    const measures = { ...nothing };
    add(measures, fields);
    items.set(fields[0]!, measures);
  }
  return { unitId: unit_id, period, items };
}

/** What stands with what waits laid over it. What stands is left as it was. */
export function laidOver(standing: readonly Standing[], waiting: readonly Bundle[]): readonly Standing[] {
  if (waiting.length === 0) return standing;
  const sums = new Map(standing.map((one) => [`${one.unitId} ${one.period}`, { one, own: new Set<string>() }]));
  for (const { unit_id: unitId, period, cells } of waiting) {
    const key = `${unitId} ${period}`;
    const sum = sums.get(key) ?? { one: { unitId, period, items: new Map() }, own: new Set<string>() };
    sums.set(key, sum);
    // Only a unit that something waits for is copied, and of it only the rows that change.
    if (sum.own.size === 0) sum.one = { unitId, period, items: new Map(sum.one.items) };
    for (const line of cells.split('\n')) {
      const fields = line.split('\t');
      const item = fields[0]!;
      if (!sum.own.has(item)) {
        sum.own.add(item);
        sum.one.items.set(item, { ...(sum.one.items.get(item) ?? nothing) });
      }
      add(sum.one.items.get(item)!, fields);
    }
  }
  return [...sums.values()].map(({ one }) => one);
}

/** As rows, of these items only when some are named. */
export const rowsOf = (standing: readonly Standing[], only?: readonly string[]): Total[] =>
  standing.flatMap(({ unitId, period, items }) =>
    [...items].flatMap(([item, measures]) =>
      only && !only.includes(item) ? [] : [{ unitId, period, item, ...measures }],
    ),
  );
