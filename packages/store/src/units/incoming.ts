import type { Day, RefusalCode } from '@dinh/domain/kernel';
import { foldText, orderText } from '@dinh/domain/kernel';
import type { Line } from '@dinh/domain/units';
import { sql } from 'kysely';
import type { Tx } from '../connection/public.ts';

/** One stretch of days in the life of a unit under one name, kind, code and parent code, as an import gives it. */
export type IncomingUnit = {
  line: Line;
  kind: string;
  /** Official code, or null when the unit has none (then it can be nobody's parent in an import). */
  code: string | null;
  name: string;
  /** Code of the unit above in the same line, or null for a root. */
  parentCode: string | null;
  /** First day. */
  validFrom: Day;
  /** First day it is no longer so; `FOREVER` when open. */
  validTo: Day;
  /** The code under which this same unit was known until the day before `validFrom`; absent for a unit that begins here. */
  continues?: string;
};

/** Why a row was not taken; `row` is its index in the array given. */
export type IncomingProblem = { row: number; code: RefusalCode };

/** `ids[i]` is the unit of row `i`, or null when `problems` says why it was not taken. */
export type Inserted = { ids: (number | null)[]; problems: IncomingProblem[] };

async function stage(tx: Tx, rows: readonly IncomingUnit[]): Promise<void> {
  const folded = rows.map((r) => foldText(r.name));
  await sql`
    create temporary table if not exists unit_incoming (
      row integer primary key, unit_id integer, problem text, line text, kind text, rank integer, code text, name text, search text, ordered text,
      parent_code text, continues text, valid_from date, valid_to date
    ) on commit drop`.execute(tx);
  await sql`truncate unit_incoming`.execute(tx);
  await sql`
    insert into unit_incoming (row, line, kind, rank, code, name, search, ordered, parent_code, continues, valid_from, valid_to, problem)
    select r.row - 1, r.line, r.kind, k.rank, r.code, r.name, r.search, r.ordered, r.parent_code, r.continues, r.valid_from, r.valid_to,
      case when k.key is null then 'units.kind-unknown'
           when k.line <> r.line then 'units.line-differs'
           when r.valid_from >= r.valid_to then 'units.dates-wrong'
           when r.search = '' then 'input.required' end
    from unnest(
      ${rows.map((r) => r.line)}::text[], ${rows.map((r) => r.kind)}::text[], ${rows.map((r) => r.code)}::text[],
      ${rows.map((r) => r.name)}::text[], ${folded}::text[], ${folded.map(orderText)}::text[], ${rows.map((r) => r.parentCode)}::text[],
      ${rows.map((r) => r.continues ?? null)}::text[], ${rows.map((r) => r.validFrom)}::date[], ${rows.map((r) => r.validTo)}::date[]
    ) with ordinality as r (line, kind, code, name, search, ordered, parent_code, continues, valid_from, valid_to, row)
    left join unit_kind k on k.key = r.kind`.execute(tx);
  await sql`analyze unit_incoming`.execute(tx);
  // What is stored under the codes these rows speak of: one index look-up per code. Inside a large import the planner has no
  // statistics of the rows before and would read the whole table for each code, so that plan is forbidden for this statement.
  await sql`
    create temporary table if not exists unit_known (
      unit_id integer, line text, rank integer, code text, valid_from date, valid_to date
    ) on commit drop`.execute(tx);
  await sql`truncate unit_known`.execute(tx);
  await sql`set local enable_seqscan = off`.execute(tx);
  await sql`set local jit = off`.execute(tx);
  await sql`
    insert into unit_known (unit_id, line, rank, code, valid_from, valid_to)
    select v.unit_id, k.line, k.rank, v.code, v.valid_from, v.valid_to
    from (
      select code from unit_incoming union select parent_code from unit_incoming union select continues from unit_incoming
    ) c
    cross join lateral (select * from unit_version where unit_version.code = c.code offset 0) v
    join unit_kind k on k.key = v.kind`.execute(tx);
  await sql`set local enable_seqscan = default`.execute(tx);
  await sql`analyze unit_known`.execute(tx);
}

/** A code names one unit of a line on any day: among the rows (the first one stays) and against what is stored. */
async function markDuplicates(tx: Tx): Promise<void> {
  await sql`
    update unit_incoming i set problem = 'units.duplicate-code'
    from (
      select row, max(valid_to) over (partition by line, code order by valid_from, row
                                      rows between unbounded preceding and 1 preceding) > valid_from as overlaps
      from unit_incoming where code is not null and problem is null
    ) w
    where w.row = i.row and w.overlaps`.execute(tx);
  await sql`
    update unit_incoming i set problem = 'units.duplicate-code'
    from unit_known k
    where i.problem is null and k.line = i.line and k.code = i.code and k.valid_from < i.valid_to and i.valid_from < k.valid_to`.execute(
    tx,
  );
}

/** Gives every row its unit: a new id, or the id of the unit it continues (stored, or among the rows at any distance). */
async function assignIds(tx: Tx, continuing: boolean): Promise<void> {
  await sql`
    update unit_incoming set unit_id = nextval('unit_id_seq')
    where problem is null and continues is null`.execute(tx);
  if (!continuing) return;
  await sql`
    update unit_incoming i set unit_id = k.unit_id from unit_known k
    where i.problem is null and k.line = i.line and k.code = i.continues and k.valid_to = i.valid_from`.execute(tx);
  for (;;) {
    const { numAffectedRows } = await sql`
      update unit_incoming i set unit_id = o.unit_id from unit_incoming o
      where i.problem is null and i.unit_id is null and o.problem is null and o.unit_id is not null
        and o.line = i.line and o.code = i.continues and o.valid_to = i.valid_from`.execute(tx);
    if (!numAffectedRows) break;
  }
  await sql`
    update unit_incoming set problem = 'units.nothing-to-continue'
    where problem is null and continues is not null and unit_id is null`.execute(tx);
}

