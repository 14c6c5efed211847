/**
 * Texts in Vietnamese, English and Arabic, and the way each language writes numbers, dates and periods.
 * Messages live in `packages/texts/messages/<language>/<feature>.json`; `npm run compile -w @dinh/texts` builds them.
 */

export type { MessageArguments, MessageKey } from '../generated/keys.ts';
export { type Formats, formats } from './formats.ts';
export {
  defaultLanguage,
  directionOf,
  isLanguage,
  type Language,
  languages,
  localeOf,
  preferredLanguage,
} from './language.ts';
export { type Params, runtime } from './runtime.ts';
export { type Catalog, loadCatalog, type Refusal, type Translator, translator } from './translate.ts';
