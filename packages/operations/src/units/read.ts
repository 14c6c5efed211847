import { daySchema, refuse } from '@dinh/domain/kernel';
import { lines } from '@dinh/domain/units';
import { listChildren, listRoots, readNamedKinds, readUnitHistory, readUnitPage, searchUnits } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, INSTALLATION, operation } from '../kernel/public.ts';
import { createUnit } from './create.ts';
import { defineKind } from './define-kind.ts';
import { dissolveUnit } from './dissolve.ts';
import { kindKeySchema, unitIdSchema } from './fields.ts';
import { linkUnits, unlinkUnits } from './link.ts';
import { mergeUnits } from './merge.ts';
import { moveUnit } from './move.ts';
import { correctName, renameUnit } from './rename.ts';
import { splitUnit } from './split.ts';
import { mergerToUndo, undoMerge } from './undo-merge.ts';

const changes = [
  createUnit,
  renameUnit,
  correctName,
  moveUnit,
  mergeUnits,
  splitUnit,
  dissolveUnit,
  linkUnits,
  unlinkUnits,
];
/** The day to look at; today when absent. */
const asOf = daySchema.optional();

/** A unit as of a day: name, units above, number below by kind, links, what it came from and what came of it. */
export const readUnit = operation({
  name: 'units.read',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, asOf }),
  unit: ({ unitId }) => unitId,
  allow: 'signed-in',
  async run(context, { unitId, asOf: day = context.today }) {
    const unit = (await readUnitPage(context.tx, unitId, day)) ?? refuse('access.unit-unknown');
    const merged = unit.before.some(({ kind }) => kind === 'merge');
    const undoable = merged && (await mergerToUndo(context, unitId)) ? [undoMerge] : [];
    return { ...unit, asOf: day, allowed: await allowedOn(context, unitId, [...changes, ...undoable]) };
  },
});

const limit = (most: number) => z.int().min(1).max(most).default(most);

/** Units right below a unit as of a day, by name, a page at a time; `next` continues where the page ends. */
export const listUnitChildren = operation({
  name: 'units.children',
  kind: 'query',
  input: z.strictObject({
    unitId: unitIdSchema,
    asOf,
    kind: kindKeySchema.optional(),
    after: z.strictObject({ ordered: z.string().max(1000), id: unitIdSchema }).optional(),
    limit: limit(100),
  }),
  unit: ({ unitId }) => unitId,
  allow: 'signed-in',
  async run({ tx, today }, { unitId, asOf: day = today, kind, after, limit: size }) {
    const found = await listChildren(tx, unitId, day, { kind, after, limit: size + 1 });
    const page = found.slice(0, size);
    const last = found.length > size ? page.at(-1) : undefined;
    return {
      asOf: day,
      units: page.map(({ ordered: _ordered, ...unit }) => unit),
      next: last ? { ordered: last.ordered, id: last.id } : null,
    };
  },
});

/** Units with nothing above them: where browsing begins. */
export const listUnitRoots = operation({
  name: 'units.roots',
  kind: 'query',
  input: z.strictObject({ asOf }),
  unit: () => INSTALLATION,
  allow: 'signed-in',
  async run(context, { asOf: day = context.today }) {
    const units = await listRoots(context.tx, day);
    return { asOf: day, units, allowed: await allowedOn(context, INSTALLATION, [createUnit, defineKind]) };
  },
});

/** Units by the beginnings of the words of their name, accents or not, as of a day; exact names first. */
export const searchForUnits = operation({
  name: 'units.search',
  kind: 'query',
  input: z.strictObject({
    words: z.string().max(200),
    within: unitIdSchema.optional(),
    kind: kindKeySchema.optional(),
    line: z.enum(lines).optional(),
    asOf,
    after: z.strictObject({ rank: z.int().min(0).max(2), search: z.string().max(400), id: unitIdSchema }).optional(),
    limit: limit(50),
  }),
  unit: ({ within }) => within ?? INSTALLATION,
  allow: 'signed-in',
  async run({ tx, today }, { words, asOf: day = today, limit: size, ...options }) {
    const found = await searchUnits(tx, words, day, { ...options, limit: size + 1 });
    const page = found.slice(0, size);
    const last = found.length > size ? page.at(-1) : undefined;
    return {
      asOf: day,
      units: page.map(({ search: _search, rank: _rank, ...unit }) => unit),
      next: last ? { rank: last.rank, search: last.search, id: last.id } : null,
    };
  },
});

/** Every name, parent, link and change a unit ever had. */
export const readHistory = operation({
  name: 'units.history',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema }),
  unit: ({ unitId }) => unitId,
  allow: 'signed-in',
  async run({ tx }, { unitId }) {
    return (await readUnitHistory(tx, unitId)) ?? refuse('access.unit-unknown');
  },
});

/** Kinds of units with their names in each language; of two in one line the larger rank stands below. */
export const listKinds = operation({
  name: 'units.list-kinds',
  kind: 'query',
  input: z.strictObject({}),
  unit: () => INSTALLATION,
  allow: 'signed-in',
  async run({ tx }) {
    return { kinds: await readNamedKinds(tx) };
  },
});
