import { daySchema } from '@dinh/domain/kernel';
import { insertLineageByCode, unitsByCode } from '@dinh/store/units';
import { z } from 'zod';
import { INSTALLATION, operation } from '../kernel/public.ts';

const codeSchema = z.string().min(1).max(100);

/** Which units carry these codes on a day: how other systems find Đình's units. */
export const findByCode = operation({
  name: 'units.find-by-code',
  kind: 'query',
  input: z.strictObject({ codes: z.array(codeSchema).min(1).max(10_000), asOf: daySchema.optional() }),
  unit: () => INSTALLATION,
  allow: 'signed-in',
  async run({ tx, today }, { codes, asOf }) {
    return { units: await unitsByCode(tx, codes, asOf ?? today) };
  },
});

/** Notes which units came of which, by their codes: the second half of importing a reorganisation. */
export const importLineage = operation({
  name: 'units.import-lineage',
  kind: 'command',
  input: z.strictObject({
    rows: z
      .array(
        z.strictObject({
          kind: z.enum(['merge', 'split', 'move', 'rename', 'dissolve']),
          from: codeSchema,
          to: codeSchema,
          effective: daySchema,
        }),
      )
      .min(1)
      .max(20_000),
  }),
  unit: () => INSTALLATION,
  allow: [{ role: 'administrator', reach: 'own' }],
  tree: 'alone',
  async run({ tx }, { rows }) {
    const missed = await insertLineageByCode(tx, rows);
    return { taken: rows.length - missed.length, missed };
  },
});
