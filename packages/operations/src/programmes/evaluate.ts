import type { CriterionResult, PeriodResult } from '@dinh/packs/assessment';
import { evaluatePeriod } from '@dinh/packs/assessment';
import type { Entries, Pack } from '@dinh/packs/schema';
import type { Sheet, SheetValue } from '@dinh/store/programmes';
import type { Known } from './facts.ts';
import { criterionOf, noFigures, toEntry } from './figures.ts';
import { adoptionOf, basePackOf } from './take-sheet.ts';

type Side = 'declared' | 'verified';

export function entriesOf(pack: Pack, values: readonly SheetValue[], side: Side): Entries {
  return Object.fromEntries(values.map((value) => [value.key, toEntry(criterionOf(pack, value.key), value[side])]));
}

/** A value row of the sheet, or an empty one for a criterion nobody has answered. */
export function rowOf(sheet: Sheet, key: string): SheetValue {
  return (
    sheet.values.find((value) => value.key === key) ?? {
      key,
      declared: noFigures,
      verified: noFigures,
      declaredPoints: null,
      verifiedPoints: null,
      verdict: null,
      note: null,
      reason: null,
      source: null,
    }
  );
}

function judged(value: SheetValue, side: Side, result: CriterionResult, isDraft: boolean): SheetValue {
  // While a sheet is filled in, what people said of sustaining stays: a broken asset weighs when it is sent, and may be mended before.
  const sustained = isDraft && result.sustained !== null ? value[side].sustained : result.sustained;
  const figures = { ...value[side], met: result.met, sustained };
  // A computed criterion has no entry: its result is its value.
  if (figures.value === null && typeof result.value === 'string' && figures.text === null) figures.value = result.value;
  return side === 'declared'
    ? { ...value, declared: figures, declaredPoints: result.points }
    : { ...value, verified: figures, verifiedPoints: result.points };
}

/** What the pack makes of one side of a sheet. */
export function evaluateSheet(sheet: Sheet, pack: Pack, side: Side, known: Known): PeriodResult {
  return evaluatePeriod(basePackOf(sheet), {
    entries: entriesOf(pack, sheet.values, side),
    facts: known.facts,
    assets: known.assets,
    adoption: adoptionOf(sheet),
  });
}

/**
 * Judges one side of a sheet by its pack: met, sustained and points of every criterion, total and level of the sheet.
 * @param isDraft the sheet is still being filled in
 */
export function judgeSheet(
  sheet: Sheet,
  pack: Pack,
  side: Side,
  known: Known,
  isDraft = false,
): { sheet: Sheet; result: PeriodResult } {
  const result = evaluateSheet(sheet, pack, side, known);
  const values = result.criteria.map((criterion) => judged(rowOf(sheet, criterion.id), side, criterion, isDraft));
  const totals =
    side === 'declared'
      ? { declaredPoints: result.total, declaredLevel: result.level }
      : { verifiedPoints: result.total, verifiedLevel: result.level };
  return { sheet: { ...sheet, ...totals, values }, result };
}
