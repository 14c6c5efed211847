import { place } from 'virtual:page-texts';
import { type Catalog, type Language, loadCatalog, localeOf, runtime } from '@dinh/texts/catalog';

type Part = { default: (words: ReturnType<typeof runtime>) => Catalog };

/** What this browser has been sent so far. A page in another language is loaded anew. */
let known = $state.raw<Catalog>({});
const asked = new Map<string, Promise<void>>();

const addressOf = (language: Language, name: string): string => `${place}/${language}/${name}.js`;

/** Addresses of the texts a page needs, for the server to name them in the page's head. */
export const textsOf = (language: Language, route: string | null): string[] =>
  ['core', ...(route === null ? [] : [`page${route.replaceAll(/[^a-z0-9]+/gi, '-')}`])].map((name) =>
    addressOf(language, name),
  );

function take(language: Language, address: string): Promise<void> {
  const under = asked.get(address);
  if (under) return under;
  const taking = import(/* @vite-ignore */ address).then(({ default: messages }: Part) => {
    known = { ...known, ...messages(runtime(localeOf[language])) };
  });
  taking.catch(() => asked.delete(address));
  asked.set(address, taking);
  return taking;
}

/** The texts of a page, to read from: on the server all of them, in the browser those it can show. */
export async function pageTexts(language: Language, route: string | null): Promise<() => Catalog> {
  if (import.meta.env.SSR || import.meta.env.DEV) {
    const catalog = await loadCatalog(language);
    return () => catalog;
  }
  await Promise.all(textsOf(language, route).map((address) => take(language, address)));
  return () => known;
}

/** For a text nobody foresaw: everything is fetched, once, and whatever shows the text is written again. */
export function takeEverything(language: Language): void {
  if (import.meta.env.SSR || import.meta.env.DEV) return;
  take(language, addressOf(language, 'all')).catch(() => undefined);
}
