import { requirePlace, spanOn, unitOf, withParent } from '@dinh/domain/units';
import { insertLineage, loadForest, readKinds } from '@dinh/store/units';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { administrators, changeTree, requireRight } from './change-tree.ts';
import { effectiveSchema, noteSchema, unitIdSchema } from './fields.ts';

const name = 'units.move';

/**
 * Puts a unit, with all below it, under another parent from a day on. A change already noted for a later day stays. The right is asked
 * over the unit, the parent it leaves and the one it joins.
 */
export const moveUnit = operation({
  name,
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema, parentId: unitIdSchema, effective: effectiveSchema, note: noteSchema }),
  unit: ({ unitId }) => unitId,
  allow: administrators,
  tree: 'alone',
  async run(context, { unitId, parentId, effective, note }) {
    const { tx } = context;
    const kinds = await readKinds(tx);
    const forest = await loadForest(tx, [unitId, parentId]);
    const before = unitOf(forest, unitId);
    unitOf(forest, parentId);
    const left = spanOn(before.parents, effective)?.parentId;
    await requireRight(context, { name, allow: administrators }, left === undefined ? [parentId] : [parentId, left]);
    const { unit, to } = withParent(before, parentId, effective);
    requirePlace(new Map(forest).set(unitId, unit), kinds, unitId, parentId, effective, to);
    await changeTree(tx, forest, { moved: [unit], from: effective });
    await insertLineage(tx, [{ kind: 'move', fromUnit: unitId, toUnit: unitId, effective, note }]);
    return { unitId };
  },
});
