import type { Words } from '@dinh/documents/composing';
import { type Language, loadCatalog, translator } from '@dinh/texts/catalog';

/** The words of a document's own language, whatever the reader's is. */
export async function wordsOf(language: Language): Promise<Words> {
  return translator(await loadCatalog(language), language);
}
