/** A few units, people and one programme for tests of features that rest on the month of a unit; and phones that vote fast. */
export { quickBlind, quickUnblind } from './quick-phone.ts';
export { as, NATION, plant, plantPacks, playMonth, refusalOf, villagePack, who } from './village.ts';
