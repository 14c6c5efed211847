import type { MessageArguments, MessageKey } from '../generated/keys.ts';
import { type Formats, formats } from './formats.ts';
import { directionOf, type Language, localeOf } from './language.ts';
import type { Message, Params } from './runtime.ts';

export type Catalog = Readonly<Record<string, Message>>;

/** A coded refusal as operations answer it; `params` fill the sentence. */
export interface Refusal {
  readonly code: string;
  readonly params?: Params | undefined;
  /** The sentence, where it was made already: the reader of it may not have every text. */
  readonly said?: { readonly sentence: string; readonly remedy: string | undefined };
}

type Translate = <K extends MessageKey>(
  key: K,
  ...params: MessageArguments[K] extends null ? [] : [params: MessageArguments[K]]
) => string;

export interface Translator extends Translate {
  readonly language: Language;
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly format: Formats;
  /** Whether the catalog knows the key: for keys that are only known at run time. */
  has(key: string): boolean;
  /** Like a call, for keys known only at run time. An unknown key yields `fallback`, or the key itself. */
  say(key: string, params?: Params, fallback?: string): string;
  /** The sentence of a refusal and, when there is one, what the reader can do (`<code>.do`). */
  refusal(refusal: Refusal): { sentence: string; remedy: string | undefined };
}

function render(message: Message, params: Params): string {
  return typeof message === 'string' ? message : message(params);
}

/**
 * Binds a catalog to its language. Pure: the same catalog serves every request.
 * @param catalog all texts, or where to read those that are there by now
 * @param onMissing told of a key that is not there
 */
export function translator(
  catalog: Catalog | (() => Catalog),
  language: Language,
  timeZone?: string,
  onMissing?: (key: string) => void,
): Translator {
  const read = typeof catalog === 'function' ? catalog : () => catalog;
  const has = (key: string): boolean => Object.hasOwn(read(), key);
  const say = (key: string, params: Params = {}, fallback: string = key): string => {
    const message = has(key) ? read()[key] : undefined;
    if (message === undefined) onMissing?.(key);
    return message === undefined ? fallback : render(message, params);
  };
  const written = formats(language, timeZone);
  // Refusals carry days and periods as codes: `2025-07-01`, `2025-07`.
  const readable = (params: Params = {}): Params =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => {
        if (typeof value !== 'string') return [name, value];
        return [
          name,
          /^\d{4}-\d\d-\d\d$/.test(value) ? written.date(value) : name === 'period' ? written.period(value) : value,
        ];
      }),
    );
  const translate: Translate = (key, ...params) => say(key, params[0] ?? undefined);
  return Object.assign(translate, {
    language,
    locale: localeOf[language],
    direction: directionOf(language),
    format: written,
    has,
    say,
    refusal: ({ code, params, said }: Refusal) =>
      said ?? {
        sentence: has(code) ? say(code, readable(params)) : say('refusal.unknown', { code }),
        remedy: has(`${code}.do`) ? say(`${code}.do`, readable(params)) : undefined,
      },
  });
}

/** Fetches the texts of one language. The browser downloads that language only. */
export async function loadCatalog(language: Language): Promise<Catalog> {
  switch (language) {
    case 'en':
      return (await import('../generated/en.js')).default;
    case 'ar':
      return (await import('../generated/ar.js')).default;
    default:
      return (await import('../generated/vi.js')).default;
  }
}
