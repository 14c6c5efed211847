import type { CriterionResult, PeriodResult } from '@dinh/packs/assessment';
import { evaluatePeriod } from '@dinh/packs/assessment';
import type { Entries, Facts, Pack } from '@dinh/packs/schema';
import type { Sheet, SheetValue } from '@dinh/store/programmes';
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

function judged(value: SheetValue, side: Side, result: CriterionResult): SheetValue {
  const figures = { ...value[side], met: result.met, sustained: result.sustained };
  // A computed criterion has no entry: its result is its value.
  if (figures.value === null && typeof result.value === 'string' && figures.text === null) figures.value = result.value;
  return side === 'declared'
    ? { ...value, declared: figures, declaredPoints: result.points }
    : { ...value, verified: figures, verifiedPoints: result.points };
}

/** What the pack makes of one side of a sheet. */
export function evaluateSheet(sheet: Sheet, pack: Pack, side: Side, facts: Facts): PeriodResult {
  return evaluatePeriod(basePackOf(sheet), {
    entries: entriesOf(pack, sheet.values, side),
    facts,
    adoption: adoptionOf(sheet),
  });
}

/** Judges one side of a sheet by its pack: met, sustained and points of every criterion, total and level of the sheet. */
export function judgeSheet(sheet: Sheet, pack: Pack, side: Side, facts: Facts): { sheet: Sheet; result: PeriodResult } {
  const result = evaluateSheet(sheet, pack, side, facts);
  const values = result.criteria.map((criterion) => judged(rowOf(sheet, criterion.id), side, criterion));
  const totals =
    side === 'declared'
      ? { declaredPoints: result.total, declaredLevel: result.level }
      : { verifiedPoints: result.total, verifiedLevel: result.level };
  return { sheet: { ...sheet, ...totals, values }, result };
}
