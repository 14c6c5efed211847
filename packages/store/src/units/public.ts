export type { LineageByCode } from './by-code.ts';
export { insertLineageByCode, unitsByCode } from './by-code.ts';
export type { FreeDay } from './calendars.ts';
export {
  deleteCalendar,
  deleteFreeDays,
  insertFreeDays,
  keepsCalendar,
  readCalendar,
  readCalendarKeepers,
  readCalendars,
  readFreeDays,
  saveCalendar,
} from './calendars.ts';
export type { ImportProgress, NamedKind, StretchByCode } from './import-progress.ts';
export { findStretchesByCode, readImportProgress, readNamedKinds, saveImportProgress } from './import-progress.ts';
export type { IncomingProblem, IncomingUnit, Inserted, LineageRow } from './incoming.ts';
export { insertLineage, insertUnits } from './incoming.ts';
export type { KindRow } from './kinds.ts';
export { kindInUse, rankWouldBreak, saveKind } from './kinds.ts';
export type { Link } from './links.ts';
export { endLink, endLinksOf, hasLink, insertLink } from './links.ts';
export type { ListedUnit, Place } from './listing.ts';
export { listChildren, listRoots } from './listing.ts';
export type { Merger } from './merges.ts';
export { forgetMerger, keepMerger, readMerger, unitInUse } from './merges.ts';
export { listNeighbours, unitsThere } from './neighbours.ts';
export { readChildrenBriefly, readUnitPlace } from './place.ts';
export type { LineageNote, NamedUnit, UnitHistory, UnitPage } from './reading.ts';
export { readUnitHistory, readUnitPage } from './reading.ts';
export type { Found, FoundPlace, SearchOptions } from './search.ts';
export { searchUnits } from './search.ts';
export {
  childrenFrom,
  findBearer,
  findLaterAssessment,
  loadForest,
  newUnits,
  readKinds,
  saveTimelines,
} from './timelines.ts';
