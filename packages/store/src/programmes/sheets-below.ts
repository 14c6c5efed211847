import type { Day } from '@dinh/domain/kernel';
import type { SheetState, SideFigures } from '@dinh/domain/programmes';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

export type SheetBelow = {
  id: number;
  name: string;
  kind: string;
  state: SheetState;
  late: boolean;
  submittedAt: Date | null;
  declaredPoints: string | null;
  declaredLevel: string | null;
  verifiedPoints: string | null;
  verifiedLevel: string | null;
  /** By criterion. Decimals as text. */
  values: Record<string, { declared: SideFigures; verified: SideFigures }>;
};

const side = (name: 'declared' | 'verified') =>
  sql.raw(`json_build_object('value', v.${name}_value::text, 'of', v.${name}_of::text, 'text', v.${name}_text, 'met', v.${name}_met,
    'sustained', v.${name}_sustained)`);

/** Sheets of a period of a unit and all below it by the tree of a day, by name, with every answer; one statement. */
export async function readSheetsBelow(
  db: Reader,
  wanted: { unitId: number; programmeId: number; period: string; day: Day; limit: number },
): Promise<SheetBelow[]> {
  const { day } = wanted;
  const { rows } = await sql<SheetBelow>`
    with recursive below (unit_id, depth) as (
      select ${wanted.unitId}::integer, 0
      union all
      select p.unit_id, b.depth + 1 from below b
      join unit_parent p on p.parent_id = b.unit_id and p.valid_from <= ${day} and p.valid_to > ${day}
      where b.depth < 64
    ), page as (
      select a.*, u.name, u.kind, u.search
      from below join assessment a on a.unit_id = below.unit_id and a.programme_id = ${wanted.programmeId} and a.period = ${wanted.period}
      join unit_version u on u.unit_id = a.unit_id and u.valid_from <= ${day} and u.valid_to > ${day}
      order by u.search, a.unit_id limit ${wanted.limit}
    )
    select p.unit_id as id, p.name, p.kind, p.state, p.late, p.submitted_at as "submittedAt", p.declared_points as "declaredPoints",
      p.declared_level as "declaredLevel", p.verified_points as "verifiedPoints", p.verified_level as "verifiedLevel",
      coalesce((
        select json_object_agg(c.key, json_build_object('declared', ${side('declared')}, 'verified', ${side('verified')}))
        from assessment_value v join criterion c on c.id = v.criterion_id
        where v.unit_id = p.unit_id and v.programme_id = p.programme_id and v.period = p.period
      ), '{}') as values
    from page p order by p.search, p.unit_id`.execute(db);
  return rows;
}
