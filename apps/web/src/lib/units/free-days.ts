import { addDays, type Day } from '@dinh/domain/kernel';

/** Free days one after the other under one name. */
export type Stretch = { from: Day; to: Day; name: string };

/** Single days, in their order, as the stretches people entered them as. */
export function stretchesOf(days: readonly { day: Day; name: string }[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { day, name } of days) {
    const last = stretches.at(-1);
    if (last && last.name === name && addDays(last.to, 1) === day) last.to = day;
    else stretches.push({ from: day, to: day, name });
  }
  return stretches;
}

/** Stretches by the year they begin in: this year and the next always, others where there are any. */
export function byYear(
  stretches: readonly Stretch[],
  today: Day,
): { year: number; shown: boolean; stretches: Stretch[] }[] {
  const now = Number(today.slice(0, 4));
  const yearOf = ({ from }: Stretch) => Number(from.slice(0, 4));
  const years = new Set([now, now + 1, ...stretches.map(yearOf)]);
  return [...years]
    .toSorted((a, b) => a - b)
    .map((year) => ({
      year,
      shown: year === now || year === now + 1,
      stretches: stretches.filter((stretch) => yearOf(stretch) === year),
    }));
}

/** The name of a day of the week; 4 January 2026 was a Sunday: names come from the calendar, not from a list of ours. */
export const weekdayName = (locale: string, weekday: number): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2026, 0, 4 + weekday)),
  );
