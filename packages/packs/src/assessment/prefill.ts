import { type Exact, formatExact } from '../exact/public.ts';
import {
  type Bindings,
  compilerFor,
  evaluateFormula,
  type FormulaResult,
  type NameType,
  valueType,
} from '../formula/public.ts';
import type { Entry, Facts, Pack } from '../schema/public.ts';
import { bindFacts } from './bindings.ts';
import { failureReason } from './judge.ts';
import type { Reason } from './result.ts';

export interface Prefill {
  /** Entries that facts fill; what a person enters goes on top. */
  readonly entries: Readonly<Record<string, Entry>>;
  /** Keys of the facts each criterion's entry comes from, so that a value leads to its evidence. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
  /** Why a criterion that could be prefilled is not. */
  readonly failures: Readonly<Record<string, Reason>>;
}

interface Part {
  readonly text: string;
  readonly result: NameType;
}

function factsRead(pack: Pack, parts: readonly Part[]): string[] {
  const names = parts.flatMap((part) => {
    const compiled = compilerFor(pack).compile(part.text, part.result, 'facts');
    return compiled.ok ? compiled.formula.reads : [];
  });
  return [...new Set(names)].map((name) => name.slice('facts.'.length));
}

function plain(result: FormulaResult & { ok: true }): string | boolean {
  const { value } = result;
  return typeof value === 'string' || typeof value === 'boolean' ? value : formatExact(value satisfies Exact);
}

function evaluateAll(pack: Pack, parts: readonly Part[], facts: Bindings): (string | boolean)[] | Reason {
  const values: (string | boolean)[] = [];
  for (const part of parts) {
    const result = evaluateFormula(pack, part.text, part.result, 'facts', { facts });
    if (!result.ok) return failureReason(result);
    values.push(plain(result));
  }
  return values;
}

/** What facts already say, as entries. Nothing is invented: a fact that is missing leaves its criterion empty, with the reason. */
export function prefill(pack: Pack, facts: Facts): Prefill {
  const bound = bindFacts(pack, facts);
  const entries: Record<string, Entry> = {};
  const sources: Record<string, string[]> = {};
  const failures: Record<string, Reason> = {};
  for (const criterion of pack.criteria) {
    if (!('prefill' in criterion) || criterion.prefill === undefined) continue;
    const source = criterion.prefill;
    const parts: Part[] =
      typeof source === 'string'
        ? [{ text: source, result: valueType(criterion) }]
        : [source.numerator, source.denominator].map((text) => ({ text, result: 'number' }));
    const values = evaluateAll(pack, parts, bound);
    if (!Array.isArray(values)) {
      failures[criterion.id] = values;
      continue;
    }
    const [first, second] = values;
    if (first === undefined) continue;
    const isShare = criterion.type === 'percent' && typeof first === 'string' && typeof second === 'string';
    entries[criterion.id] = { value: isShare ? { numerator: first, denominator: second } : first };
    sources[criterion.id] = factsRead(pack, parts);
  }
  return { entries, sources, failures };
}
