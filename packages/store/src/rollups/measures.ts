import type { Measures } from '@dinh/domain/programmes';
import { type RawBuilder, sql } from 'kysely';

/** Measure columns of `rollup_cell` and `rollup_change`, with the property each has in the domain. */
export const measureColumns = {
  declared: 'declared',
  declared_met: 'declaredMet',
  declared_sustained: 'declaredSustained',
  declared_value: 'declaredValue',
  declared_of: 'declaredOf',
  verified: 'verified',
  verified_met: 'verifiedMet',
  verified_sustained: 'verifiedSustained',
  verified_value: 'verifiedValue',
  verified_of: 'verifiedOf',
  differing: 'differing',
  regressed: 'regressed',
} as const satisfies Record<string, keyof Measures>;

export type MeasureColumn = keyof typeof measureColumns;
export const columns = Object.keys(measureColumns) as MeasureColumn[];
const decimals: ReadonlySet<MeasureColumn> = new Set([
  'declared_value',
  'declared_of',
  'verified_value',
  'verified_of',
]);
const columnType = (column: MeasureColumn) => (decimals.has(column) ? 'numeric' : 'integer');

const list = (each: (column: MeasureColumn) => string): RawBuilder<unknown> => sql.raw(columns.map(each).join(', '));

/** `declared, declared_met, …` */
export const names = list((column) => column);
/** `c.declared, c.declared_met, …` of a table alias. */
export const namesOf = (alias: string) => list((column) => `${alias}.${column}`);
/** `sum(c.declared) as declared, …` */
export const sumsOf = (alias: string) => list((column) => `sum(${alias}.${column}) as ${column}`);
/** `-c.declared as declared, …` */
export const negativesOf = (alias: string) => list((column) => `-${alias}.${column} as ${column}`);
/** `declared = rollup_cell.declared + excluded.declared, …` for an upsert. */
export const accumulate = list((column) => `${column} = rollup_cell.${column} + excluded.${column}`);
/** Lines of a waiting change's `cells` beside its row, for a `from` list: `line` and its fields `f`, null where the text is empty. */
export const unpacked = (alias: string) =>
  sql.raw(`string_to_table(${alias}.cells, e'\\n') as line cross join lateral string_to_array(line, e'\\t', '') as f`);
/** `f[1] as item, coalesce(f[2]::integer, 0) as declared, …` after `unpacked`. */
export const fields = sql.raw(
  [
    'f[1] as item',
    ...columns.map((column, place) => `coalesce(f[${place + 2}]::${columnType(column)}, 0) as ${column}`),
  ].join(', '),
);
