/** A few units, people and one programme for tests of features that rest on the month of a unit. */
export { as, NATION, plant, playMonth, refusalOf, villagePack, who } from './village.ts';
