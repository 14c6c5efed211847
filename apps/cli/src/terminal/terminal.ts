import { isLanguage, type Language, loadCatalog, type Translator, translator } from '@dinh/texts/catalog';

/** Where a command writes: answers to `out`, everything said on the way and every mistake to `note`. */
export type Terminal = { say: Translator; out: (text: string) => void; note: (text: string) => void };

/** `--lang`, then LC_ALL, LC_MESSAGES, LANG. A terminal without a language of ours (`C`, `fr_FR`) is spoken to in English. */
export function languageOf(asked: string | undefined, environment: NodeJS.ProcessEnv): Language {
  const named = asked ?? (environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '');
  const language = named.slice(0, 2).toLowerCase();
  return isLanguage(language) ? language : 'en';
}

export async function openTerminal(language: Language): Promise<Terminal> {
  return {
    say: translator(await loadCatalog(language), language),
    out: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
  };
}
