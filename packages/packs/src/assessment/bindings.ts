import { type Exact, parseExact } from '../exact/public.ts';
import type { Bindings, FormulaValue } from '../formula/public.ts';
import type { Facts, Pack } from '../schema/public.ts';
import type { CriterionResult } from './result.ts';

/** Facts as formulas see them. A fact of the wrong type counts as missing rather than as something it is not. */
export function bindFacts(pack: Pack, facts: Facts): Bindings {
  const bound: Record<string, Record<string, FormulaValue>> = {};
  for (const [key, declared] of Object.entries(pack.facts)) {
    const [source = '', name = ''] = key.split('.');
    const place = bound[source] ?? {};
    bound[source] = place;
    const given = Object.hasOwn(facts, key) ? facts[key] : undefined;
    if (declared.type === 'number') {
      const exact = typeof given === 'number' || typeof given === 'string' ? parseExact(given) : null;
      if (exact) place[name] = exact;
    } else if (declared.type === 'boolean' ? typeof given === 'boolean' : typeof given === 'string') {
      place[name] = given as boolean | string;
    }
  }
  return bound;
}

/** What formulas see of criteria already judged. What is not known is left out, so that a formula says what it misses. */
export class CriterionBindings {
  readonly values: Record<string, FormulaValue> = {};
  readonly met: Record<string, boolean> = {};
  readonly sustained: Record<string, boolean> = {};
  readonly points: Record<string, Exact> = {};

  set(result: CriterionResult, value: FormulaValue | null, points: Exact | null): void {
    if (value !== null) this.values[result.id] = value;
    if (result.met !== null) this.met[result.id] = result.met;
    if (result.sustained !== null) this.sustained[result.id] = result.sustained;
    if (points) this.points[result.id] = points;
  }
}
