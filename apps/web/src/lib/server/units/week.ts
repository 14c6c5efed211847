/** Known to the server's engine, not yet to the language's own types, nor to every browser. */
type WithWeek = Intl.Locale & { getWeekInfo(): { firstDay: number } };

/** Days of the week (0 is Sunday) in the order of a locale's week. */
export function weekOf(locale: string): number[] {
  const { firstDay } = (new Intl.Locale(locale) as WithWeek).getWeekInfo();
  return Array.from({ length: 7 }, (_, index) => (firstDay + index) % 7);
}
