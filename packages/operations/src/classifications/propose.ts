import { periodEnd, periodSchema, periodStart, refuse } from '@dinh/domain/kernel';
import { findClassification, proposeClassification } from '@dinh/store/classifications';
import { readAdoptions } from '@dinh/store/programmes';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { actorOf, programmeKeySchema, unitIdSchema } from '../programmes/public.ts';
import { workOut } from './work-out.ts';

export const classificationKey = { unitId: unitIdSchema, programme: programmeKeySchema, period: periodSchema };

/**
 * Works out what a year or a quarter came to and freezes what it was worked out from. May be done again until it is decided, and after
 * an appeal; the history keeps every proposal.
 */
export const propose = operation({
  name: 'classifications.propose',
  kind: 'command',
  input: z.strictObject(classificationKey),
  unit: (input) => input.unitId,
  allow: [
    { role: 'secretary', reach: 'own' },
    { role: 'officer', reach: 'below' },
    { role: 'administrator', reach: 'below' },
  ],
  async run(context, key) {
    const { unitId, programme, period } = key;
    if (periodStart(period) > context.today) refuse('programmes.month-in-future', { period });
    const standing = await findClassification(context.tx, key, true);
    if (standing?.state === 'decided') refuse('classifications.decided', { period });
    const end = periodEnd(period);
    if (!(await readAdoptions(context.tx, unitId, end)).some((adoption) => adoption.key === programme))
      refuse('programmes.not-adopted', { programme });
    const { stored, inputs, digest, outcome } = await workOut(context, key);
    await proposeClassification(context.tx, {
      unitId,
      programmeId: stored.programmeId,
      period,
      periodEnd: end,
      packVersion: stored.version,
      level: outcome.level,
      points: outcome.points,
      inputs,
      inputsDigest: digest,
      result: outcome,
      at: context.now,
      actor: actorOf(context),
    });
    return { state: 'proposed' as const, digest, ...outcome };
  },
});
