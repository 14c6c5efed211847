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
export const columnType = (column: MeasureColumn) => (decimals.has(column) ? 'numeric' : 'integer');

const list = (each: (column: MeasureColumn) => string): RawBuilder<unknown> => sql.raw(columns.map(each).join(', '));

/** `declared, declared_met, …` */
export const names = list((column) => column);
/** `c.declared, c.declared_met, …` of a table alias. */
export const namesOf = (alias: string) => list((column) => `${alias}.${column}`);
/** `sum(c.declared) as declared, …` */
export const sumsOf = (alias: string) => list((column) => `sum(${alias}.${column}) as ${column}`);
/** `-c.declared as declared, …` */
export const negativesOf = (alias: string) => list((column) => `-${alias}.${column} as ${column}`);
/** `coalesce(g.declared, 0) + coalesce(w.declared, 0) as declared, …`: two rows laid over each other. */
export const addedOf = (a: string, b: string) =>
  list((column) => `coalesce(${a}.${column}, 0) + coalesce(${b}.${column}, 0) as ${column}`);
/** Rows of a group as one text: a line each, the item and its measures with tabs between. */
export const bundleOf = (alias: string) =>
  sql.raw(
    `string_agg(concat_ws(e'\\t', ${alias}.item, ${columns.map((column) => `${alias}.${column}`).join(', ')}), e'\\n')`,
  );
/** `declared = rollup_cell.declared + excluded.declared, …` for an upsert. */
export const accumulate = list((column) => `${column} = rollup_cell.${column} + excluded.${column}`);
/**
 * `unnest(ch.items) as item, unnest(ch.declared) as declared, …` for a select list: there the lists stream side by side, while in
 * `from` each of them is stored first, which costs ten times as much.
 */
export const spread = (alias: string) =>
  sql.raw(
    [['items', 'item'], ...columns.map((column) => [column, column])]
      .map(([list, name]) => `unnest(${alias}.${list}) as ${name}`)
      .join(', '),
  );
