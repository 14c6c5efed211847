export type Language = 'vi' | 'en' | 'ar';

export const languages: readonly Language[] = ['vi', 'en', 'ar'];

/** The language used when the reader gave no sign of another one. */
export const defaultLanguage: Language = 'vi';

/** BCP 47 locale that decides digits, separators, plural rules and the order of a date. */
export const localeOf: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB', ar: 'ar-EG' };

export function isLanguage(value: unknown): value is Language {
  return value === 'vi' || value === 'en' || value === 'ar';
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/**
 * The language an Accept-Language header prefers among ours, by its weights; `undefined` when it names none of them.
 * A malformed weight counts as 0, so a broken header never fails a request.
 */
export function preferredLanguage(header: string | null | undefined): Language | undefined {
  let best: Language | undefined;
  let bestWeight = 0;
  for (const part of (header ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...options] = part.trim().split(';');
    const language = tag.trim().toLowerCase().split('-')[0];
    const given = options.map((option) => option.trim()).find((option) => option.startsWith('q='));
    const weight = given === undefined ? 1 : Number(given.slice(2));
    if (isLanguage(language) && weight > bestWeight) {
      best = language;
      bestWeight = weight;
    }
  }
  return best;
}
