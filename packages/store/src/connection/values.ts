import pg from 'pg';
import { DatabaseError } from './database-error.ts';

type Parse = (text: string) => unknown;

/** A count or an id as a number; a value a number cannot hold exactly is refused, never rounded. */
function integer(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new DatabaseError(
      'database.unsafe-integer',
      `${text} is too large for a number; read it as text or numeric`,
      { value: text },
    );
  return value;
}

const text: Parse = (value) => value;

// The type declarations of pg-types call it a function; it is an object that makes parsers.
const lists = pg.types.arrayParser as unknown as { create(source: string, item: Parse): { parse(): unknown } };
const listOf =
  (parse: Parse): Parse =>
  (value) =>
    lists.create(value, parse).parse();

/**
 * How column values arrive: int8 as number (exact or refused), numeric as text (exact), date as `YYYY-MM-DD` (a day has no time zone),
 * timestamptz as Date; the rest as `pg` does it. Lists of these alike.
 */
const parsers = new Map<number, Parse>([
  [20, integer],
  [1016, listOf(integer)],
  [1700, text],
  [1231, listOf(text)],
  [1082, text],
  [1182, listOf(text)],
  [1114, text],
  [1115, listOf(text)],
]);

export const valueTypes = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ??
    pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};
