import type { Day } from '../kernel/public.ts';
import type { CostSource, WorkState } from './states.ts';

/**
 * What one write adds to the totals of works and contributions, in the month of its day. Numbers below zero take back. Decimals are
 * exact.
 */
export type Tally = {
  on: Day;
  item: string;
  /** How many: works, receipts, amounts. */
  n?: number;
  /** Done, received, spent. */
  value?: string;
  /** Planned, promised. */
  of?: string;
  /** How many vouchers, and what they used. */
  uses?: number;
  used?: string;
};

type Quantities = readonly { measure: string; planned: string | null }[];

/** The same taken back. */
export function takenBack(tally: Tally): Tally {
  const minus = (decimal: string) => (decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`);
  const { on, item, n, value, of, uses, used } = tally;
  return {
    ...{ on, item },
    ...(n !== undefined && { n: -n }),
    ...(value !== undefined && { value: minus(value) }),
    ...(of !== undefined && { of: minus(of) }),
    ...(uses !== undefined && { uses: -uses }),
    ...(used !== undefined && { used: minus(used) }),
  };
}

/** A work that stands in a state since a day. */
export const tallyOfState = (kind: string, state: WorkState, on: Day): Tally => ({
  ...{ on, item: `works.${kind}.${state}` },
  n: 1,
});

/** What is planned to be done by the day a work is due. */
export const talliesOfPlan = (kind: string, due: Day, quantities: Quantities): Tally[] =>
  quantities.flatMap(({ measure, planned }) =>
    planned === null ? [] : [{ on: due, item: `done.${kind}.${measure}`, of: planned }],
  );

/** What a report added to what was done. */
export const talliesOfReport = (kind: string, on: Day, added: readonly { measure: string; added: string }[]): Tally[] =>
  added.map(({ measure, added: value }) => ({ on, item: `done.${kind}.${measure}`, value }));

export const tallyOfCost = (cost: { source: CostSource; currency: string; amount: string; on: Day }): Tally => ({
  ...{ on: cost.on, item: `cost.${cost.source}.${cost.currency}` },
  ...{ n: 1, value: cost.amount },
});

/** What an item of the totals counts. */
export type TallyItem =
  | { what: 'works'; kind: string; state: string }
  | { what: 'done'; kind: string; measure: string }
  | { what: 'cost'; source: string; currency: string }
  | { what: 'given'; kind: string; currency: string }
  | { what: 'givers'; kind: string };

/** Reads an item's name; null for one that is none. */
export function tallyItemOf(item: string): TallyItem | null {
  const [what, first = '', second = ''] = item.split('.');
  if (first === '') return null;
  if (what === 'works') return { what, kind: first, state: second };
  if (what === 'done') return { what, kind: first, measure: second };
  if (what === 'cost') return { what, source: first, currency: second };
  if (what === 'given') return { what, kind: first, currency: second };
  return what === 'givers' ? { what, kind: first } : null;
}

const summed: ReadonlySet<string> = new Set(['money', 'land', 'labour']);

/**
 * What an entry of the book of contributions adds, by what was given. Goods of many names do not add up: of them only receipts and
 * vouchers are counted. Of the two lines of an entry the one that tells what happened counts.
 */
export function talliesOfEntry(
  on: Day,
  lines: readonly { account: string; commodity: string; quantity: string }[],
): Tally[] {
  const telling = ['used', 'promised', 'held'].find((account) => lines.some((line) => line.account === account));
  return lines.flatMap(({ account, commodity, quantity }): Tally[] => {
    if (account !== telling) return [];
    const [kind = '', currency = ''] = commodity.split(':');
    const item = kind === 'money' ? `given.money.${currency}` : `given.${kind}`;
    const amount = summed.has(kind) ? quantity : '0';
    const sign = quantity.startsWith('-') ? -1 : 1;
    if (account === 'promised') return [{ on, item, of: amount }];
    return [account === 'held' ? { on, item, n: sign, value: amount } : { on, item, uses: sign, used: amount }];
  });
}

/** How many households, and how many givers of all kinds, gave to a drive for the first time (below zero: no longer stand in it). */
export const talliesOfGivers = (on: Day, households: number, givers: number): Tally[] => [
  { on, item: 'givers.household', n: households },
  { on, item: 'givers.all', n: givers },
];
