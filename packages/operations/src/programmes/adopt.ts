import { daySchema, refuse } from '@dinh/domain/kernel';
import { type AdoptionProblem, adoptionSchema, checkAdoption } from '@dinh/packs/adoption';
import type { Pack } from '@dinh/packs/schema';
import { insertAdoption, insertCriteria, packInForce, readAdoptions } from '@dinh/store/programmes';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { programmeKeySchema, unitIdSchema } from './sheet-key.ts';

/** Those who decide how a unit runs a programme. */
export const adopters = [
  { role: 'secretary', reach: 'own' },
  { role: 'officer', reach: 'below' },
  { role: 'administrator', reach: 'own-and-below' },
] as const;

/** Says no where it was typed: every change the pack does not allow, at its place in what was sent. */
export function refuseLoosened(problems: readonly AdoptionProblem[], under: string): never {
  const params = ({ params, code }: AdoptionProblem) => ({ criterion: params['criterion'] ?? '', reason: code });
  return refuse(
    'programmes.loosens-pack',
    params(problems[0]!),
    problems.map((problem) => ({
      path: [under, ...problem.path].filter((part) => part !== '').join('.'),
      code: 'programmes.loosens-pack' as const,
      params: params(problem),
    })),
  );
}

/** A unit takes up a programme from a day on, in its own words where the pack lets it, with a person in charge of each criterion. */
export const adopt = operation({
  name: 'programmes.adopt',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    programme: programmeKeySchema,
    from: daySchema,
    decision: z.string().trim().max(500).default(''),
    adopted: adoptionSchema.default({}),
    inCharge: z.record(z.string().max(60), z.uuid()).default({}),
  }),
  unit: (input) => input.unitId,
  allow: adopters,
  async run({ tx }, { unitId, programme, from, decision, adopted, inCharge }) {
    const stored = await packInForce(tx, programme, from);
    if (!stored) return refuse('programmes.pack-not-in-force', { programme, period: from });
    const pack = stored.content as Pack;
    const place = await readUnitPlace(tx, unitId, from);
    if (!place) return refuse('programmes.unit-not-in-period', { period: from });
    if (!pack.scope.kinds.includes(place.kind)) refuse('programmes.subject-wrong', { kind: place.kind });
    const checked = checkAdoption(pack, adopted);
    if (!checked.ok) refuseLoosened(checked.problems, 'adopted');
    if ((await readAdoptions(tx, unitId)).some((adoption) => adoption.key === programme && adoption.validTo > from)) {
      refuse('programmes.already-adopted', { programme });
    }
    await insertCriteria(
      tx,
      stored.programmeId,
      (adopted.own ?? []).map(({ id }) => id),
    );
    await insertAdoption(tx, { unitId, programmeId: stored.programmeId, from, adopted, inCharge, decision });
    return { programme, from };
  },
});
