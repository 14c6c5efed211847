import { refuse } from '@dinh/domain/kernel';
import { lifetime, linkKinds, unitOf, versionOn } from '@dinh/domain/units';
import { endLink, hasLink, insertLink, loadForest } from '@dinh/store/units';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { administrators } from './change-tree.ts';
import { effectiveSchema, unitIdSchema } from './fields.ts';

const input = z.strictObject({
  unitId: unitIdSchema,
  otherId: unitIdSchema,
  kind: z.enum(linkKinds),
  effective: effectiveSchema,
});

/** Links units of the two lines from a day on, such as a cell and the village it works in. It ends with the first of both. */
export const linkUnits = operation({
  name: 'units.link',
  kind: 'command',
  input,
  unit: ({ unitId }) => unitId,
  allow: administrators,
  tree: 'alone',
  async run({ tx }, { effective, ...link }) {
    const forest = await loadForest(tx, [link.unitId, link.otherId]);
    const [unit, other] = [unitOf(forest, link.unitId), unitOf(forest, link.otherId)];
    const names = { unit: versionOn(unit, effective).name, other: versionOn(other, effective).name };
    if (unit.line === other.line) refuse('units.link-within-line', names);
    const [end = effective] = [unit, other].map((one) => lifetime(one)?.to ?? effective).sort();
    if (await hasLink(tx, link, effective, end)) refuse('units.link-exists', names);
    await insertLink(tx, link, effective, end);
    return { unitId: link.unitId };
  },
});

/** Ends a link: `effective` is the first day it no longer holds. */
export const unlinkUnits = operation({
  name: 'units.unlink',
  kind: 'command',
  input,
  unit: ({ unitId }) => unitId,
  allow: administrators,
  tree: 'alone',
  async run({ tx }, { effective, ...link }) {
    if (!(await endLink(tx, link, effective))) refuse('units.link-unknown');
    return { unitId: link.unitId };
  },
});
