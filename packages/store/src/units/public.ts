export type { ImportProgress, NamedKind, StretchByCode } from './import-progress.ts';
export { findStretchesByCode, readImportProgress, readNamedKinds, saveImportProgress } from './import-progress.ts';
export type { IncomingProblem, IncomingUnit, Inserted, LineageRow } from './incoming.ts';
export { insertLineage, insertUnits } from './incoming.ts';
export { readChildrenBriefly, readUnitPlace } from './place.ts';
