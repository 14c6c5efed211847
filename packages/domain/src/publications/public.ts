/** Public pages: what stands on them, how they stand in HTML, and the codes of the places they belong to. Pure. */
export type { PlaceKey, PlaceKind } from './code.ts';
export { codeOf, mostPlaces, mostUnitId, placeKinds, printedCode, readCode } from './code.ts';
export type { PublicLanguage, PublicLine, PublicPage, PublicSection } from './page.ts';
export { publicLanguages } from './page.ts';
export { escapeText, mainMarkup } from './render.ts';
