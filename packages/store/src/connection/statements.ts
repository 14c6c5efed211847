import type { Database } from './database.ts';
import { innerOf } from './database.ts';

/** SQL statements sent while `fn` runs (begin and commit among them), in order; includes what others send on this database meanwhile. */
export async function recordStatements(database: Database, fn: () => Promise<unknown>): Promise<string[]> {
  const { watchers } = innerOf(database);
  const statements: string[] = [];
  const watcher = (statement: string) => void statements.push(statement);
  watchers.add(watcher);
  try {
    await fn();
  } finally {
    watchers.delete(watcher);
  }
  return statements;
}

/** Number of SQL statements sent while `fn` runs; a list read row by row shows as a number that grows with the rows. */
export async function countStatements(database: Database, fn: () => Promise<unknown>): Promise<number> {
  return (await recordStatements(database, fn)).length;
}
