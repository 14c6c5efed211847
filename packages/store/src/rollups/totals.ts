import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import { type columns, sumsOf } from './measures.ts';
import { contributions } from './recount.ts';
import type { Total } from './standing.ts';

type Amounts = Record<(typeof columns)[number], string | number>;
type Row = { unit_id: number; period: string; item: string } & Amounts;

const toTotal = (row: Row): Total => ({
  unitId: row.unit_id,
  period: row.period,
  item: row.item,
  declared: Number(row.declared),
  declaredMet: Number(row.declared_met),
  declaredSustained: Number(row.declared_sustained),
  declaredValue: String(row.declared_value),
  declaredOf: String(row.declared_of),
  verified: Number(row.verified),
  verifiedMet: Number(row.verified_met),
  verifiedSustained: Number(row.verified_sustained),
  verifiedValue: String(row.verified_value),
  verifiedOf: String(row.verified_of),
  differing: Number(row.differing),
  regressed: Number(row.regressed),
});

/** A number that rises with every committed change of the totals: the overview asks it to know whether to look again. */
export async function readRollupMark(db: Reader): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select ((select gathered from rollup_progress) + (select count(*) from rollup_change))::text as mark`.execute(db);
  return rows[0]!.mark;
}

/** What the units' own sheets add (totals count only what lies below a unit). */
export async function readOwnFigures(
  db: Reader,
  wanted: { unitIds: readonly number[]; programmeId: number; periods: readonly string[] },
): Promise<Total[]> {
  const own = contributions(sql`
    a.unit_id = any(${[...wanted.unitIds]}::integer[]) and a.programme_id = ${wanted.programmeId}
    and a.period = any(${[...wanted.periods]}::text[])`);
  const { rows } =
    await sql<Row>`select unit_id, period, item, ${sumsOf('o')} from (${own}) o group by 1, 2, 3`.execute(db);
  return rows.map(toTotal);
}

/**
 * Totals by the tree of another day than the period's own last day: walks that tree down to every sheet and counts. Exact like the
 * rest, and slower the more sheets there are.
 */
export async function readTotalsAsOf(
  db: Reader,
  wanted: { unitIds: readonly number[]; programmeId: number; periods: readonly string[]; day: Day },
): Promise<Total[]> {
  const own = contributions(sql`
    a.programme_id = ${wanted.programmeId} and a.period = any(${[...wanted.periods]}::text[])
    and a.unit_id in (select unit_id from below)`);
  const { rows } = await sql<Row>`
    with recursive below (top, unit_id, depth) as (
      select p.parent_id, p.unit_id, 1 from unit_parent p
      where p.parent_id = any(${[...wanted.unitIds]}::integer[]) and p.valid_from <= ${wanted.day} and p.valid_to > ${wanted.day}
      union all
      select b.top, p.unit_id, b.depth + 1 from below b
      join unit_parent p on p.parent_id = b.unit_id and p.valid_from <= ${wanted.day} and p.valid_to > ${wanted.day}
      where b.depth < 64
    )
    select b.top as unit_id, o.period, o.item, ${sumsOf('o')}
    from (${own}) o join below b on b.unit_id = o.unit_id group by 1, 2, 3`.execute(db);
  return rows.map(toTotal);
}
