import { sql } from 'kysely';
import type { Tx } from '../connection/public.ts';
import { often } from '../connection/public.ts';
import type { Change } from '../rollups/public.ts';
import { changeRow } from '../rollups/public.ts';
import type { Sheet, SheetValue } from './sheets.ts';

/** Creates a sheet that does not exist yet. */
export async function insertSheet(
  tx: Tx,
  sheet: {
    unitId: number;
    programmeId: number;
    period: string;
    periodEnd: string;
    packVersion: string;
    due: string;
    openedAt: Date;
  },
): Promise<void> {
  await sql`
    insert into assessment (unit_id, programme_id, period, period_end, pack_version, state, due, opened_at)
    values (${sheet.unitId}, ${sheet.programmeId}, ${sheet.period}, ${sheet.periodEnd}, ${sheet.packVersion}, 'open', ${sheet.due},
            ${sheet.openedAt})`.execute(tx);
}

const headOf = ({ unitId, programmeId, period, ...sheet }: Sheet) => sql`
      update assessment set
        state = ${sheet.state}, revision = revision + 1, submitted_at = ${sheet.submittedAt}, decided_at = ${sheet.decidedAt},
        late = ${sheet.late}, vote = ${sheet.vote === null ? null : JSON.stringify(sheet.vote)}::jsonb,
        return_reason = ${sheet.returnReason}, declared_points = ${sheet.declaredPoints}, declared_level = ${sheet.declaredLevel},
        verified_points = ${sheet.verifiedPoints}, verified_level = ${sheet.verifiedLevel}
      where unit_id = ${unitId} and programme_id = ${programmeId} and period = ${period}
      returning revision`;

function valueRows(sheet: Sheet, values: readonly SheetValue[]) {
  const rows = values.map((value) => ({
    key: value.key,
    dv: value.declared.value,
    dof: value.declared.of,
    dt: value.declared.text,
    dm: value.declared.met,
    ds: value.declared.sustained,
    dp: value.declaredPoints,
    vv: value.verified.value,
    vof: value.verified.of,
    vt: value.verified.text,
    vm: value.verified.met,
    vs: value.verified.sustained,
    vp: value.verifiedPoints,
    verdict: value.verdict,
    note: value.note,
    reason: value.reason,
    source: value.source,
  }));
  return sql`
    insert into assessment_value (unit_id, programme_id, period, criterion_id, declared_value, declared_of, declared_text, declared_met,
      declared_sustained, declared_points, verified_value, verified_of, verified_text, verified_met, verified_sustained, verified_points,
      verdict, note, reason, source)
    select ${sheet.unitId}, ${sheet.programmeId}, ${sheet.period}, c.id, v.dv, v.dof, v.dt, v.dm, v.ds, v.dp, v.vv, v.vof, v.vt, v.vm, v.vs,
      v.vp, v.verdict, v.note, v.reason, v.source
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (key text, dv numeric, dof numeric, dt text, dm boolean, ds boolean,
      dp numeric, vv numeric, vof numeric, vt text, vm boolean, vs boolean, vp numeric, verdict text, note text, reason text, source jsonb)
    join criterion c on c.programme_id = ${sheet.programmeId} and c.key = v.key
    on conflict (unit_id, programme_id, period, criterion_id) do update set
      declared_value = excluded.declared_value, declared_of = excluded.declared_of, declared_text = excluded.declared_text,
      declared_met = excluded.declared_met, declared_sustained = excluded.declared_sustained, declared_points = excluded.declared_points,
      verified_value = excluded.verified_value, verified_of = excluded.verified_of, verified_text = excluded.verified_text,
      verified_met = excluded.verified_met, verified_sustained = excluded.verified_sustained, verified_points = excluded.verified_points,
      verdict = excluded.verdict, note = excluded.note, reason = excluded.reason, source = excluded.source`;
}

/**
 * Writes a sheet, in one statement: its head with a raised revision, the given values (rows that stand already are replaced), what
 * people later read in its history, and the change of the totals above.
 */
export async function saveSheet(
  tx: Tx,
  sheet: Sheet,
  values: readonly SheetValue[],
  event: { kind: string; at: Date; actor: string; reason: string | null },
  change: Change,
): Promise<void> {
  const parts = [sql`written as (${headOf(sheet)})`];
  if (values.length > 0) parts.push(sql`answers as (${valueRows(sheet, values)})`);
  if (change.cells.length > 0) parts.push(sql`change as (${changeRow(change)})`);
  await sql`${often}
    with ${sql.join(parts)}
    insert into assessment_event (unit_id, programme_id, period, seq, at, actor, kind, reason)
    select ${sheet.unitId}, ${sheet.programmeId}, ${sheet.period}, revision, ${event.at}, ${event.actor}, ${event.kind}, ${event.reason}
    from written`.execute(tx);
}
