import { milliOf } from '@dinh/domain/contributions';
import { refuse } from '@dinh/domain/kernel';
import { type Measure, MOST_MEASURES } from '@dinh/domain/works';
import { readWorkKinds, saveWorkKind } from '@dinh/store/works';
import { z } from 'zod';
import { allowedOn, INSTALLATION, operation } from '../kernel/public.ts';
import { kindKeySchema } from './access.ts';

const nameSchema = z.string().trim().min(1).max(80);
const namesSchema = z.strictObject({ vi: nameSchema, en: nameSchema, ar: nameSchema });
const measureSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, { message: 'works.measures-wrong' }),
  names: namesSchema,
  /** Short, as it stands after a figure. */
  units: namesSchema,
  /** Whether figures of several works add up. */
  adds: z.boolean(),
  /** Counted things have no fractions. */
  whole: z.boolean(),
  /** More than this of one work is a slip of the hand. */
  most: z.string().refine((text) => (milliOf(text) ?? 0n) > 0n, { message: 'works.measures-wrong' }),
});

/** A kept measure may be named better, and its limit moved; what its figures mean stays. */
const isKept = (before: Measure, after: Measure) =>
  before.adds === after.adds &&
  before.whole === after.whole &&
  JSON.stringify(Object.entries(before.units).sort()) === JSON.stringify(Object.entries(after.units).sort());

/** Adds a kind of work, or changes one: names, further measures, and whether it is still offered. Figures there are keep their meaning. */
export const saveKind = operation({
  name: 'works.save-kind',
  kind: 'command',
  input: z.strictObject({
    key: kindKeySchema,
    names: namesSchema,
    measures: z.array(measureSchema).max(MOST_MEASURES),
    retired: z.boolean().default(false),
  }),
  unit: () => INSTALLATION,
  allow: [{ role: 'administrator', reach: 'own' }],
  async run({ tx }, kind) {
    const keys = kind.measures.map(({ key }) => key);
    if (new Set(keys).size < keys.length) refuse('works.measures-wrong');
    const before = (await readWorkKinds(tx)).find(({ key }) => key === kind.key);
    for (const measure of before?.measures ?? []) {
      const after = kind.measures.find(({ key }) => key === measure.key);
      if (!after || !isKept(measure, after)) refuse('works.measures-wrong');
    }
    await saveWorkKind(tx, kind);
    return { key: kind.key };
  },
});

/** Every kind of work with what is counted of it. */
export const kinds = operation({
  name: 'works.kinds',
  kind: 'query',
  input: z.strictObject({}),
  unit: () => INSTALLATION,
  allow: 'signed-in',
  async run(context) {
    return {
      kinds: await readWorkKinds(context.tx),
      allowed: await allowedOn(context, INSTALLATION, [saveKind]),
    };
  },
});
