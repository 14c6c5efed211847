import { refuse } from '@dinh/domain/kernel';
import { ended, lastName, unitOf } from '@dinh/domain/units';
import { childrenFrom, endLinksOf, insertLineage, loadForest } from '@dinh/store/units';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { administrators, changeTree, requireNoLaterData } from './change-tree.ts';
import { effectiveSchema, noteSchema, unitIdSchema } from './fields.ts';

/** Ends a unit: `effective` is the first day it is no more. It must have nothing below it and no assessment from then on. */
export const dissolveUnit = operation({
  name: 'units.dissolve',
  kind: 'command',
  input: z.strictObject({ unitId: unitIdSchema, effective: effectiveSchema, note: noteSchema }),
  unit: ({ unitId }) => unitId,
  allow: administrators,
  tree: 'alone',
  async run({ tx }, { unitId, effective, note }) {
    const forest = await loadForest(tx, [unitId]);
    const unit = unitOf(forest, unitId);
    const over = ended(unit, effective);
    const children = await childrenFrom(tx, [unitId], effective);
    if (children.length > 0) refuse('units.has-children', { unit: lastName(unit), count: children.length });
    await requireNoLaterData(tx, [unit], effective);
    await changeTree(tx, forest, { moved: [], changed: [over], from: effective });
    await endLinksOf(tx, [unitId], effective);
    await insertLineage(tx, [{ kind: 'dissolve', fromUnit: unitId, toUnit: null, effective, note }]);
    return { unitId };
  },
});
