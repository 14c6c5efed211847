import type { Day } from '@dinh/domain/kernel';
import type { SheetState, SideFigures } from '@dinh/domain/programmes';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../connection/public.ts';

/** Which units stand behind a figure. The first four speak of answers, the others of sheets. */
export type Behind =
  | 'met'
  | 'missed'
  | 'differing'
  | 'regressed'
  | 'sent'
  | 'not-sent'
  | 'late'
  | 'returned'
  | 'waiting'
  | 'accepted';

export type UnitBehind = {
  id: number;
  name: string;
  kind: string;
  state: SheetState;
  submittedAt: Date | null;
  level: string | null;
  /** Of the criteria asked about, how many the figure counts for this unit. */
  count: number;
  /** The first of them, by key; null where the figure is about the sheet as a whole. */
  criterion: string | null;
  declared: SideFigures | null;
  verified: SideFigures | null;
  note: string | null;
  reason: string | null;
  evidence: number;
};

const isDeclared = sql`a.state in ('submitted', 'accepted', 'locked')`;
const isVerified = sql`a.state in ('accepted', 'locked')`;
const answered = (side: 'declared' | 'verified') =>
  sql.raw(`coalesce(v.${side}_value::text, v.${side}_text, v.${side}_met::text) is not null`);
const met = (side: 'declared' | 'verified') => sql.raw(`coalesce(v.${side}_met, false)`);

/** The same rule as the totals count by (see rollups/recount.ts): the list is as long as the figure is large. */
function answerCondition(which: Behind, side: 'declared' | 'verified'): RawBuilder<unknown> {
  const counts = side === 'verified' ? isVerified : isDeclared;
  switch (which) {
    case 'met':
      return sql`${counts} and ${answered(side)} and ${met(side)}`;
    case 'missed':
      return sql`${counts} and ${answered(side)} and not ${met(side)}`;
    case 'differing':
      return sql`${isVerified} and ${answered('declared')} and ${answered('verified')}
        and (v.declared_met is distinct from v.verified_met or v.declared_sustained is distinct from v.verified_sustained
          or coalesce(v.declared_value, 0) <> coalesce(v.verified_value, 0) or coalesce(v.declared_of, 0) <> coalesce(v.verified_of, 0))`;
    default:
      return sql`case when ${isVerified} then v.verified_met when ${isDeclared} then v.declared_met end = false
        and exists (
          select 1 from assessment b
          join assessment_value bv on bv.unit_id = b.unit_id and bv.programme_id = b.programme_id and bv.period = b.period
          where b.unit_id = a.unit_id and b.programme_id = a.programme_id and b.period = period_before(a.period)
            and bv.criterion_id = v.criterion_id
            and case when b.state in ('accepted', 'locked') then bv.verified_met when b.state = 'submitted' then bv.declared_met end)`;
  }
}

const sheetConditions: Record<
  'sent' | 'not-sent' | 'late' | 'returned' | 'waiting' | 'accepted',
  RawBuilder<unknown>
> = {
  sent: isDeclared,
  'not-sent': sql`a.state in ('open', 'returned')`,
  late: sql`${isDeclared} and a.late`,
  returned: sql`a.state = 'returned'`,
  waiting: sql`a.state = 'submitted'`,
  accepted: isVerified,
};

type Row = Omit<UnitBehind, 'declared' | 'verified'> & {
  total: number;
  first: Record<string, string | boolean | null> | null;
};

const sideOf = (first: NonNullable<Row['first']>, side: 'declared' | 'verified'): SideFigures => ({
  value: (first[`${side}_value`] ?? null) as string | null,
  of: (first[`${side}_of`] ?? null) as string | null,
  text: (first[`${side}_text`] ?? null) as string | null,
  met: (first[`${side}_met`] ?? null) as boolean | null,
  sustained: (first[`${side}_sustained`] ?? null) as boolean | null,
});

