import type { PackStrings, TitledSection } from '@dinh/packs/schema';
import { packText, titleKey } from '@dinh/packs/schema';
import type { Language } from '@dinh/texts/catalog';

/** What a programme calls itself and its parts in the reader's language; the id where it says nothing. */
export function titlesOf(strings: PackStrings, language: Language, id: string) {
  return {
    own: packText(strings, language, 'title') ?? id,
    of: (section: TitledSection, part: string) => packText(strings, language, titleKey(section, part)) ?? part,
  };
}
