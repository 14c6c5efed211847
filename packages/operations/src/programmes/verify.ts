import { refuse } from '@dinh/domain/kernel';
import { entrySchema } from '@dinh/packs/schema';
import type { SheetValue } from '@dinh/store/programmes';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { judgeSheet, rowOf } from './evaluate.ts';
import { factsOf } from './facts.ts';
import { criterionOf, toFigures } from './figures.ts';
import { reasonSchema, revisionSchema, sheetKey } from './sheet-key.ts';
import { demandState, packOf, takeSheet, writeSheet } from './take-sheet.ts';

const verifiers = [
  { role: 'officer', reach: 'below' },
  { role: 'administrator', reach: 'below' },
] as const;

const verdictSchema = z.strictObject({
  verdict: z.enum(['accepted', 'returned']),
  /** What the level above found, when it is not what was declared. */
  entry: entrySchema.optional(),
  reason: reasonSchema.optional(),
});

/** The level above looks at some criteria: accepts what was declared, notes what it found instead, or asks for more. */
export const verify = operation({
  name: 'programmes.verify',
  kind: 'command',
  input: z.strictObject({
    ...sheetKey,
    revision: revisionSchema.optional(),
    verdicts: z.record(z.string().max(60), verdictSchema),
  }),
  unit: (input) => input.unitId,
  allow: verifiers,
  async run(context, input) {
    const sheet = await takeSheet(context, input, input.revision);
    demandState(sheet, 'submitted');
    const pack = packOf(sheet);
    const changed: SheetValue[] = Object.entries(input.verdicts).map(([key, { verdict, entry, reason }]) => {
      const criterion = criterionOf(pack, key);
      const needsReason = verdict === 'returned' || entry !== undefined;
      if (needsReason && !reason)
        refuse('programmes.reason-needed', { criterion: key }, [
          { path: `verdicts.${key}.reason`, code: 'programmes.reason-needed' },
        ]);
      const old = rowOf(sheet, key);
      return { ...old, verified: entry ? toFigures(criterion, entry) : old.declared, verdict, reason: reason ?? null };
    });
    const kept = sheet.values.filter((value) => !changed.some(({ key }) => key === value.key));
    const after = { ...sheet, values: [...kept, ...changed] };
    await writeSheet(context, sheet, after, changed, { kind: 'looked-at' });
    return {
      revision: sheet.revision + 1,
      decided: after.values.filter((value) => value.verdict !== null).length,
      of: pack.criteria.length,
    };
  },
});

/** Accepts the sheet: every criterion has been looked at and none is asked back. From here the verified figures count above. */
export const accept = operation({
  name: 'programmes.accept',
  kind: 'command',
  input: z.strictObject({ ...sheetKey, revision: revisionSchema.optional() }),
  unit: (input) => input.unitId,
  allow: verifiers,
  async run(context, input) {
    const sheet = await takeSheet(context, input, input.revision);
    demandState(sheet, 'submitted');
    const pack = packOf(sheet);
    const open = pack.criteria
      .filter(({ id, type }) => type !== 'computed' && rowOf(sheet, id).verdict !== 'accepted')
      .map(({ id }) => id);
    if (open.length > 0) {
      refuse(
        'programmes.undecided-criteria',
        { count: open.length },
        open.map((key) => ({
          path: `verdicts.${key}`,
          code: 'programmes.undecided-criteria' as const,
          params: { count: 1 },
        })),
      );
    }
    const judged = judgeSheet(sheet, pack, 'verified', await factsOf(context, sheet)).sheet;
    const after = { ...judged, state: 'accepted' as const, decidedAt: context.now };
    await writeSheet(context, sheet, after, after.values, { kind: 'accepted' });
    return {
      state: after.state,
      level: after.verifiedLevel,
      points: after.verifiedPoints,
      revision: sheet.revision + 1,
    };
  },
});

/** After this long an acceptance is part of what happened: reopening, with a reason, changes it. */
const SLIP_MS = 86_400_000;

/** Takes back an acceptance of the last day, as a slip: the sheet waits again, with every verdict as it was entered. */
export const takeBackAcceptance = operation({
  name: 'programmes.take-back-acceptance',
  kind: 'command',
  input: z.strictObject({ ...sheetKey }),
  unit: (input) => input.unitId,
  allow: verifiers,
  async run(context, input) {
    const sheet = await takeSheet(context, input);
    if (sheet.state !== 'accepted') refuse('programmes.not-accepted', { period: sheet.period });
    if (!sheet.decidedAt || context.now.getTime() - sheet.decidedAt.getTime() > SLIP_MS)
      refuse('programmes.accepted-long-ago', { period: sheet.period });
    const after = {
      ...sheet,
      state: 'submitted' as const,
      decidedAt: null,
      verifiedPoints: null,
      verifiedLevel: null,
    };
    await writeSheet(context, sheet, after, [], { kind: 'acceptance-taken-back' });
    return { state: after.state, revision: sheet.revision + 1 };
  },
});

/** Sends the sheet back with a reason; what was declared stays as it was, and the unit may change it and send it again. */
export const returnSheet = operation({
  name: 'programmes.return',
  kind: 'command',
  input: z.strictObject({ ...sheetKey, revision: revisionSchema.optional(), reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: verifiers,
  async run(context, input) {
    const sheet = await takeSheet(context, input, input.revision);
    demandState(sheet, 'submitted');
    const after = { ...sheet, state: 'returned' as const, decidedAt: context.now, returnReason: input.reason };
    await writeSheet(context, sheet, after, [], { kind: 'returned', reason: input.reason });
    return { state: after.state, revision: sheet.revision + 1 };
  },
});

/** Closes an accepted sheet for good: only reopening, with a reason, changes it again. */
export const lock = operation({
  name: 'programmes.lock',
  kind: 'command',
  input: z.strictObject({ ...sheetKey }),
  unit: (input) => input.unitId,
  allow: verifiers,
  async run(context, input) {
    const sheet = await takeSheet(context, input);
    if (sheet.state === 'locked') return { state: sheet.state };
    if (sheet.state !== 'accepted') refuse('programmes.not-accepted', { period: sheet.period });
    const after = { ...sheet, state: 'locked' as const };
    await writeSheet(context, sheet, after, [], { kind: 'locked' });
    return { state: after.state };
  },
});

/** Opens a sheet that was accepted or locked: its verdicts are set aside, its figures leave the totals until it is sent again. */
export const reopen = operation({
  name: 'programmes.reopen',
  kind: 'command',
  input: z.strictObject({ ...sheetKey, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: verifiers,
  async run(context, input) {
    const sheet = await takeSheet(context, input);
    if (sheet.state !== 'accepted' && sheet.state !== 'locked')
      refuse('programmes.not-accepted', { period: sheet.period });
    const values = sheet.values.map((value) => ({ ...value, verdict: null }));
    const after = {
      ...sheet,
      state: 'returned' as const,
      returnReason: input.reason,
      verifiedPoints: null,
      verifiedLevel: null,
      values,
    };
    await writeSheet(context, sheet, after, values, { kind: 'reopened', reason: input.reason });
    return { state: after.state, revision: sheet.revision + 1 };
  },
});
