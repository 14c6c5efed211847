import { refuse } from '@dinh/domain/kernel';
import type { Forest, Kinds, Version } from '@dinh/domain/units';
import { earlier, kindOf, lastName, later, renamed, requirePlace, spanOn, unitOf, versionOn } from '@dinh/domain/units';
import { childrenFrom, insertLineage, loadForest, readKinds, saveTimelines } from '@dinh/store/units';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { administrators, requireFreeCode } from './change-tree.ts';
import { codeSchema, effectiveSchema, kindKeySchema, nameSchema, noteSchema, unitIdSchema } from './fields.ts';

/** A unit of another kind must still stand between those above and those below it on each of the days. */
function requireKindFits(after: Forest, kinds: Kinds, unitId: number, version: Version): void {
  for (const unit of after.values())
    for (const span of unit.parents) {
      const [from, to] = [later(span.from, version.from), earlier(span.to, version.to)];
      if (from < to && (unit.id === unitId || span.parentId === unitId))
        requirePlace(after, kinds, unit.id, span.parentId, from, to);
    }
}

/** Gives a unit another name, kind or code from a day on; before that day it keeps what it had. */
export const renameUnit = operation({
  name: 'units.rename',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    name: nameSchema.optional(),
    kind: kindKeySchema.optional(),
    code: codeSchema.nullable().optional(),
    effective: effectiveSchema,
    note: noteSchema,
  }),
  unit: ({ unitId }) => unitId,
  allow: administrators,
  tree: 'alone',
  async run({ tx }, { unitId, effective, note, ...renaming }) {
    const kinds = await readKinds(tx);
    const forest = await loadForest(tx, [unitId, ...(await childrenFrom(tx, [unitId], effective))]);
    const before = unitOf(forest, unitId);
    const { unit, version } = renamed(before, renaming, effective);
    if (kindOf(kinds, version.kind).line !== unit.line)
      refuse('units.kind-of-other-line', { kind: version.kind, unit: version.name });
    await requireFreeCode(tx, unit.line, version, unitId);
    if (version.kind !== versionOn(before, effective).kind)
      requireKindFits(new Map(forest).set(unitId, unit), kinds, unitId, version);
    await saveTimelines(tx, [unit]);
    await insertLineage(tx, [{ kind: 'rename', fromUnit: unitId, toUnit: unitId, effective, note }]);
    return { unitId };
  },
});

/** Corrects the spelling of the name in force on a day, without a trace in the unit's history: the unit was always called so. */
export const correctName = operation({
  name: 'units.correct-name',
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema, name: nameSchema, day: effectiveSchema.optional() }),
  unit: ({ unitId }) => unitId,
  allow: administrators,
  tree: 'alone',
  async run({ tx, today }, { unitId, name, day = today }) {
    const unit = unitOf(await loadForest(tx, [unitId]), unitId);
    // An ended unit may be corrected too: its last name, when no other day is given.
    const wrong =
      spanOn(unit.versions, day) ?? (day === today ? unit.versions.at(-1) : undefined) ?? versionOn(unit, day);
    if (wrong.name === name) refuse('units.nothing-changed', { unit: lastName(unit) });
    const versions = unit.versions.map((version) => (version === wrong ? { ...version, name } : version));
    await saveTimelines(tx, [{ ...unit, versions }]);
    return { unitId };
  },
});