/**
 * Marks rows whose parent is missing on some day, stands no higher, or was itself refused, and rows that continue a refused one. A
 * refused row takes others with it, so this repeats until nothing changes: at most once per level and version.
 */
async function markBroken(tx: Tx): Promise<void> {
  for (;;) {
    const { numAffectedRows } = await sql`
      with parents as materialized (
        select line, code, rank, valid_from, valid_to from unit_known
        union all
        select line, code, rank, valid_from, valid_to from unit_incoming where problem is null and code is not null
      ), found as (
        select i.row, i.valid_to - i.valid_from as days,
          coalesce(sum(least(i.valid_to, p.valid_to) - greatest(i.valid_from, p.valid_from)) filter (where p.line is not null), 0) as covered,
          coalesce(bool_or(p.rank >= i.rank), false) as too_low
        from unit_incoming i
        left join parents p on p.line = i.line and p.code = i.parent_code and p.valid_from < i.valid_to and i.valid_from < p.valid_to
        where i.problem is null and i.parent_code is not null
        group by i.row
      )
      update unit_incoming i
         set problem = case when f.covered = 0 then 'units.parent-unknown'
                            when f.covered < f.days then 'units.parent-missing-days' else 'units.kind-out-of-rank' end
        from found f
       where f.row = i.row and (f.covered < f.days or f.too_low)`.execute(tx);
    const { numAffectedRows: broken } = await sql`
      update unit_incoming i set problem = 'units.nothing-to-continue'
      where i.problem is null and i.continues is not null
        and not exists (select 1 from unit_incoming o where o.unit_id = i.unit_id and o.problem is null and o.valid_to = i.valid_from)
        and not exists (select 1 from unit_version v where v.unit_id = i.unit_id and v.valid_to = i.valid_from)`.execute(
      tx,
    );
    if (!numAffectedRows && !broken) return;
  }
}

async function insertStaged(tx: Tx): Promise<void> {
  await sql`insert into unit (id, line) select unit_id, line from unit_incoming where problem is null and continues is null`.execute(
    tx,
  );
  await sql`
    insert into unit_version (unit_id, valid_from, valid_to, kind, code, name, search, ordered)
    select unit_id, valid_from, valid_to, kind, code, name, search, ordered from unit_incoming where problem is null`.execute(
    tx,
  );
  await sql`
    insert into unit_known (unit_id, line, rank, code, valid_from, valid_to)
    select unit_id, line, rank, code, valid_from, valid_to from unit_incoming where problem is null and code is not null`.execute(
    tx,
  );
  await sql`analyze unit_known`.execute(tx);
  // A parent known under one code as two units after each other (before and after a reorganisation) is followed day by day;
  // two versions of one parent are one stretch.
  await sql`
    with piece as (
      select i.unit_id, k.unit_id as parent_id, greatest(i.valid_from, k.valid_from) as valid_from, least(i.valid_to, k.valid_to) as valid_to
      from unit_incoming i
      join unit_known k on k.line = i.line and k.code = i.parent_code and k.valid_from < i.valid_to and i.valid_from < k.valid_to
      where i.problem is null
    ), island as (
      select *, lag(parent_id) over w is distinct from parent_id or lag(valid_to) over w is distinct from valid_from as starts
      from piece window w as (partition by unit_id order by valid_from)
    ), numbered as (
      select *, count(*) filter (where starts) over (partition by unit_id order by valid_from) as number from island
    )
    insert into unit_parent (unit_id, valid_from, valid_to, parent_id)
    select unit_id, min(valid_from), max(valid_to), parent_id from numbered group by unit_id, number, parent_id`.execute(
    tx,
  );
}

/**
 * Inserts many units at once, in any order within one call; parents may be among the rows or stored already. Rows that cannot be
 * taken are left out and named in `problems`; the others go in. A parent code that names different units on different days gives
 * the child different parents on those days. The caller holds the tree lock.
 */
export async function insertUnits(tx: Tx, rows: readonly IncomingUnit[]): Promise<Inserted> {
  if (rows.length === 0) return { ids: [], problems: [] };
  await stage(tx, rows);
  await markDuplicates(tx);
  await assignIds(
    tx,
    rows.some((r) => r.continues !== undefined),
  );
  await markBroken(tx);
  await insertStaged(tx);
  const { rows: outcome } = await sql<{ unit_id: number | null; problem: RefusalCode | null }>`
    select unit_id, problem from unit_incoming order by row`.execute(tx);
  return {
    ids: outcome.map((o) => (o.problem === null ? o.unit_id : null)),
    problems: outcome.flatMap((o, row) => (o.problem === null ? [] : [{ row, code: o.problem }])),
  };
}

export type LineageRow = {
  kind: 'merge' | 'split' | 'move' | 'rename' | 'dissolve';
  fromUnit: number;
  toUnit: number | null;
  effective: Day;
  note?: string;
};

/** Notes what became of what. */
export async function insertLineage(tx: Tx, rows: readonly LineageRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into unit_lineage (kind, from_unit, to_unit, effective, note)
    select * from unnest(
      ${rows.map((r) => r.kind)}::text[], ${rows.map((r) => r.fromUnit)}::integer[], ${rows.map((r) => r.toUnit)}::integer[],
      ${rows.map((r) => r.effective)}::date[], ${rows.map((r) => r.note ?? '')}::text[])`.execute(tx);
}
