import { refuse } from '@dinh/domain/kernel';
import type { Forest, Kinds, Timeline } from '@dinh/domain/units';
import { lastName, later, requirePlace, unitOf } from '@dinh/domain/units';
import type { Tx } from '@dinh/store/connection';
import type { Merger } from '@dinh/store/units';
import { findLaterAssessment, forgetMerger, loadForest, readKinds, readMerger, unitInUse } from '@dinh/store/units';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { administrators, changeTree, requireFreeCode, requireRight } from './change-tree.ts';
import { unitIdSchema } from './fields.ts';

const name = 'units.undo-merge';
/** After so many days a merger is part of what happened; a split then says what changed again. */
const DAYS = 30;
const DAY = 86_400_000;

/** The last merger into the unit, when it is young enough to be taken back. */
export async function mergerToUndo({ tx, now }: Context, unitId: number): Promise<Merger | null> {
  const merger = await readMerger(tx, unitId);
  return merger && now.getTime() - merger.madeAt.getTime() < DAYS * DAY ? merger : null;
}

/** The tree of what the merger touched, refused when something has changed there since. */
async function untouched(tx: Tx, merger: Merger): Promise<Forest> {
  const { unitId, after, before } = merger;
  const ids = after.map(({ id }) => id);
  const above = before.flatMap(({ parents }) => parents.map(({ parentId }) => parentId));
  const forest = await loadForest(tx, [unitId, ...ids, ...above]);
  const plain = (unit: Timeline) =>
    JSON.stringify([
      unit.versions.map(({ from, to, kind, code, name }) => [from, to, kind, code, name]),
      unit.parents.map(({ from, to, parentId }) => [from, to, parentId]),
    ]);
  for (const unit of after) {
    const now = unitOf(forest, unit.id);
    if (plain(now) !== plain(unit)) refuse('units.merge-built-on', { unit: lastName(now) });
  }
  return forest;
}

/** Each unit stands again under those it stood under, who may have ended or changed since. */
function requirePlaces(tree: Forest, kinds: Kinds, units: readonly Timeline[], from: string): void {
  for (const unit of units)
    for (const span of unit.parents)
      if (span.to > from) requirePlace(tree, kinds, unit.id, span.parentId, later(span.from, from), span.to);
}

/**
 * Takes back the last merger into a unit, within 30 days: its sources stand again with all that was below them, their links too, and
 * a unit the merger founded never was. Refused when something was built on the merger since.
 */
export const undoMerge = operation({
  name,
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: ({ unitId }) => unitId,
  allow: administrators,
  tree: 'alone',
  async run(context, { unitId }) {
    const { tx } = context;
    const merger = await mergerToUndo(context, unitId);
    if (!merger) return refuse('units.no-merge-to-undo');
    const { before, sources, founded, effective } = merger;
    const forest = await untouched(tx, merger);
    const heir = unitOf(forest, unitId);
    const children = before.filter(({ id }) => !sources.includes(id));
    const units = before.filter(({ id }) => sources.includes(id));
    // The sources have ended, so that nobody is above them: the right is asked over those they stood under.
    const asked = units.map((unit) => unit.parents.at(-1)?.parentId ?? unit.id);
    await requireRight(context, { name, allow: administrators }, asked);
    const used =
      founded &&
      (await unitInUse(
        tx,
        unitId,
        children.map(({ id }) => id),
      ));
    if (used || (await findLaterAssessment(tx, sources, effective)))
      refuse('units.merge-built-on', { unit: lastName(heir) });
    const never: Timeline[] = founded ? [{ ...heir, versions: [], parents: [] }] : [];
    const kinds = await readKinds(tx);
    // First the sources, for what was below them to come back to; last the founded unit goes, when nothing is below it any more.
    const standing = new Map([...forest, ...units.map((unit) => [unit.id, unit] as const)]);
    await changeTree(tx, forest, { moved: [], changed: units, from: effective });
    await changeTree(tx, standing, { moved: children, changed: never, from: effective });
    const restored = new Map([...standing, ...[...children, ...never].map((unit) => [unit.id, unit] as const)]);
    requirePlaces(restored, kinds, before, effective);
    for (const unit of units)
      for (const version of unit.versions)
        if (version.to > effective) await requireFreeCode(tx, unit.line, version, unit.id);
    await forgetMerger(tx, merger);
    return { unitIds: sources, parentId: asked[0] ?? null };
  },
});
