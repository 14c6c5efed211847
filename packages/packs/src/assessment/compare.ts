import { formatExact, parseExact, subtract } from '../exact/public.ts';
import type { CriterionResult, PeriodResult } from './result.ts';

export interface CriterionGap {
  readonly id: string;
  /** `lower`: verified below what was declared; `open`: one side has not spoken yet. */
  readonly verdict: 'same' | 'lower' | 'higher' | 'open';
  readonly met: { readonly declared: boolean | null; readonly verified: boolean | null };
  readonly sustained: { readonly declared: boolean | null; readonly verified: boolean | null };
  readonly value: { readonly declared: CriterionResult['value']; readonly verified: CriterionResult['value'] };
  /** Verified minus declared points; null where either has none. */
  readonly points: string | null;
}

export interface Gap {
  readonly criteria: readonly CriterionGap[];
  readonly lower: number;
  readonly higher: number;
  readonly open: number;
  /** Verified minus declared total. */
  readonly total: string | null;
  readonly level: { readonly declared: string | null; readonly verified: string | null };
}

function difference(declared: string | null, verified: string | null): string | null {
  const [before, after] = [declared, verified].map((text) => (text === null ? null : parseExact(text)));
  return before && after ? formatExact(subtract(after, before)) : null;
}

/** Order of what a result is worth: points where there are some, else whether it passes, then whether it is met and kept. */
function direction(declared: CriterionResult, verified: CriterionResult): number {
  const points = difference(declared.points, verified.points);
  if (points !== null && points !== '0') return points.startsWith('-') ? -1 : 1;
  const steps = [
    [declared.passes, verified.passes],
    [declared.met, verified.met],
    [declared.sustained, verified.sustained],
  ] as const;
  for (const [before, after] of steps) {
    if (before !== null && after !== null && before !== after) return after ? 1 : -1;
  }
  return 0;
}

function gapOf(declared: CriterionResult, verified: CriterionResult): CriterionGap {
  const order = direction(declared, verified);
  const open = declared.met === null || verified.met === null;
  return {
    id: declared.id,
    verdict: open ? 'open' : order < 0 ? 'lower' : order > 0 ? 'higher' : 'same',
    met: { declared: declared.met, verified: verified.met },
    sustained: { declared: declared.sustained, verified: verified.sustained },
    value: { declared: declared.value, verified: verified.value },
    points: difference(declared.points, verified.points),
  };
}

/** The unit's own word beside the verifier's. Both stand; the difference says who is looked at next. */
export function compareDeclaredVerified(declared: PeriodResult, verified: PeriodResult): Gap {
  const criteria = declared.criteria.flatMap((result) => {
    const other = verified.criteria.find((candidate) => candidate.id === result.id);
    return other ? gapOf(result, other) : [];
  });
  const count = (verdict: CriterionGap['verdict']): number => criteria.filter((gap) => gap.verdict === verdict).length;
  return {
    criteria,
    lower: count('lower'),
    higher: count('higher'),
    open: count('open'),
    total: difference(declared.total, verified.total),
    level: { declared: declared.level, verified: verified.level },
  };
}
