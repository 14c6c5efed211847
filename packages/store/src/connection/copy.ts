import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from, to } from 'pg-copy-streams';
import type { Tx } from './database.ts';
import { clientOf } from './transaction.ts';

/**
 * Sends rows by COPY, holding only what is under way in memory.
 * @param statement `copy t (a, b) from stdin` with its format
 * @param source text or bytes in that format, cut anywhere
 * @returns number of rows written
 */
export async function copyIn(
  tx: Tx,
  statement: string,
  source: AsyncIterable<string | Buffer> | Iterable<string | Buffer>,
): Promise<number> {
  const target = clientOf(tx).query(from(statement));
  await pipeline(Readable.from(source, { objectMode: false }), target);
  return target.rowCount;
}

/** Reads rows by COPY: `copy (select …) to stdout`. The transaction can do nothing else until the stream ends. */
export function copyOut(tx: Tx, statement: string): Readable {
  return clientOf(tx).query(to(statement));
}
