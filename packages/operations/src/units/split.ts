import type { Day } from '@dinh/domain/kernel';
import { FOREVER, refuse } from '@dinh/domain/kernel';
import type { Timeline } from '@dinh/domain/units';
import {
  ended,
  handedOver,
  kindOf,
  lastName,
  later,
  lifetime,
  requirePlace,
  spanOn,
  unitOf,
  versionOn,
} from '@dinh/domain/units';
import { childrenFrom, endLinksOf, insertLineage, loadForest, newUnits, readKinds } from '@dinh/store/units';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { administrators, changeTree, requireFreeCode, requireNoLaterData } from './change-tree.ts';
import { codeSchema, effectiveSchema, kindKeySchema, nameSchema, noteSchema, unitIdSchema } from './fields.ts';

const partSchema = z.strictObject({
  name: nameSchema,
  /** That of the unit split when absent. */
  kind: kindKeySchema.optional(),
  code: codeSchema.nullable().default(null),
  /** Children of the unit that go to this part. */
  children: z.array(unitIdSchema).max(10_000).default([]),
});

/** Every child goes to one part; when the unit ends, none is left behind. */
function requireAssigned(children: readonly Timeline[], assigned: readonly number[], ends: boolean): void {
  const known = new Set(children.map((child) => child.id));
  const seen = new Set<number>();
  for (const id of assigned) {
    if (!known.has(id)) refuse('units.not-a-child', { child: id });
    if (seen.has(id)) refuse('units.child-twice', { child: lastName(children.find((child) => child.id === id)!) });
    seen.add(id);
  }
  const left = ends ? children.filter((child) => !seen.has(child.id)) : [];
  if (left[0]) refuse('units.children-unassigned', { child: lastName(left[0]), count: left.length });
}

/** A part stands where the unit stands, from the day of the split on. */
function partOf(
  unit: Timeline,
  id: number,
  part: { kind: string; name: string; code: string | null },
  from: Day,
): Timeline {
  const parents = unit.parents
    .filter((span) => span.to > from)
    .map((span) => (span.from < from ? { ...span, from } : span));
  return { id, line: unit.line, versions: [{ from, to: FOREVER, ...part }], parents };
}

/** Splits a unit into new ones, which take the children named; the unit itself goes on (`keep`) or ends. */
export const splitUnit = operation({
  name: 'units.split',
  kind: 'command',
  input: z
    .strictObject({
      unitId: unitIdSchema,
      effective: effectiveSchema,
      keep: z.boolean().default(false),
      parts: z.array(partSchema).min(1).max(100),
      note: noteSchema,
    })
    .refine(({ keep, parts }) => keep || parts.length > 1, { message: 'units.parts-needed', path: ['parts'] }),
  unit: ({ unitId }) => unitId,
  allow: administrators,
  tree: 'alone',
  async run({ tx }, { unitId, effective, keep, parts, note }) {
    const kinds = await readKinds(tx);
    const childIds = await childrenFrom(tx, [unitId], effective);
    const forest = await loadForest(tx, [unitId, ...childIds]);
    const unit = unitOf(forest, unitId);
    const now = versionOn(unit, effective);
    // Its parts would be roots that nobody administers.
    if (!spanOn(unit.parents, effective)) refuse('units.root-cannot-split', { unit: now.name });
    const end = lifetime(unit)?.to ?? FOREVER;
    if (end !== FOREVER) refuse('units.has-later-changes', { unit: now.name, day: end });
    const over = keep ? null : ended(unit, effective);
    if (over) await requireNoLaterData(tx, [unit], effective);
    const children = childIds.map((id) => unitOf(forest, id));
    requireAssigned(
      children,
      parts.flatMap((part) => part.children),
      !keep,
    );

    const ids = await newUnits(
      tx,
      parts.map(() => unit.line),
    );
    const founded = parts.map(({ name, code, kind = now.kind }, i) => {
      if (kindOf(kinds, kind).line !== unit.line) refuse('units.kind-of-other-line', { kind, unit: name });
      return partOf(unit, ids[i]!, { name, code, kind }, effective);
    });
    const before = new Map([...forest, ...founded.map((part) => [part.id, part] as const)]);
    const after = new Map(before);
    const moved = parts.flatMap((part, i) =>
      part.children.map((childId) => handedOver(unitOf(forest, childId), [unitId], ids[i]!, effective)),
    );
    for (const child of moved) after.set(child.id, child);
    if (over) after.set(unitId, over);
    for (const { id, parents } of [...founded, ...moved])
      for (const span of parents)
        if (span.to > effective) requirePlace(after, kinds, id, span.parentId, later(span.from, effective), span.to);

    await changeTree(tx, before, { moved, changed: over ? [...founded, over] : founded, from: effective });
    for (const part of founded) await requireFreeCode(tx, part.line, versionOn(part, effective), part.id);
    if (over) await endLinksOf(tx, [unitId], effective);
    await insertLineage(
      tx,
      ids.map((toUnit) => ({ kind: 'split', fromUnit: unitId, toUnit, effective, note })),
    );
    return { unitIds: ids };
  },
});
