export type { Engine } from './engines/public.ts';
export type { TestDatabase, TestDatabaseOptions } from './test-database.ts';
export { forEachEngine, testDatabase } from './test-database.ts';
