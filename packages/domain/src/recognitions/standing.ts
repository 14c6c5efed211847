import type { Day } from '../kernel/public.ts';

export type RecognitionEventKind = 'recognised' | 'maintained' | 'remediation' | 'revoked';
/**
 * `monitoring`: recognised and kept as far as known. `at-risk`: a later sheet shows criteria that fell back. `recheck-due`: its day to
 * be looked at again has come. `remediation`: to be mended by a day. `revoked`: taken back by a decision.
 */
export type RecognitionStanding = 'monitoring' | 'at-risk' | 'recheck-due' | 'remediation' | 'revoked';

/** The same day of the month some months later; the month's last day where it has no such day. */
export function dayAfterMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  const found = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())));
  return found.toISOString().slice(0, 10);
}

/** What its last event and the sheets since make of a recognition on a day. A recheck that is due goes before a risk: it answers it. */
export function standingAfter(
  last: { kind: RecognitionEventKind; nextDay: Day | null },
  fallen: number,
  day: Day,
): RecognitionStanding {
  if (last.kind === 'revoked' || last.kind === 'remediation') return last.kind;
  if (last.nextDay !== null && last.nextDay <= day) return 'recheck-due';
  return fallen > 0 ? 'at-risk' : 'monitoring';
}
