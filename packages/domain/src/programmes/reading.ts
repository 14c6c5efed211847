/**
 * What the totals of a unit say, ready to be shown. A share is always taken on one side: on the verified figures as soon as there are
 * any, else on the declared ones; the two are never mixed into one number.
 */
import type { Measures } from './contribution.ts';

/** Figures of one unit in one period by item (`sheet.…`, `level.…`, `criterion.…`). */
export type ItemFigures = Readonly<Record<string, Measures>>;
export type Side = 'declared' | 'verified';

export type SheetCounts = {
  expected: number;
  submitted: number;
  accepted: number;
  /** Sent and not settled yet. */
  waiting: number;
  notSent: number;
  returned: number;
  late: number;
};

const declaredOf = (figures: ItemFigures, item: string) => figures[item]?.declared ?? 0;

export function sheetCounts(figures: ItemFigures): SheetCounts {
  const expected = declaredOf(figures, 'sheet.expected');
  const submitted = declaredOf(figures, 'sheet.submitted');
  const accepted = declaredOf(figures, 'sheet.accepted');
  return {
    expected,
    submitted,
    accepted,
    waiting: submitted - accepted,
    notSent: expected - submitted,
    returned: declaredOf(figures, 'sheet.returned'),
    late: declaredOf(figures, 'sheet.late'),
  };
}

/** How many of the answers say "met". `share` is null when nobody has answered. */
export type MetShare = { side: Side; met: number; of: number };

/** Share over some criteria: verified as soon as one answer of them is verified; null when nothing was sent. */
export function metShare(figures: ItemFigures, criteria: readonly string[]): MetShare | null {
  const sum = { declared: 0, declaredMet: 0, verified: 0, verifiedMet: 0 };
  for (const key of criteria) {
    const found = figures[`criterion.${key}`];
    if (!found) continue;
    sum.declared += found.declared;
    sum.declaredMet += found.declaredMet;
    sum.verified += found.verified;
    sum.verifiedMet += found.verifiedMet;
  }
  if (sum.verified > 0) return { side: 'verified', met: sum.verifiedMet, of: sum.verified };
  return sum.declared > 0 ? { side: 'declared', met: sum.declaredMet, of: sum.declared } : null;
}

/** A share as a number from 0 to 1. */
export const shareOf = ({ met, of }: { met: number; of: number }): number => (of === 0 ? 0 : met / of);

/** Verified answers and how many of them say otherwise than what was declared. */
export function differences(
  figures: ItemFigures,
  criteria: readonly string[],
): { differing: number; verified: number } {
  const found = criteria.map((key) => figures[`criterion.${key}`]);
  return {
    differing: found.reduce((sum, each) => sum + (each?.differing ?? 0), 0),
    verified: found.reduce((sum, each) => sum + (each?.verified ?? 0), 0),
  };
}

export type CriterionCount = { key: string; count: number };

/** Criteria that were met in the period before and are not now, the most frequent first. */
export function regressions(
  figures: ItemFigures,
  criteria: readonly string[],
): { count: number; by: CriterionCount[] } {
  const by = criteria
    .map((key) => ({ key, count: figures[`criterion.${key}`]?.regressed ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  return { count: by.reduce((sum, { count }) => sum + count, 0), by };
}

export type Missed = { key: string; side: Side; missed: number; of: number };

/** Criteria by the share of units that did not meet them, highest first; those met by all are left out. */
export function oftenMissed(figures: ItemFigures, criteria: readonly string[]): Missed[] {
  return criteria
    .flatMap((key) => {
      const share = metShare(figures, [key]);
      return share ? [{ key, side: share.side, missed: share.of - share.met, of: share.of }] : [];
    })
    .filter(({ missed }) => missed > 0)
    .sort((a, b) => b.missed / b.of - a.missed / a.of || b.missed - a.missed);
}

/** Units by level: verified levels as soon as there are any, else declared ones. */
export function levelCounts(
  figures: ItemFigures,
  levels: readonly string[],
): { side: Side; levels: { level: string; count: number }[]; of: number } {
  const onSide = (side: Side) => levels.map((level) => ({ level, count: figures[`level.${level}`]?.[side] ?? 0 }));
  const total = (counts: readonly { count: number }[]) => counts.reduce((sum, { count }) => sum + count, 0);
  const verified = onSide('verified');
  if (total(verified) > 0) return { side: 'verified', levels: verified, of: total(verified) };
  const declared = onSide('declared');
  return { side: 'declared', levels: declared, of: total(declared) };
}

/** Mean points of a side; null when no sheet carries points there. */
export function meanPoints(figures: ItemFigures, side: Side): number | null {
  const found = figures['sheet.points'];
  if (!found) return null;
  const count = found[side];
  // Shown with one decimal: the exact sum stays in the totals.
  return count === 0 ? null : Number(side === 'declared' ? found.declaredValue : found.verifiedValue) / count;
}
