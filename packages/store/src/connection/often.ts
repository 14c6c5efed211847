import { createHash } from 'node:crypto';
import { sql } from 'kysely';

/**
 * Put at the head of a statement that every submission or page runs: each connection then plans it once instead of every time, which
 * for the long statements of sheets and totals is most of their cost. Not for statements whose best plan depends on their values.
 */
export const often = sql.raw('/* often */');

const names = new Map<string, string>();

/** The name under which a connection keeps the plan of a statement marked `often`; undefined for all others. */
export function planName(statement: string): string | undefined {
  if (!statement.includes('/* often */')) return undefined;
  let name = names.get(statement);
  if (!name) {
    name = createHash('sha256').update(statement).digest('hex').slice(0, 32);
    names.set(statement, name);
  }
  return name;
}
