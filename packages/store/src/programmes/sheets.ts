import type { Day } from '@dinh/domain/kernel';
import type { CriterionFigures, SheetFigures, SheetState, SideFigures } from '@dinh/domain/programmes';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import { often } from '../connection/public.ts';

export type Vote = { present: number; for: number; against: number; abstain: number };
export type FactSource = { fact: string; value?: unknown; href?: string };

/** One criterion of a sheet: what the unit says beside what the level above found. */
export type SheetValue = CriterionFigures & {
  declaredPoints: string | null;
  verifiedPoints: string | null;
  verdict: 'accepted' | 'returned' | null;
  note: string | null;
  reason: string | null;
  source: FactSource[] | null;
};

export type Sheet = {
  unitId: number;
  programmeId: number;
  programme: string;
  period: string;
  periodEnd: Day;
  packVersion: string;
  pack: unknown;
  packDigest: string;
  /** What the unit made its own of the pack, and who is in charge of each criterion. */
  adopted: unknown;
  inCharge: Record<string, string>;
  state: SheetState;
  revision: number;
  due: Day;
  openedAt: Date;
  submittedAt: Date | null;
  decidedAt: Date | null;
  late: boolean;
  vote: Vote | null;
  returnReason: string | null;
  declaredPoints: string | null;
  declaredLevel: string | null;
  verifiedPoints: string | null;
  verifiedLevel: string | null;
  values: SheetValue[];
  /** Units above on the period's last day, nearest first. */
  path: number[];
  /** The sheets beside it in time, as far as regressions need them. */
  before: SheetFigures | null;
  after: SheetFigures | null;
};

type SideJson = [string | null, string | null, string | null, boolean | null, boolean | null];
type ValueJson = {
  key: string;
  d: SideJson;
  v: SideJson;
  dp: string | null;
  vp: string | null;
  verdict: SheetValue['verdict'];
  note: string | null;
  reason: string | null;
  source: FactSource[] | null;
};
type NeighbourJson = { state: SheetState; met: [key: string, declared: boolean | null, verified: boolean | null][] };
type Row = {
  unit_id: number;
  programme_id: number;
  programme: string;
  period: string;
  period_end: Day;
  pack_version: string;
  pack: unknown;
  pack_digest: string;
  adopted: unknown;
  in_charge: Record<string, string> | null;
  state: SheetState;
  revision: number;
  due: Day;
  opened_at: Date;
  submitted_at: Date | null;
  decided_at: Date | null;
  late: boolean;
  vote: Vote | null;
  return_reason: string | null;
  declared_points: string | null;
  declared_level: string | null;
  verified_points: string | null;
  verified_level: string | null;
  own_values: ValueJson[];
  path: number[];
  before_sheet: NeighbourJson | null;
  after_sheet: NeighbourJson | null;
};

const toSide = ([value, of, text, met, sustained]: SideJson): SideFigures => ({ value, of, text, met, sustained });
const toValue = (row: ValueJson): SheetValue => ({
  key: row.key,
  declared: toSide(row.d),
  verified: toSide(row.v),
  declaredPoints: row.dp,
  verifiedPoints: row.vp,
  verdict: row.verdict,
  note: row.note,
  reason: row.reason,
  source: row.source,
});
const noSide = { value: null, of: null, text: null, sustained: null };

const toNeighbour = (row: NeighbourJson | null): SheetFigures | null =>
  row && {
    state: row.state,
    late: false,
    declaredPoints: null,
    declaredLevel: null,
    verifiedPoints: null,
    verifiedLevel: null,
    criteria: row.met.map(([key, declared, verified]) => ({
      key,
      declared: { ...noSide, met: declared },
      verified: { ...noSide, met: verified },
    })),
  };

