import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '../connection/public.ts';
import { copyOut, transaction } from '../connection/public.ts';

/**
 * Writes every unit with every stretch of its days as CSV, in the columns the importer reads. Streams, whatever the size.
 * A stretch ends where its name, kind, code or parent changes; `valid_to` is the first day on which it is no longer so.
 */
export async function exportUnits(database: Database, target: Writable): Promise<void> {
  await transaction(database, { readOnly: true }, (tx) =>
    pipeline(
      copyOut(
        tx,
        `copy (
          with stretch as (
            select u.line, v.unit_id, v.name, v.kind, v.code, p.parent_id,
              greatest(v.valid_from, coalesce(p.valid_from, v.valid_from)) as valid_from,
              least(v.valid_to, coalesce(p.valid_to, v.valid_to)) as valid_to
            from unit_version v join unit u on u.id = v.unit_id
            left join unit_parent p on p.unit_id = v.unit_id and p.valid_from < v.valid_to and p.valid_to > v.valid_from
          )
          select s.code, s.name, s.kind, s.line, a.code as parent_code,
            nullif(s.valid_from, date '0001-01-01') as valid_from, nullif(s.valid_to, date '9999-12-31') as valid_to,
            (select b.code from unit_version b
             where b.unit_id = s.unit_id and b.valid_from < s.valid_from and b.valid_to >= s.valid_from)
              as continues
          from stretch s
          left join unit_version a on a.unit_id = s.parent_id and a.valid_from <= s.valid_from and a.valid_to > s.valid_from
          order by s.line, s.valid_from, s.unit_id
        ) to stdout with (format csv, header)`,
      ),
      target,
    ),
  );
}
