export type { Migration, MigrationReport } from './migrate.ts';
export { digestOfAll, MIGRATIONS_FOLDER, migrate, readMigrations } from './migrate.ts';
