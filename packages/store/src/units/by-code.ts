import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

/** Units that carry these codes on a day. */
export async function unitsByCode(
  db: Reader,
  codes: readonly string[],
  day: Day,
): Promise<{ code: string; unitId: number }[]> {
  const { rows } = await sql<{ code: string; unitId: number }>`
    select v.code, v.unit_id as "unitId" from unit_version v
    where v.code = any(${[...codes]}::text[]) and v.valid_from <= ${day} and v.valid_to > ${day} order by v.code`.execute(
    db,
  );
  return rows;
}

export type LineageByCode = {
  kind: 'merge' | 'split' | 'move' | 'rename' | 'dissolve';
  from: string;
  to: string;
  effective: Day;
};

/**
 * Notes what became of what, by codes: the source as it was on the day before, the target as it is on the day itself. A row that
 * stands already is left alone.
 * @returns indexes of rows of which a side has no unit
 */
export async function insertLineageByCode(tx: Tx, rows: readonly LineageByCode[]): Promise<number[]> {
  const { rows: missed } = await sql<{ row: number }>`
    with given as (
      select g.row::integer - 1 as row, g.kind, g.effective, f.unit_id as from_unit, t.unit_id as to_unit
      from unnest(${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.from)}::text[], ${rows.map((row) => row.to)}::text[],
        ${rows.map((row) => row.effective)}::date[]) with ordinality as g (kind, from_code, to_code, effective, row)
      left join unit_version f on f.code = g.from_code and f.valid_from < g.effective and f.valid_to >= g.effective
      left join unit_version t on t.code = g.to_code and t.valid_from <= g.effective and t.valid_to > g.effective
    ), written as (
      insert into unit_lineage (kind, from_unit, to_unit, effective)
      select kind, from_unit, to_unit, effective from given g
      where from_unit is not null and to_unit is not null and not exists (
        select 1 from unit_lineage l where l.kind = g.kind and l.from_unit = g.from_unit and l.to_unit = g.to_unit
          and l.effective = g.effective)
      order by row
    )
    select row from given where from_unit is null or to_unit is null order by row`.execute(tx);
  return missed.map(({ row }) => row);
}
