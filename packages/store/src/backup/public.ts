export type { BackupTable, Loaded } from './tables.ts';
export { dumpTables, loadTables } from './tables.ts';
