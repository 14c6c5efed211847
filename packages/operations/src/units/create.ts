import { FOREVER, refuse } from '@dinh/domain/kernel';
import type { Timeline } from '@dinh/domain/units';
import { kindOf, requirePlace } from '@dinh/domain/units';
import { loadForest, newUnits, readKinds, saveTimelines } from '@dinh/store/units';
import { z } from 'zod';
import { INSTALLATION, operation } from '../kernel/public.ts';
import { administrators, requireFreeCode } from './change-tree.ts';
import { codeSchema, effectiveSchema, kindKeySchema, nameSchema, unitIdSchema } from './fields.ts';

/** Founds a unit under a parent, or a root of a new tree when `parentId` is null (then the installation's administrators only). */
export const createUnit = operation({
  name: 'units.create',
  kind: 'command',
  input: z.strictObject({
    parentId: unitIdSchema.nullable(),
    kind: kindKeySchema,
    name: nameSchema,
    code: codeSchema.nullable().default(null),
    effective: effectiveSchema,
  }),
  unit: ({ parentId }) => parentId ?? INSTALLATION,
  allow: administrators,
  tree: 'alone',
  async run({ tx }, { parentId, kind, name, code, effective }) {
    const kinds = await readKinds(tx);
    const { line } = kindOf(kinds, kind);
    const span = { from: effective, to: FOREVER };
    const version = { ...span, kind, code, name };
    await requireFreeCode(tx, line, version, null);
    const [id] = await newUnits(tx, [line]);
    if (id === undefined) return refuse('system.failed');
    const unit: Timeline = { id, line, versions: [version], parents: parentId === null ? [] : [{ ...span, parentId }] };
    if (parentId !== null) {
      const forest = await loadForest(tx, [parentId]);
      requirePlace(new Map(forest).set(id, unit), kinds, id, parentId, span.from, span.to);
    }
    await saveTimelines(tx, [unit]);
    return { unitId: id };
  },
});
