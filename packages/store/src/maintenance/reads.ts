import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

/** Rejects when the database does not answer. */
export async function pingDatabase(db: Reader): Promise<void> {
  await sql`select 1`.execute(db);
}

/** Every file the database knows of: `digest` names it in the folder of files, `bytes` is its size. */
export async function storedFiles(db: Reader): Promise<{ digest: string; bytes: number }[]> {
  const { rows } = await sql<{ digest: string; bytes: number }>`select digest, bytes from file order by digest`.execute(
    db,
  );
  return rows;
}

/** Migrations this database has, with the digest each had when it was applied; none for a database never migrated. */
export async function appliedMigrations(db: Reader): Promise<{ name: string; digest: string }[]> {
  const { rows: present } =
    await sql`select from pg_tables where schemaname = current_schema() and tablename = 'schema_migration'`.execute(db);
  if (present.length === 0) return [];
  const { rows } = await sql<{
    name: string;
    digest: string;
  }>`select name, digest from schema_migration order by name`.execute(db);
  return rows;
}
