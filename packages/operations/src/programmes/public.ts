import { adopt } from './adopt.ts';
import { adoption, changeAdoption } from './change-adoption.ts';
import { desk, unitProgrammes } from './desk.ts';
import { addEvidence, removeEvidence } from './evidence.ts';
import { evidenceFile } from './evidence-file.ts';
import { exportOverview } from './export/export-overview.ts';
import { openPeriod, openSheet } from './open-sheet.ts';
import { overview } from './overview.ts';
import { overviewChoices, overviewStart, totalsMark } from './overview-choices.ts';
import { addPack, packs } from './packs.ts';
import { sheet } from './read-sheet.ts';
import { recordValues } from './record-values.ts';
import { refill } from './refill.ts';
import { submit } from './submit.ts';
import { unitsBehind } from './units-behind.ts';
import { accept, lock, reopen, returnSheet, takeBackAcceptance, verify } from './verify.ts';
import { waiting } from './waiting.ts';

export { above } from './desk.ts';
export type { Exported, ExportedFile } from './export/export-overview.ts';
export type { Table } from './export/table.ts';
export { safeText } from './export/table.ts';
export type { Gatherer } from './gatherer.ts';
export { startGatherer } from './gatherer.ts';
export type { PeriodOutcome } from './outcome.ts';
export { outcomeOf } from './outcome.ts';
export type { Figures } from './overview.ts';
export { readers } from './read-sheet.ts';
export { programmeKeySchema, reasonSchema, unitIdSchema } from './sheet-key.ts';
export { actorOf } from './take-sheet.ts';
export {
  accept,
  addEvidence,
  addPack,
  adopt,
  adoption,
  changeAdoption,
  desk,
  evidenceFile,
  exportOverview,
  lock,
  openPeriod,
  openSheet,
  overview,
  overviewChoices,
  overviewStart,
  packs,
  recordValues,
  refill,
  removeEvidence,
  reopen,
  returnSheet,
  sheet,
  submit,
  takeBackAcceptance,
  totalsMark,
  unitProgrammes,
  unitsBehind,
  verify,
  waiting,
};

/** Everything the feature `programmes` offers, for the registry. */
export const programmesOperations = [
  addPack,
  packs,
  adopt,
  adoption,
  changeAdoption,
  openSheet,
  openPeriod,
  recordValues,
  refill,
  addEvidence,
  removeEvidence,
  submit,
  verify,
  accept,
  returnSheet,
  lock,
  reopen,
  takeBackAcceptance,
  sheet,
  desk,
  unitProgrammes,
  overview,
  overviewChoices,
  overviewStart,
  unitsBehind,
  exportOverview,
  totalsMark,
  evidenceFile,
  waiting,
] as const;
