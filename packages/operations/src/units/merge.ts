import type { Day } from '@dinh/domain/kernel';
import { FOREVER, refuse } from '@dinh/domain/kernel';
import type { Forest, Kinds, Timeline } from '@dinh/domain/units';
import { ended, handedOver, kindOf, lastName, later, requirePlace, unitOf, versionOn } from '@dinh/domain/units';
import type { Tx } from '@dinh/store/connection';
import {
  childrenFrom,
  endLinksOf,
  insertLineage,
  keepMerger,
  loadForest,
  newUnits,
  readKinds,
  saveTimelines,
} from '@dinh/store/units';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { administrators, changeTree, requireFreeCode, requireNoLaterData, requireRight } from './change-tree.ts';
import { codeSchema, effectiveSchema, kindKeySchema, nameSchema, noteSchema, unitIdSchema } from './fields.ts';

const name = 'units.merge';

const newUnitSchema = z.strictObject({
  parentId: unitIdSchema,
  kind: kindKeySchema,
  name: nameSchema,
  code: codeSchema.nullable().default(null),
});

async function found(
  tx: Tx,
  forest: Forest,
  kinds: Kinds,
  wanted: z.output<typeof newUnitSchema>,
  from: Day,
): Promise<Timeline> {
  const { line } = kindOf(kinds, wanted.kind);
  const [id] = await newUnits(tx, [line]);
  if (id === undefined) return refuse('system.failed');
  const { parentId, kind, code } = wanted;
  const span = { from, to: FOREVER };
  const unit = { id, line, versions: [{ ...span, kind, code, name: wanted.name }], parents: [{ ...span, parentId }] };
  requirePlace(new Map(forest).set(id, unit), kinds, id, parentId, span.from, span.to);
  return unit;
}

/** Each child of the sources stands under the heir on every day from `day` on that it would have stood under a source. */
function inherit(
  before: Forest,
  kinds: Kinds,
  childIds: readonly number[],
  sources: readonly number[],
  heir: number,
  day: Day,
): Timeline[] {
  let tree = before;
  return childIds.map((childId) => {
    const child = handedOver(unitOf(before, childId), sources, heir, day);
    tree = new Map(tree).set(childId, child);
    for (const span of child.parents)
      if (span.parentId === heir && span.to > day)
        requirePlace(tree, kinds, childId, heir, later(span.from, day), span.to);
    return child;
  });
}

/**
 * Merges units into one that exists or is founded by the merger: children go over with their history, the sources end. The right is
 * asked over every unit concerned.
 */
export const mergeUnits = operation({
  name,
  kind: 'command',
  input: z.strictObject({
    sources: z.array(unitIdSchema).min(1).max(200),
    into: z.union([z.strictObject({ unitId: unitIdSchema }), newUnitSchema]),
    effective: effectiveSchema,
    note: noteSchema,
  }),
  unit: ({ into }) => ('unitId' in into ? into.unitId : into.parentId),
  allow: administrators,
  tree: 'alone',
  async run(context, { sources: given, into, effective, note }) {
    const { tx } = context;
    await requireRight(context, { name, allow: administrators }, given);
    const sources = [...new Set(given)];
    const kinds = await readKinds(tx);
    const childIds = (await childrenFrom(tx, sources, effective)).filter((id) => !sources.includes(id));
    const target = 'unitId' in into ? into.unitId : into.parentId;
    const before = await loadForest(tx, [...sources, ...childIds, target]);
    const units = sources.map((id) => unitOf(before, id));
    const joining = unitOf(before, target);
    for (const unit of units) {
      if ('unitId' in into && unit.id === target) refuse('units.same-unit', { unit: lastName(unit) });
      if (unit.line !== joining.line) refuse('units.line-differs', { unit: lastName(unit), parent: lastName(joining) });
    }
    const over = units.map((unit) => ended(unit, effective));
    await requireNoLaterData(tx, units, effective);
    // The sources' own codes are free from that day on, so that the new unit may bear one of them.
    await saveTimelines(tx, over);
    const after = new Map([...before, ...over.map((unit) => [unit.id, unit] as const)]);
    const founded = 'unitId' in into ? null : await found(tx, after, kinds, into, effective);
    const heir = founded ?? joining;
    await requireFreeCode(tx, heir.line, versionOn(heir, effective), heir.id);
    const moved = inherit(new Map(after).set(heir.id, heir), kinds, childIds, sources, heir.id, effective);
    await changeTree(tx, new Map(before).set(heir.id, heir), {
      moved,
      changed: founded ? [founded, ...over] : over,
      from: effective,
    });
    const touched = [...sources, ...childIds];
    await keepMerger(tx, {
      unitId: heir.id,
      id: context.commandId,
      madeAt: context.now,
      effective,
      founded: founded !== null,
      sources,
      before: touched.map((id) => unitOf(before, id)),
      after: [...over, ...moved],
    });
    await endLinksOf(tx, sources, effective);
    await insertLineage(
      tx,
      sources.map((fromUnit) => ({ kind: 'merge', fromUnit, toUnit: heir.id, effective, note })),
    );
    return { unitId: heir.id };
  },
});