const figureColumns = sql.raw(
  ['declared', 'verified']
    .flatMap((side) => [
      ...['value', 'of'].map((part) => `'${side}_${part}', v.${side}_${part}::text`),
      ...['text', 'met', 'sustained'].map((part) => `'${side}_${part}', v.${side}_${part}`),
    ])
    .join(', '),
);

/**
 * The units behind a figure: the unit itself and everything below it by the tree of `day`, with their sheet of the period, by name.
 * @param criteria keys the figure is about; all of the sheet when absent. Ignored by what speaks of sheets.
 * @param level only sheets of that level, on `side`
 */
export async function readUnitsBehind(
  db: Reader,
  wanted: {
    unitId: number;
    programmeId: number;
    period: string;
    day: Day;
    which: Behind;
    side: 'declared' | 'verified';
    criteria?: readonly string[] | undefined;
    level?: string | undefined;
    limit: number;
    offset: number;
  },
): Promise<{ total: number; units: UnitBehind[] }> {
  const { which, side, criteria, level, day } = wanted;
  const ofAnswers = which === 'met' || which === 'missed' || which === 'differing' || which === 'regressed';
  const condition = ofAnswers ? sql`n.count > 0` : sheetConditions[which];
  const level_ = sql.ref(`a.${side}_level`);
  const ofLevel =
    level === undefined ? sql`` : sql`and ${level_} = ${level} and ${side === 'verified' ? isVerified : isDeclared}`;
  const ofCriteria = criteria === undefined ? sql`` : sql`and c.key = any(${[...criteria]}::text[])`;
  const counted = ofAnswers
    ? sql`
      cross join lateral (
        select count(*) as count, (array_agg(json_build_object('key', c.key, 'criterion_id', v.criterion_id, 'note', v.note,
          'reason', v.reason, ${figureColumns}) order by c.key))[1] as first
        from assessment_value v join criterion c on c.id = v.criterion_id
        where v.unit_id = a.unit_id and v.programme_id = a.programme_id and v.period = a.period ${ofCriteria}
          and ${answerCondition(which, side)}
      ) n`
    : sql`cross join lateral (select 0 as count, null::json as first) n`;
  const { rows } = await sql<Row>`
    with recursive below (unit_id, depth) as (
      select ${wanted.unitId}::integer, 0
      union all
      select p.unit_id, b.depth + 1 from below b
      join unit_parent p on p.parent_id = b.unit_id and p.valid_from <= ${day} and p.valid_to > ${day}
      where b.depth < 64
    ), page as (
      select a.unit_id, a.programme_id, a.period, a.state, a.submitted_at, coalesce(a.verified_level, a.declared_level) as level,
        u.name, u.kind, u.search, n.count, n.first, count(*) over () as total
      from below join assessment a on a.unit_id = below.unit_id and a.programme_id = ${wanted.programmeId} and a.period = ${wanted.period}
      join unit_version u on u.unit_id = a.unit_id and u.valid_from <= ${day} and u.valid_to > ${day}
      ${counted}
      where ${condition} ${ofLevel}
      order by u.search, a.unit_id limit ${wanted.limit} offset ${wanted.offset}
    )
    select p.unit_id as id, p.name, p.kind, p.state, p.submitted_at as "submittedAt", p.level, p.count, p.first,
      p.first ->> 'key' as criterion, p.first ->> 'note' as note, p.first ->> 'reason' as reason, p.total,
      (select count(*) from evidence e where e.unit_id = p.unit_id and e.programme_id = p.programme_id and e.period = p.period
        and e.removed_at is null and (p.first is null or e.criterion_id = (p.first ->> 'criterion_id')::integer)) as evidence
    from page p order by p.search, p.unit_id`.execute(db);
  return {
    total: rows[0]?.total ?? 0,
    units: rows.map(({ total: _total, first, ...row }) => ({
      ...row,
      declared: first ? sideOf(first, 'declared') : null,
      verified: first ? sideOf(first, 'verified') : null,
    })),
  };
}
