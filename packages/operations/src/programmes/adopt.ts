import { daySchema, refuse } from '@dinh/domain/kernel';
import type { Pack } from '@dinh/packs/schema';
import { insertAdoption, packInForce, readAdoptions } from '@dinh/store/programmes';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { programmeKeySchema, unitIdSchema } from './sheet-key.ts';

const wordingSchema = z.strictObject({
  text: z.string().trim().min(1).max(1000).optional(),
  inCharge: z.uuid().optional(),
});

/** A unit takes up a programme from a day on, in its own words where the pack lets it, with a person in charge of each criterion. */
export const adopt = operation({
  name: 'programmes.adopt',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    programme: programmeKeySchema,
    from: daySchema,
    decision: z.string().trim().max(500).default(''),
    wording: z.record(z.string().max(60), wordingSchema).default({}),
  }),
  unit: (input) => input.unitId,
  allow: [
    { role: 'secretary', reach: 'own' },
    { role: 'officer', reach: 'below' },
    { role: 'administrator', reach: 'own-and-below' },
  ],
  async run({ tx }, { unitId, programme, from, decision, wording }) {
    const stored = await packInForce(tx, programme, from);
    if (!stored) return refuse('programmes.pack-not-in-force', { programme, period: from });
    const pack = stored.content as Pack;
    const place = await readUnitPlace(tx, unitId, from);
    if (!place) return refuse('programmes.unit-not-in-period', { period: from });
    if (!pack.scope.kinds.includes(place.kind)) refuse('programmes.subject-wrong', { kind: place.kind });
    for (const [key, own] of Object.entries(wording)) {
      const criterion = pack.criteria.find(({ id }) => id === key);
      if (!criterion) return refuse('programmes.criterion-unknown', { criterion: key });
      if (own.text && !criterion.unitMay.includes('reword')) refuse('programmes.loosens-pack', { criterion: key });
    }
    if ((await readAdoptions(tx, unitId)).some((adoption) => adoption.key === programme && adoption.validTo > from)) {
      refuse('programmes.already-adopted', { programme });
    }
    await insertAdoption(tx, {
      unitId,
      programmeId: stored.programmeId,
      from,
      wording: JSON.parse(JSON.stringify(wording)),
      decision,
    });
    return { programme, from };
  },
});