// Numbers go as text: JSON numbers would pass through binary floats.
const valuesOf = (sheet: string) => sql`
  coalesce((
    select json_agg(json_build_object(
      'key', c.key,
      'd', json_build_array(v.declared_value::text, v.declared_of::text, v.declared_text, v.declared_met, v.declared_sustained),
      'v', json_build_array(v.verified_value::text, v.verified_of::text, v.verified_text, v.verified_met, v.verified_sustained),
      'dp', v.declared_points::text, 'vp', v.verified_points::text,
      'verdict', v.verdict, 'note', v.note, 'reason', v.reason, 'source', v.source) order by v.criterion_id)
    from assessment_value v join criterion c on c.id = v.criterion_id
    where v.unit_id = ${sql.ref(`${sheet}.unit_id`)} and v.programme_id = ${sql.ref(`${sheet}.programme_id`)}
      and v.period = ${sql.ref(`${sheet}.period`)}), '[]')`;

// Of the sheets beside it only what regressions compare.
const neighbour = (period: string) => sql`
  (select json_build_object('state', n.state, 'met', coalesce((
     select json_agg(json_build_array(c.key, v.declared_met, v.verified_met)) from assessment_value v join criterion c on c.id = v.criterion_id
     where v.unit_id = n.unit_id and v.programme_id = n.programme_id and v.period = n.period), '[]'))
   from assessment n where n.unit_id = a.unit_id and n.programme_id = a.programme_id and n.period = ${period})`;

/**
 * A sheet with its pack, values, ancestors and the sheets before and after it, in one statement.
 * @param lock true holds the sheet until the commit, for writers
 * @param knownPacks digests of packs the caller has at hand: their content is not sent again (`pack` is null then)
 */
export async function loadSheet(
  db: Reader,
  key: { unitId: number; programme: string; period: string; before: string; after: string },
  lock: boolean,
  knownPacks: Iterable<string> = [],
): Promise<Sheet | null> {
  const { rows } = await sql<Row>`${often}
    select a.*, p.key as programme, case when k.digest = any(${[...knownPacks]}::text[]) then null else k.content end as pack, k.digest as pack_digest, d.adopted, d.in_charge, ${valuesOf('a')} as own_values,
      array(
        with recursive above (node, depth) as (
          select u.parent_id, 1 from unit_parent u
          where u.unit_id = a.unit_id and u.valid_from <= a.period_end and u.valid_to > a.period_end
          union all
          select u.parent_id, above.depth + 1 from above
          join unit_parent u on u.unit_id = above.node and u.valid_from <= a.period_end and u.valid_to > a.period_end
          where above.depth < 64
        ) select node from above order by depth
      ) as path,
      ${neighbour(key.before)} as before_sheet,
      ${neighbour(key.after)} as after_sheet
    from assessment a
    join programme p on p.id = a.programme_id
    join pack k on k.programme_id = a.programme_id and k.version = a.pack_version
    left join adoption d on d.unit_id = a.unit_id and d.programme_id = a.programme_id
      and d.valid_from <= a.period_end and d.valid_to > a.period_end
    where a.unit_id = ${key.unitId} and p.key = ${key.programme} and a.period = ${key.period}
    ${lock ? sql`for update of a` : sql``}`.execute(db);
  const row = rows[0];
  if (!row) return null;
  return {
    unitId: row.unit_id,
    programmeId: row.programme_id,
    programme: row.programme,
    period: row.period,
    periodEnd: row.period_end,
    packVersion: row.pack_version,
    pack: row.pack,
    packDigest: row.pack_digest,
    adopted: row.adopted ?? {},
    inCharge: row.in_charge ?? {},
    state: row.state,
    revision: row.revision,
    due: row.due,
    openedAt: row.opened_at,
    submittedAt: row.submitted_at,
    decidedAt: row.decided_at,
    late: row.late,
    vote: row.vote,
    returnReason: row.return_reason,
    declaredPoints: row.declared_points,
    declaredLevel: row.declared_level,
    verifiedPoints: row.verified_points,
    verifiedLevel: row.verified_level,
    values: row.own_values.map(toValue),
    path: row.path,
    before: toNeighbour(row.before_sheet),
    after: toNeighbour(row.after_sheet),
  };
}
