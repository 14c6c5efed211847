import { defaultLanguage, isLanguage, type Language, preferredLanguage } from '@dinh/texts/catalog';

export const languageCookie = 'dinh-lang';

/** `?lang=` wins, then what the reader chose before, then what the browser asks for, then Vietnamese. */
export function chooseLanguage(url: URL, cookie: string | undefined, acceptLanguage: string | null): Language {
  const asked = url.searchParams.get('lang');
  if (isLanguage(asked)) return asked;
  if (isLanguage(cookie)) return cookie;
  return preferredLanguage(acceptLanguage) ?? defaultLanguage;
}
