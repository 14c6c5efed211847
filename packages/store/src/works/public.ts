/** Rows of works and of their kinds. Nothing here asks for rights: operations do. */
export type { DriveTotals } from './drive-totals.ts';
export { readDriveTotals } from './drive-totals.ts';
export type { WorkFacts } from './facts.ts';
export { readWorkFacts } from './facts.ts';
export type { Cost, FoundCost, NewCost, Report, Step } from './history.ts';
export {
  deletePhoto,
  findCost,
  findWorkPhoto,
  insertCost,
  insertPhoto,
  readCosts,
  readReports,
  readSteps,
  withdrawCost,
} from './history.ts';
export { readWorkKinds, saveWorkKind } from './kinds.ts';
export type { PublishedWork } from './published.ts';
export { publishedWorksJson, readPublishedWorks } from './published.ts';
export type { Money, NewWork, Photo, Quantity, Work, WorkContent } from './works.ts';
export {
  appendReport,
  countWorks,
  findWork,
  insertWork,
  listPhotos,
  listWorks,
  putPlanned,
  putState,
  rewriteWork,
} from './works.ts';
