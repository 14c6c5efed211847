import type { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Database, Reader, Tx } from '../connection/public.ts';
import { copyIn, copyOut, transaction } from '../connection/public.ts';
import { withoutGuards } from '../maintenance/public.ts';

/** A table as a backup has it: its columns in order, and its rows in PostgreSQL's own text form of COPY. */
export type BackupTable = { name: string; columns: string[] };

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Tables that hold data, those others point at first. `schema_migration` is made by migrating, not by loading. */
async function tablesInOrder(db: Reader): Promise<BackupTable[]> {
  const { rows } = await sql<{ name: string; columns: string[]; needs: string[] }>`
    select c.relname::text as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      coalesce((select array_agg(distinct t.relname::text) from pg_constraint k join pg_class t on t.oid = k.confrelid
       where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid), '{}') as needs
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> 'schema_migration'
    order by c.relname`.execute(db);
  const ordered: BackupTable[] = [];
  const done = new Set<string>();
  while (ordered.length < rows.length) {
    const ready = rows.filter((row) => !done.has(row.name) && row.needs.every((name) => done.has(name)));
    if (ready.length === 0) throw new Error('tables refer to each other in a circle');
    for (const { name, columns } of ready) {
      done.add(name);
      ordered.push({ name, columns });
    }
  }
  return ordered;
}

const listOf = (table: BackupTable) => `${quoted(table.name)} (${table.columns.map(quoted).join(', ')})`;

/**
 * Reads every table as of one moment, in the order in which it can be loaded. `write` must read the whole stream before it returns.
 */
export async function dumpTables(
  database: Database,
  write: (table: BackupTable, rows: Readable) => Promise<void>,
): Promise<{ takenAt: Date; migrations: string[] }> {
  return transaction(database, { readOnly: true }, async (tx) => {
    const { rows } = await sql<{ taken_at: Date; migrations: string[] }>`
      select now() as taken_at, (select array_agg(name order by name) from schema_migration) as migrations`.execute(tx);
    for (const table of await tablesInOrder(tx)) {
      const columns = table.columns.map(quoted).join(', ');
      await write(table, copyOut(tx, `copy (select ${columns} from ${quoted(table.name)}) to stdout`));
    }
    return { takenAt: rows[0]!.taken_at, migrations: rows[0]!.migrations };
  });
}

/** Counters of identity columns go on after the largest number loaded. */
async function advanceCounters(tx: Tx): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname::text as table, a.attname::text as column
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
      and pg_get_serial_sequence(format('%I', c.relname), a.attname) is not null`.execute(tx);
  for (const { table, column } of rows) {
    const from = sql.raw(`(select max(${quoted(column)}) from ${quoted(table)})`);
    await sql`select setval(pg_get_serial_sequence(${quoted(table)}, ${column}), coalesce(${from}, 1), ${from} is not null)`.execute(
      tx,
    );
  }
}

export type Loaded = { rows: number } | { refused: 'not-empty' } | { refused: 'unknown-tables'; tables: string[] };

/**
 * Loads a backup into migrated, unused tables, all or nothing. `read` gives the rows of a table as `dumpTables` wrote them.
 * Refuses a database in use (units, people or journal), and a backup with tables this version does not have.
 */
export async function loadTables(
  database: Database,
  tables: readonly BackupTable[],
  read: (table: BackupTable) => AsyncIterable<Buffer>,
): Promise<Loaded> {
  return transaction(database, {}, async (tx): Promise<Loaded> => {
    const { rows } = await sql<{ used: boolean }>`
      select exists (select from unit) or exists (select from person) or exists (select from journal) as used`.execute(
      tx,
    );
    if (rows[0]?.used) return { refused: 'not-empty' };
    const present = await tablesInOrder(tx);
    const names = new Set(present.map(({ name }) => name));
    const unknown = tables.filter(({ name }) => !names.has(name));
    if (unknown.length > 0) return { refused: 'unknown-tables', tables: unknown.map(({ name }) => name) };
    return withoutGuards(tx, async () => {
      // What migrations put there comes again with the backup.
      await sql`truncate ${sql.raw(present.map(({ name }) => quoted(name)).join(', '))} cascade`.execute(tx);
      const given = new Map(tables.map((table) => [table.name, table]));
      let count = 0;
      for (const { name } of present) {
        const table = given.get(name);
        if (table) count += await copyIn(tx, `copy ${listOf(table)} from stdin`, read(table));
      }
      await advanceCounters(tx);
      return { rows: count };
    });
  });
}
