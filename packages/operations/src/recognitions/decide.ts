import { daySchema, periodEnd, periodOf, refuse } from '@dinh/domain/kernel';
import { dayAfterMonths } from '@dinh/domain/recognitions';
import type { Pack, Recognition } from '@dinh/packs/schema';
import type { StoredPack } from '@dinh/store/programmes';
import { packInForce } from '@dinh/store/programmes';
import {
  appendEvent,
  findStanding,
  insertRecognition,
  latestVerified,
  revokeRecognition,
} from '@dinh/store/recognitions';
import { z } from 'zod';
import type { Context } from '../kernel/public.ts';
import { operation } from '../kernel/public.ts';
import { actorOf, programmeKeySchema, reasonSchema, unitIdSchema } from '../programmes/public.ts';

/** The recogniser stands in a level above; which one it is differs from place to place and from time to time. */
const recognisers = [
  { role: 'officer', reach: 'below' },
  { role: 'administrator', reach: 'below' },
] as const;

const subject = { unitId: unitIdSchema, programme: programmeKeySchema };
const paper = { number: z.string().trim().min(1).max(100), on: daySchema, issuer: z.string().trim().min(2).max(200) };

function demandPast(context: Context, on: string): void {
  if (on > context.today)
    refuse('recognitions.day-wrong', { day: on }, [{ path: 'on', code: 'recognitions.day-wrong' }]);
}

async function ruleOn(
  context: Context,
  programme: string,
  day: string,
): Promise<{ stored: StoredPack; rule: Recognition }> {
  const stored = await packInForce(context.tx, programme, day);
  if (!stored) return refuse('programmes.pack-not-in-force', { programme, period: day });
  const { recognition } = stored.content as Pack;
  return recognition ? { stored, rule: recognition } : refuse('recognitions.not-part', { programme });
}

/** Recognises a unit by a decision, on the ground of its latest verified sheet. The next recheck is known only where the pack says it. */
export const recognise = operation({
  name: 'recognitions.recognise',
  kind: 'command',
  input: z.strictObject({ ...subject, ...paper }),
  unit: (input) => input.unitId,
  allow: recognisers,
  async run(context, { unitId, programme, number, on, issuer }) {
    demandPast(context, on);
    const { stored, rule } = await ruleOn(context, programme, on);
    // A decision may be recorded long after: it cannot rest on a month that came later.
    const upTo = periodEnd(periodOf('month', on));
    const sheet = (await latestVerified(context.tx, unitId, upTo)).find((each) => each.programme === programme);
    if (!sheet) return refuse('recognitions.not-verified', { programme });
    const order = (sheet.pack as Pack).levels.map(({ id }) => id);
    const reached = sheet.level === null ? -1 : order.indexOf(sheet.level);
    if (reached < 0 || reached > order.indexOf(rule.level)) {
      refuse('recognitions.level-not-reached', { period: sheet.period });
    }
    const { programmeId } = stored;
    const level = sheet.level ?? rule.level;
    const seq = await insertRecognition(context.tx, {
      unitId,
      programmeId,
      period: sheet.period,
      level,
      decidedOn: on,
    });
    if (seq === null) return refuse('recognitions.already-recognised');
    const nextDay = rule.recheckAfterMonths === null ? null : dayAfterMonths(on, rule.recheckAfterMonths);
    await appendEvent(context.tx, {
      unitId,
      programmeId,
      seq,
      nth: 1,
      kind: 'recognised',
      onDay: on,
      at: context.now,
      actor: actorOf(context),
      decisionNumber: number,
      issuer,
      nextDay,
    });
    return { level, period: sheet.period, recheckOn: nextDay };
  },
});

async function standing(context: Context, unitId: number, programmeId: number, on: string) {
  const found = await findStanding(context.tx, unitId, programmeId);
  if (!found) return refuse('recognitions.not-recognised');
  // Events are told in their order: one cannot lie before the one that led to it.
  if (on < found.onDay) refuse('recognitions.day-wrong', { day: on }, [{ path: 'on', code: 'recognitions.day-wrong' }]);
  return found;
}

/** A recheck: kept (also after remedying), or to be remedied by a day and for a reason. */
export const recheck = operation({
  name: 'recognitions.recheck',
  kind: 'command',
  input: z.strictObject({
    ...subject,
    on: daySchema,
    outcome: z.enum(['maintained', 'remediation']),
    reason: reasonSchema.optional(),
    /** By when it is to be remedied; the pack's months from that day when absent. */
    deadline: daySchema.optional(),
  }),
  unit: (input) => input.unitId,
  allow: recognisers,
  async run(context, { unitId, programme, on, outcome, reason, deadline }) {
    demandPast(context, on);
    const { stored, rule } = await ruleOn(context, programme, on);
    const { programmeId } = stored;
    const found = await standing(context, unitId, programmeId, on);
    const after = (months: number | null) => (months === null ? null : dayAfterMonths(on, months));
    let nextDay = after(rule.recheckAfterMonths);
    if (outcome === 'remediation') {
      if (!reason) refuse('recognitions.reason-needed', {}, [{ path: 'reason', code: 'recognitions.reason-needed' }]);
      nextDay = deadline ?? after(rule.remediationMonths);
      if (nextDay === null || nextDay <= on)
        refuse('recognitions.deadline-needed', {}, [{ path: 'deadline', code: 'recognitions.deadline-needed' }]);
    }
    await appendEvent(context.tx, {
      unitId,
      programmeId,
      seq: found.seq,
      nth: found.events + 1,
      kind: outcome,
      onDay: on,
      at: context.now,
      actor: actorOf(context),
      reason,
      nextDay,
    });
    return { outcome, nextDay };
  },
});

/** Takes a recognition back by a decision and for a reason; the unit may be recognised anew later. */
export const revoke = operation({
  name: 'recognitions.revoke',
  kind: 'command',
  input: z.strictObject({ ...subject, ...paper, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: recognisers,
  async run(context, { unitId, programme, number, on, issuer, reason }) {
    demandPast(context, on);
    const { stored, rule } = await ruleOn(context, programme, on);
    if (!rule.revocable) refuse('recognitions.not-revocable');
    const { programmeId } = stored;
    const found = await standing(context, unitId, programmeId, on);
    await revokeRecognition(context.tx, unitId, programmeId, found.seq, on);
    await appendEvent(context.tx, {
      unitId,
      programmeId,
      seq: found.seq,
      nth: found.events + 1,
      kind: 'revoked',
      onDay: on,
      at: context.now,
      actor: actorOf(context),
      decisionNumber: number,
      issuer,
      reason,
      nextDay: null,
    });
    return { revokedOn: on };
  },
});
