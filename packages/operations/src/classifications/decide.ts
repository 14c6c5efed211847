import { periodEnd, refuse } from '@dinh/domain/kernel';
import type { Pack } from '@dinh/packs/schema';
import type { Classification } from '@dinh/store/classifications';
import { decideClassification, findClassification, reopenClassification } from '@dinh/store/classifications';
import { packInForce } from '@dinh/store/programmes';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { actorOf, reasonSchema } from '../programmes/public.ts';
import { classificationKey } from './propose.ts';

type Key = { unitId: number; programme: string; period: string };

async function take(context: Context, key: Key): Promise<Classification> {
  const found = await findClassification(context.tx, key, true);
  return found ?? refuse('classifications.unknown', { period: key.period });
}

/**
 * People decide, whatever was worked out; where they decide otherwise they say why.
 * `inputsDigest` is what they were looking at: refused when it has been worked out anew meanwhile.
 */
export const decide = operation({
  name: 'classifications.decide',
  kind: 'command',
  input: z.strictObject({
    ...classificationKey,
    level: z.string().min(1).max(60),
    reason: reasonSchema.optional(),
    number: z.string().trim().min(1).max(100).optional(),
    inputsDigest: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  unit: (input) => input.unitId,
  allow: [
    { role: 'officer', reach: 'below' },
    { role: 'administrator', reach: 'below' },
  ],
  async run(context, { level, reason, number, inputsDigest, ...key }) {
    const found = await take(context, key);
    if (found.state === 'decided') refuse('classifications.decided', { period: key.period });
    if (inputsDigest !== undefined && inputsDigest !== found.inputsDigest) refuse('classifications.changed-meanwhile');
    const stored = await packInForce(context.tx, key.programme, periodEnd(key.period));
    const levels = stored ? (stored.content as Pack).levels.map(({ id }) => id) : [];
    if (!levels.includes(level))
      refuse('classifications.level-unknown', {}, [{ path: 'level', code: 'classifications.level-unknown' }]);
    if (level !== found.proposedLevel && !reason)
      refuse('classifications.reason-needed', {}, [{ path: 'reason', code: 'classifications.reason-needed' }]);
    await decideClassification(context.tx, {
      ...found,
      level,
      on: context.today,
      number: number ?? null,
      at: context.now,
      actor: actorOf(context),
      reason: reason ?? null,
    });
    return { state: 'decided' as const, level, differs: level !== found.proposedLevel };
  },
});

/** The unit does not agree: the decision is taken back into the open, and its level stays in the history. */
export const appeal = operation({
  name: 'classifications.appeal',
  kind: 'command',
  input: z.strictObject({ ...classificationKey, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: [{ role: 'secretary', reach: 'own' }],
  async run(context, { reason, ...key }) {
    const found = await take(context, key);
    if (found.state !== 'decided') refuse('classifications.not-decided', { period: key.period });
    await reopenClassification(context.tx, {
      ...found,
      level: found.decidedLevel,
      reason,
      at: context.now,
      actor: actorOf(context),
    });
    return { state: 'appealed' as const };
  },
});
