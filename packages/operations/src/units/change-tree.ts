import type { Allow } from '@dinh/domain/access';
import type { Day } from '@dinh/domain/kernel';
import { FOREVER, refuse } from '@dinh/domain/kernel';
import type { Forest, Line, Timeline, Version } from '@dinh/domain/units';
import { lastPathOn, pathStretches } from '@dinh/domain/units';
import type { Tx } from '@dinh/store/connection';
import { regroupStretch, regroupTallies } from '@dinh/store/rollups';
import { findBearer, findLaterAssessment, saveTimelines } from '@dinh/store/units';
import type { Context } from '../kernel/public.ts';
import { allowedOn } from '../kernel/public.ts';

/** Who changes the tree: administrators of a unit, for it and all below. */
export const administrators = [{ role: 'administrator', reach: 'own-and-below' }] as const satisfies Allow;

/** A command asks the right over one unit; what it does to others needs the same right over them. */
export async function requireRight(
  context: Context,
  op: { name: string; allow: Allow },
  unitIds: Iterable<number>,
): Promise<void> {
  for (const unitId of new Set(unitIds)) {
    const allowed = await allowedOn(context, unitId, [op]);
    if (allowed.length === 0) refuse('access.denied', { operation: op.name });
  }
}

/**
 * Writes what was decided and carries the figures of each moved unit (with all below it) from its old ancestors to its new ones, one
 * unit after the other. Units in `changed` have no sheets from that day on; what they built and were given goes where they stood last.
 * @param before the tree until now, with everything above every unit concerned
 */
export async function changeTree(
  tx: Tx,
  before: Forest,
  { moved, changed = [], from }: { moved: readonly Timeline[]; changed?: readonly Timeline[]; from: Day },
): Promise<void> {
  await saveTimelines(tx, [...moved, ...changed]);
  let tree = before;
  for (const unit of [...moved, ...changed]) {
    const next = new Map(tree).set(unit.id, unit);
    if (!changed.includes(unit))
      for (const stretch of pathStretches(tree, next, unit.id, from, FOREVER))
        await regroupStretch(tx, { unitId: unit.id, ...stretch });
    for (const stretch of pathStretches(tree, next, unit.id, from, FOREVER, lastPathOn))
      await regroupTallies(tx, { unitId: unit.id, ...stretch });
    tree = next;
  }
}

/** On any day a code names one unit of a line. */
export async function requireFreeCode(tx: Tx, line: Line, version: Version, exceptUnit: number | null): Promise<void> {
  if (version.code === null) return;
  const bearer = await findBearer(tx, line, version.code, version.from, version.to, exceptUnit);
  if (bearer) refuse('units.duplicate-code', { code: version.code, unit: bearer.name });
}

/** Months already reported hold a unit open. */
export async function requireNoLaterData(tx: Tx, units: readonly Timeline[], day: Day): Promise<void> {
  const ids = units.map((unit) => unit.id);
  const later = await findLaterAssessment(tx, ids, day);
  if (!later) return;
  const name = units.find((unit) => unit.id === later.unitId)?.versions.at(-1)?.name ?? '';
  refuse('units.has-later-data', { unit: name, period: later.period });
}
