export { exportUnits } from './export-units.ts';
export type { BackupTable, Loaded } from './tables.ts';
export { dumpTables, loadTables } from './tables.ts';
