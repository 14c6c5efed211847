import { addDays, type Day } from '../kernel/public.ts';

/** Counts of people below this are not shown. */
export const leastShown = 5;

/**
 * Counts as everyone may see them: small ones are left out, and so many more with them that what was left out cannot be reckoned back
 * from the sum. Zero is shown unless it is needed for that.
 * @returns null in place of each count that is left out; all of them null when the sum itself is small
 */
export function suppressed(counts: readonly number[]): (number | null)[] {
  const sum = counts.reduce((all, each) => all + each, 0);
  if (sum < leastShown) return counts.map(() => null);
  const hidden = new Set(counts.flatMap((count, at) => (count > 0 && count < leastShown ? [at] : [])));
  if (hidden.size === 0) return [...counts];
  const rest = counts.map((count, at) => ({ count, at })).filter(({ at }) => !hidden.has(at));
  const hiddenSum = () => [...hidden].reduce((all, at) => all + (counts[at] ?? 0), 0);
  for (const { at } of rest.filter(({ count }) => count > 0).sort((a, b) => a.count - b.count)) {
    if (hidden.size > 1 && hiddenSum() >= leastShown) break;
    hidden.add(at);
  }
  // Nothing large enough was left to hide it behind.
  if (hidden.size === 1 || hiddenSum() < leastShown) return counts.map(() => null);
  return counts.map((count, at) => (hidden.has(at) ? null : count));
}

/**
 * The twelve whole months before a day's own. What everyone sees of questions is counted over them: a figure that grew by one from one day
 * to the next would tell on which day somebody asked.
 */
export function lastTwelveMonths(day: Day): { from: Day; to: Day } {
  const to = addDays(`${day.slice(0, 7)}-01`, -1);
  const year = Number(day.slice(0, 4)) - 1;
  return { from: `${String(year).padStart(4, '0')}-${day.slice(5, 7)}-01`, to };
}
