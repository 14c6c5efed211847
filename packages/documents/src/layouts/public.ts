/** Families of layouts as data: what a kind of organisation prints its documents in. */
export { families, familyOfKind, findFamily } from './families.ts';
export { type Language, numberLine, placeDateLine, type RegisterNumber, superiorLine } from './lines.ts';
export { type DocumentType, documentTypes, type Layout, type Style, type StyleName } from './schema.ts';
