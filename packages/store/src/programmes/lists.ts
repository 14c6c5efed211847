import type { Day } from '@dinh/domain/kernel';
import type { SheetState } from '@dinh/domain/programmes';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

/** A sheet as a line of a list. `state` null: expected, but not opened. */
export type SheetLine = {
  unitId: number;
  unit: string;
  kind: string;
  programme: string;
  period: string;
  state: SheetState | null;
  due: Day | null;
  late: boolean;
  submittedAt: Date | null;
  declaredLevel: string | null;
  declaredPoints: string | null;
  verifiedLevel: string | null;
  verifiedPoints: string | null;
  met: number;
  of: number;
  /** Criteria that have an answer, and those of them that facts filled in. */
  answered: number;
  filled: number;
  /** Criteria answered otherwise than in the period before: what the verifier should look at first. */
  changed: number;
  /** Criteria in which declared and verified differed in the period before. */
  differedBefore: number;
};

type LineRow = {
  unit_id: number;
  unit: string;
  kind: string;
  programme: string;
  period: string;
  state: SheetState | null;
  due: Day | null;
  late: boolean | null;
  submitted_at: Date | null;
  declared_level: string | null;
  declared_points: string | null;
  verified_level: string | null;
  verified_points: string | null;
  met: number;
  of: number;
  answered: number;
  filled: number;
  changed: number;
  differed_before: number;
};

const toLine = (row: LineRow): SheetLine => ({
  unitId: row.unit_id,
  unit: row.unit,
  kind: row.kind,
  programme: row.programme,
  period: row.period,
  state: row.state,
  due: row.due,
  late: row.late ?? false,
  submittedAt: row.submitted_at,
  declaredLevel: row.declared_level,
  declaredPoints: row.declared_points,
  verifiedLevel: row.verified_level,
  verifiedPoints: row.verified_points,
  met: row.met,
  of: row.of,
  answered: row.answered,
  filled: row.filled,
  changed: row.changed,
  differedBefore: row.differed_before,
});

const lineColumns = sql`
  d.unit_id, u.name as unit, u.kind, p.key as programme, a.state, a.due, a.late, a.submitted_at, a.declared_level, a.declared_points,
  a.verified_level, a.verified_points, coalesce(n.met, 0) as met, coalesce(n.of, 0) as of,
  coalesce(n.answered, 0) as answered, coalesce(n.filled, 0) as filled, coalesce(n.changed, 0) as changed,
  coalesce(n.differed_before, 0) as differed_before`;

const countsOf = sql`
  left join lateral (
    select count(*) filter (where v.declared_met)::integer as met, count(*)::integer as of,
      count(*) filter (where v.declared_met is not null)::integer as answered,
      count(*) filter (where v.declared_met is not null and v.source is not null)::integer as filled,
      count(*) filter (where b.criterion_id is not null and (v.declared_met is distinct from b.declared_met
        or v.declared_sustained is distinct from b.declared_sustained))::integer as changed,
      count(*) filter (where b.verdict is not null and b.declared_met is distinct from b.verified_met)::integer as differed_before
    from assessment_value v
    left join assessment_value b on b.unit_id = v.unit_id and b.programme_id = v.programme_id and b.criterion_id = v.criterion_id
      and b.period = period_before(v.period)
    where v.unit_id = a.unit_id and v.programme_id = a.programme_id and v.period = a.period
  ) n on true`;

/**
 * Every unit below that should have a sheet of the period (it runs the programme on the period's last day), with its sheet; those
 * that need a look first: sent and surprising, sent, returned, open, not opened, done.
 */
export async function deskLines(
  db: Reader,
  wanted: { aboveId: number; programmeId: number; period: string; day: Day; limit: number; offset: number },
): Promise<SheetLine[]> {
  const { rows } = await sql<LineRow>`
    with recursive below (unit_id, depth) as (
      select unit_id, 1 from unit_parent where parent_id = ${wanted.aboveId} and valid_from <= ${wanted.day} and valid_to > ${wanted.day}
      union all
      select c.unit_id, b.depth + 1 from below b
      join unit_parent c on c.parent_id = b.unit_id and c.valid_from <= ${wanted.day} and c.valid_to > ${wanted.day}
      where b.depth < 64
    )
    select ${lineColumns}, ${wanted.period} as period
    from below b
    join adoption d on d.unit_id = b.unit_id and d.programme_id = ${wanted.programmeId}
      and d.valid_from <= ${wanted.day} and d.valid_to > ${wanted.day}
    join programme p on p.id = d.programme_id
    join unit_version u on u.unit_id = d.unit_id and u.valid_from <= ${wanted.day} and u.valid_to > ${wanted.day}
    left join assessment a on a.unit_id = d.unit_id and a.programme_id = d.programme_id and a.period = ${wanted.period}
    ${countsOf}
    order by case a.state when 'submitted' then 0 when 'returned' then 1 when 'open' then 2 when 'accepted' then 4 when 'locked' then 5
      else 3 end, coalesce(n.changed, 0) + coalesce(n.differed_before, 0) desc, u.search, d.unit_id
    limit ${wanted.limit} offset ${wanted.offset}`.execute(db);
  return rows.map(toLine);
}

/** The latest sheets of the programmes that some units run, newest first: at most `each` of every unit and programme. */
export async function recentLines(
  db: Reader,
  unitIds: readonly number[],
  day: Day,
  each: number,
): Promise<SheetLine[]> {
  const { rows } = await sql<LineRow>`
    select ${lineColumns}, coalesce(a.period, '') as period
    from adoption d
    join programme p on p.id = d.programme_id
    join unit_version u on u.unit_id = d.unit_id and u.valid_from <= ${day} and u.valid_to > ${day}
    left join lateral (
      select * from assessment s where s.unit_id = d.unit_id and s.programme_id = d.programme_id order by s.period desc limit ${each}
    ) a on true
    ${countsOf}
    where d.unit_id = any(${[...unitIds]}::integer[]) and d.valid_from <= ${day} and d.valid_to > ${day}
    order by d.unit_id, p.key, a.period desc`.execute(db);
  return rows.map(toLine);
}
