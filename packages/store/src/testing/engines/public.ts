export type { Engine } from './engines.ts';
export { chosenEngines, ENGINES, engineBinaries, INSTALL_15, missingEngines } from './engines.ts';
