import { sql } from 'kysely';
import type { Tx } from '../connection/public.ts';

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * Runs `work` while the guards of append-only and signed rows are down: for loading a backup, whose rows passed them when they were
 * written, and for emptying a demo that was cut short. Keys, checks and references stay. All in the transaction: a failure leaves them up.
 */
export async function withoutGuards<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ name: string }>`
    select distinct c.relname::text as name from pg_trigger g join pg_class c on c.oid = g.tgrelid
    where not g.tgisinternal and c.relnamespace = current_schema()::regnamespace order by 1`.execute(tx);
  const all = async (verb: 'disable' | 'enable') => {
    for (const { name } of rows)
      await sql`alter table ${sql.raw(quoted(name))} ${sql.raw(verb)} trigger user`.execute(tx);
  };
  await all('disable');
  const done = await work();
  await all('enable');
  return done;
}
