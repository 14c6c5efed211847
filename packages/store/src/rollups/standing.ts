import { addDecimals, type Measures, nothing } from '@dinh/domain/programmes';
import { columns, measureColumns } from './measures.ts';

export type Total = { unitId: number; period: string; item: string } & Measures;
/** Totals of one unit in one period as they came: a line per item, its measures with tabs between. */
export type Bundle = { unit_id: number; period: string; cells: string };

const places = columns.map((column) => {
  const measure = measureColumns[column];
  return { measure, isDecimal: typeof nothing[measure] === 'string' };
});
type Amounts = Record<keyof Measures, number | string>;

/** Adds `times` the measures that a line says; the others are zero. */
function add(sum: Measures, fields: readonly string[], times = 1): void {
  const amounts: Amounts = sum;
  for (let place = 1; place < fields.length; place += 1) {
    const field = fields[place]!;
    if (field === '' || field === '0') continue;
    const { measure, isDecimal } = places[place - 1]!;
    if (!isDecimal) amounts[measure] = (amounts[measure] as number) + times * Number(field);
    else if (times === 1 && amounts[measure] === '0') amounts[measure] = field;
    else for (let time = 0; time < times; time += 1) amounts[measure] = addDecimals(amounts[measure] as string, field);
  }
}

/** Totals of one unit in one period, by item. */
export type Standing = { unitId: number; period: string; items: Map<string, Total> };

// Copied whole: a row put together from parts for each line is several times slower to make.
const blank: Total = { unitId: 0, period: '', item: '', ...nothing };
function emptyRow(unitId: number, period: string, item: string): Total {
  const row = { ...blank };
  row.unitId = unitId;
  row.period = period;
  row.item = item;
  return row;
}

export function standingOf({ unit_id: unitId, period, cells }: Bundle): Standing {
  const items = new Map<string, Total>();
  for (const line of cells.split('\n')) {
    const fields = line.split('\t');
    const row = emptyRow(unitId, period, fields[0]!);
    add(row, fields);
    items.set(row.item, row);
  }
  return { unitId, period, items };
}

/** What stands with what waits laid over it. What stands is left as it was. */
export function laidOver(standing: readonly Standing[], waiting: readonly Bundle[]): readonly Standing[] {
  if (waiting.length === 0) return standing;
  const all = new Map(standing.map((one) => [`${one.unitId} ${one.period}`, one]));
  // Sheets of a month change the totals in few ways: the same line is read once, however often it waits.
  const lines = new Map<string, Map<string, number>>();
  for (const { unit_id, period, cells } of waiting) {
    const key = `${unit_id} ${period}`;
    const counts = lines.get(key) ?? new Map<string, number>();
    lines.set(key, counts);
    if (!all.has(key)) all.set(key, { unitId: unit_id, period, items: new Map() });
    for (const line of cells.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  for (const [key, counts] of lines) {
    const { unitId, period, items: old } = all.get(key)!;
    const items = new Map(old);
    const own = new Set<string>();
    for (const [line, times] of counts) {
      const fields = line.split('\t');
      const item = fields[0]!;
      if (!own.has(item)) {
        own.add(item);
        const row = items.get(item);
        items.set(item, row ? { ...row } : emptyRow(unitId, period, item));
      }
      add(items.get(item)!, fields, times);
    }
    all.set(key, { unitId, period, items });
  }
  return [...all.values()];
}

/** As rows, of these items only when some are named. They belong to everybody who reads: not to be changed. */
export const rowsOf = (standing: readonly Standing[], only?: readonly string[]): Total[] => {
  const rows: Total[] = [];
  for (const { items } of standing)
    for (const row of items.values()) if (!only || only.includes(row.item)) rows.push(row);
  return rows;
};
