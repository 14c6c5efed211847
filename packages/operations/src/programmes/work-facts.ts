import { addDecimals } from '@dinh/domain/programmes';
import type { FactValue } from '@dinh/packs/schema';
import type { WorkFacts } from '@dinh/store/works';

const underscored = (key: string) => key.replaceAll('-', '_');
const sumOf = (amounts: readonly string[]): string => amounts.reduce(addDecimals, '0');
const roads: ReadonlySet<string> = new Set(['road-widened', 'road-renovated']);

/** A thousandth of an exact decimal: metres as kilometres. */
function thousandth(decimal: string): string {
  const [whole = '0', part = ''] = decimal.split('.');
  const digits = `${whole.padStart(4, '0')}`;
  return `${digits.slice(0, -3)}.${digits.slice(-3)}${part}`.replace(/\.?0+$/, '');
}

/** Amounts of money and quantities of one kind, by the name a fact has: `works.money_given_vnd`, `works.drain_length_done`. */
function named(facts: WorkFacts, name: string): FactValue | undefined {
  const money = /^(money_given|cost_people|cost)_([a-z]{3})$/.exec(name);
  if (money) {
    const [, what, currency = ''] = money;
    const code = currency.toUpperCase();
    if (what === 'money_given')
      return facts.keptGifts
        ? sumOf(
            facts.given.flatMap(({ kind, unit, quantity }) => (kind === 'money' && unit === code ? [quantity] : [])),
          )
        : undefined;
    const from = facts.costs.filter((cost) => cost.currency === code && (what === 'cost' || cost.source === 'people'));
    return facts.keptWorks ? sumOf(from.map(({ amount }) => amount)) : undefined;
  }
  if (!facts.keptWorks) return undefined;
  const [, kind] = /^(.+)_finished$/.exec(name) ?? [];
  if (kind !== undefined) return facts.finished.find((each) => underscored(each.kind) === kind)?.count ?? 0;
  const [, measured] = /^(.+)_done$/.exec(name) ?? [];
  if (measured === undefined) return undefined;
  return (
    facts.done.find((each) => `${underscored(each.kind)}_${underscored(each.measure)}` === measured)?.quantity ?? '0'
  );
}

/** What a unit's works and its book of contributions answer under a fact's key; undefined where the unit keeps none of it here. */
export function workFact(facts: WorkFacts | null, key: string): FactValue | undefined {
  if (!facts) return undefined;
  const given = (kind: string) =>
    facts.keptGifts ? sumOf(facts.given.flatMap((each) => (each.kind === kind ? [each.quantity] : []))) : undefined;
  switch (key) {
    case 'works.labour_days':
      return given('labour');
    case 'works.land_given':
      return given('land');
    case 'works.households_giving':
      return facts.keptGifts ? facts.households : undefined;
    case 'works.finished':
      return facts.keptWorks ? facts.finished.reduce((sum, { count }) => sum + count, 0) : undefined;
    case 'works.roads_built': {
      const lengths = facts.done.flatMap(({ kind, measure, quantity }) =>
        roads.has(kind) && measure === 'length' ? [quantity] : [],
      );
      return facts.keptWorks ? thousandth(sumOf(lengths)) : undefined;
    }
    default:
      return named(facts, key.slice('works.'.length));
  }
}
