import { type Language, languages, loadCatalog, type Refusal, type Translator, translator } from '@dinh/texts/catalog';

const translators = new Map<Language, Translator>();
for (const language of languages) translators.set(language, translator(await loadCatalog(language), language));

/** The sentence of a refusal, made here: the browser has the texts of its page, and a refusal can be any. */
export function saidOf(language: Language, refusal: Refusal): { sentence: string; remedy: string | undefined } {
  return translators.get(language)?.refusal(refusal) ?? { sentence: refusal.code, remedy: undefined };
}
