import { sql } from 'kysely';
import type { Database } from '../connection/public.ts';
import { transaction } from '../connection/public.ts';
import { withoutGuards } from './guards.ts';

/** `foreign`: somebody's own data lies here; `cut-short`: a demo fill began and did not end. */
export type DemoFill = 'empty' | 'foreign' | 'cut-short' | 'complete';

/** What a database has of the demo. */
export async function demoFill(database: Database): Promise<DemoFill> {
  const { rows } = await sql<{ began: boolean; ended: boolean; used: boolean }>`
    select exists (select from demo_fill) as began, exists (select from demo_fill where ended_at is not null) as ended,
      exists (select from unit) or exists (select from person) as used`.execute(database.db);
  const { began = false, ended = false, used = false } = rows[0] ?? {};
  if (began) return ended ? 'complete' : 'cut-short';
  return used ? 'foreign' : 'empty';
}

export async function beginDemoFill(database: Database): Promise<void> {
  await transaction(database, {}, (tx) => sql`insert into demo_fill (id) values (1)`.execute(tx));
}

export async function endDemoFill(database: Database): Promise<void> {
  await transaction(database, {}, (tx) => sql`update demo_fill set ended_at = now() where id = 1`.execute(tx));
}

/** What migrations filled: an unused database has it too. */
const KEPT = ['schema_migration', 'asset_kind', 'work_kind'];

/** Throws away everything a cut-short demo fill left, and nothing else: any other database is left alone. */
export async function emptyDatabase(database: Database): Promise<boolean> {
  if ((await demoFill(database)) !== 'cut-short') return false;
  await transaction(database, {}, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      select string_agg(format('%I', tablename), ', ' order by tablename) as name from pg_tables
      where schemaname = current_schema() and tablename <> all (${[...KEPT]}::text[])`.execute(tx);
    await withoutGuards(tx, () =>
      sql`truncate ${sql.raw(rows[0]?.name ?? 'demo_fill')} restart identity cascade`.execute(tx),
    );
    await sql`insert into rollup_progress values (0)`.execute(tx);
  });
  return true;
}
