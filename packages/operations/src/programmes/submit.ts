import { refuse, shiftPeriod } from '@dinh/domain/kernel';
import type { Pack } from '@dinh/packs/schema';
import type { Sheet } from '@dinh/store/programmes';
import { listEvidence } from '@dinh/store/programmes';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { judgeSheet } from './evaluate.ts';
import { factsOf } from './facts.ts';
import { enteredSchema, withEntries } from './record-values.ts';
import { revisionSchema, sheetKey } from './sheet-key.ts';
import { demandState, packOf, takeSheet, writeSheet } from './take-sheet.ts';

/** Where the pack asks for proof, a claim without any is refused. */
async function demandEvidence(context: Context, sheet: Sheet, pack: Pack): Promise<void> {
  const asked = pack.criteria.filter(
    ({ id, evidence }) =>
      evidence.required === 'always' ||
      (evidence.required === 'when-met' && sheet.values.find(({ key }) => key === id)?.declared.met === true),
  );
  if (asked.length === 0) return;
  const shown = new Set(
    (await listEvidence(context.tx, sheet.unitId, sheet.programmeId, sheet.period)).map(({ criterion }) => criterion),
  );
  const bare = asked.filter(({ id }) => !shown.has(id));
  if (bare.length === 0) return;
  refuse(
    'programmes.evidence-missing',
    { count: bare.length },
    bare.map(({ id }) => ({
      path: `entries.${id}`,
      code: 'programmes.evidence-missing' as const,
      params: { count: 1 },
    })),
  );
}

const headCount = z.int().min(0).max(100_000);
const voteSchema = z.strictObject({ present: headCount, for: headCount, against: headCount, abstain: headCount });

/** Sends a sheet to the level above, adopted by vote where the pack demands it. */
export const submit = operation({
  name: 'programmes.submit',
  kind: 'command',
  input: z.strictObject({
    ...sheetKey,
    revision: revisionSchema.optional(),
    vote: voteSchema.optional(),
    /** Last answers that are saved with the sending. */
    entries: enteredSchema.default({}),
  }),
  unit: (input) => input.unitId,
  allow: [{ role: 'secretary', reach: 'own' }],
  async run(context, input) {
    const before = await takeSheet(context, input, input.revision);
    demandState(before, 'open', 'returned');
    if (before.before?.state === 'open') refuse('programmes.out-of-order', { period: shiftPeriod(input.period, -1) });
    const pack = packOf(before);
    const { decision } = pack;
    if (decision?.vote === 'required' && !input.vote) refuse('programmes.vote-needed');
    if (input.vote) {
      const { present, for: inFavour, against, abstain } = input.vote;
      const { numerator, denominator } = decision?.majority ?? { numerator: 1, denominator: 2 };
      if (inFavour + against + abstain > present || present === 0) refuse('programmes.vote-wrong', { present });
      // More than half, or at least the share the pack names.
      const carried = decision?.majority ? inFavour * denominator >= present * numerator : inFavour * 2 > present;
      if (!carried) refuse('programmes.vote-not-carried', { for: inFavour, present });
    }
    const { sheet, result } = judgeSheet(
      withEntries(before, pack, input.entries),
      pack,
      'declared',
      await factsOf(context, before),
    );
    if (result.missing.length > 0) {
      refuse(
        'programmes.unanswered',
        { count: result.missing.length },
        result.missing.map((key) => ({
          path: `entries.${key}`,
          code: 'programmes.unanswered' as const,
          params: { count: 1 },
        })),
      );
    }
    await demandEvidence(context, sheet, pack);
    // What was asked back waits to be looked at again, with what was asked beside it.
    const values = sheet.values.map((value) => (value.verdict === 'returned' ? { ...value, verdict: null } : value));
    const after = {
      ...sheet,
      values,
      state: 'submitted' as const,
      submittedAt: context.now,
      late: context.today > before.due,
      vote: input.vote ?? null,
      returnReason: null,
    };
    await writeSheet(context, before, after, after.values, { kind: 'submitted' });
    return {
      state: after.state,
      level: after.declaredLevel,
      points: after.declaredPoints,
      late: after.late,
      revision: before.revision + 1,
    };
  },
});
