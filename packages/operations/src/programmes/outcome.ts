import { shiftPeriod } from '@dinh/domain/kernel';
import { countsVerified, type SheetState } from '@dinh/domain/programmes';
import type { Failing } from '@dinh/packs/assessment';
import { loadSheet } from '@dinh/store/programmes';
import type { Context } from '../kernel/public.ts';
import { evaluateSheet } from './evaluate.ts';
import { factsOf } from './facts.ts';
import { packOf, type SheetKey } from './take-sheet.ts';

/** What one verified sheet came to, as something larger may rest on it. */
export type PeriodOutcome = {
  period: string;
  state: SheetState;
  revision: number;
  packVersion: string;
  packDigest: string;
  declaredLevel: string | null;
  level: string | null;
  points: string | null;
  /** Conditions, vetoes and counts that kept a better level away. */
  failing: readonly Failing[];
};

/** The verified outcome of a unit's sheet; null when there is no sheet or nobody has verified it. */
export async function outcomeOf(context: Context, key: SheetKey): Promise<PeriodOutcome | null> {
  const beside = { before: shiftPeriod(key.period, -1), after: shiftPeriod(key.period, 1) };
  const sheet = await loadSheet(context.tx, { ...key, ...beside }, false);
  if (!sheet || !countsVerified(sheet.state)) return null;
  const known = await factsOf(context, sheet, sheet.decidedAt ?? context.now);
  const { failing } = evaluateSheet(sheet, packOf(sheet), 'verified', known);
  return {
    period: sheet.period,
    state: sheet.state,
    revision: sheet.revision,
    packVersion: sheet.packVersion,
    packDigest: sheet.packDigest,
    declaredLevel: sheet.declaredLevel,
    level: sheet.verifiedLevel,
    points: sheet.verifiedPoints,
    failing,
  };
}
