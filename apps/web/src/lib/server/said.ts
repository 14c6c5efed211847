import { type Language, languages, loadCatalog, type Refusal, type Translator, translator } from '@dinh/texts/catalog';

const translators = new Map<Language, Translator>();
for (const language of languages) translators.set(language, translator(await loadCatalog(language), language));

/** The texts of a language other than the reader's own, or outside a page. */
export function textsIn(language: Language): Translator {
  const found = translators.get(language);
  if (!found) throw new Error(`no texts in ${language}`);
  return found;
}

/** The sentence of a refusal, made here: the browser has the texts of its page, and a refusal can be any. */
export function saidOf(language: Language, refusal: Refusal): { sentence: string; remedy: string | undefined } {
  return textsIn(language).refusal(refusal);
}
