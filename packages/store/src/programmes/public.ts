export type { Adoption, Wording } from './adoptions.ts';
export { endAdoption, insertAdoption, readAdoptions, unitsWithoutSheet } from './adoptions.ts';
export type { StoredPack } from './packs.ts';
export { criterionIds, insertPack, listPacks, packInForce } from './packs.ts';
export type { FactSource, Sheet, SheetValue, Vote } from './sheets.ts';
export { loadSheet } from './sheets.ts';
export { insertSheet, saveSheet, saveValues } from './write-sheet.ts';
