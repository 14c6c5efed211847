import { shiftPeriod } from '@dinh/domain/kernel';
import { countsVerified } from '@dinh/domain/programmes';
import type { PackStrings } from '@dinh/packs/schema';
import type { Sheet } from '@dinh/store/programmes';
import { listEvidence, loadSheet, readEvents, readPackStrings } from '@dinh/store/programmes';
import { readUnitPlace } from '@dinh/store/units';
import { allowedOn, type Context, operation } from '../kernel/public.ts';
import { evaluateSheet } from './evaluate.ts';
import { addEvidence, removeEvidence } from './evidence.ts';
import { factsOf } from './facts.ts';
import { namesInCharge } from './in-charge.ts';
import { recordValues } from './record-values.ts';
import { refill, refilled } from './refill.ts';
import { sheetKeySchema } from './sheet-key.ts';
import { submit } from './submit.ts';
import { findSheet, packOf, type SheetKey } from './take-sheet.ts';
import { accept, lock, reopen, returnSheet, takeBackAcceptance, verify } from './verify.ts';

/** Those who may look into a unit's sheets: its own people, and the levels above. */
export const readers = [
  { role: 'member', reach: 'own' },
  { role: 'officer', reach: 'own-and-below' },
  { role: 'observer', reach: 'own-and-below' },
  { role: 'administrator', reach: 'own-and-below' },
] as const;

/**
 * Criteria whose answer is, figure by figure, what the level above confirmed in the period before. Only a confirmed sheet can be
 * compared with: what nobody has looked at yet proves nothing.
 */
function unchangedSince(before: Sheet | null, sheet: Sheet): string[] {
  if (!before || !countsVerified(before.state)) return [];
  const confirmed = new Map(before.values.map(({ key, verified }) => [key, verified]));
  const figure = (text: string | null) => (text === null ? null : Number(text));
  return sheet.values
    .filter(({ key, declared }) => {
      const then = confirmed.get(key);
      return (
        then !== undefined &&
        then.met !== null &&
        then.met === declared.met &&
        then.sustained === declared.sustained &&
        then.text === declared.text &&
        figure(then.value) === figure(declared.value) &&
        figure(then.of) === figure(declared.of)
      );
    })
    .map(({ key }) => key);
}

const earlierSheet = (context: Context, { unitId, programme, period }: SheetKey): Promise<Sheet | null> =>
  loadSheet(
    context.tx,
    { unitId, programme, period: shiftPeriod(period, -1), before: shiftPeriod(period, -2), after: period },
    false,
  );

/** One sheet with its pack, both sides judged, its evidence and its history. */
export const sheet = operation({
  name: 'programmes.sheet',
  kind: 'query',
  input: sheetKeySchema,
  unit: (input) => input.unitId,
  allow: readers,
  async run(context, input) {
    const found = await findSheet(context, input);
    const pack = packOf(found);
    const sent = found.state !== 'open' && found.state !== 'returned';
    const known = await factsOf(context, found, (sent && found.submittedAt) || context.now);
    const { unitId, programmeId, period } = found;
    const place = await readUnitPlace(context.tx, unitId, found.periodEnd);
    const { before: metBefore, after: _after, pack: _pack, packDigest: _digest, ...shown } = found;
    // Beside a sheet only what is needed to count is read; people compare whole answers.
    const before = metBefore && (await earlierSheet(context, input));
    return {
      ...shown,
      unit: place?.name ?? '',
      unitKind: place?.kind ?? '',
      namesInCharge: await namesInCharge(context, unitId, found.inCharge),
      pack,
      strings: (await readPackStrings(context.tx, programmeId, found.packVersion)) as PackStrings,
      /** What stood a period earlier, criterion by criterion: confirmed where it was, else as declared. */
      before: before && {
        state: before.state,
        values: Object.fromEntries(
          before.values.map(({ key, declared, verified }) => [key, countsVerified(before.state) ? verified : declared]),
        ),
      },
      unchanged: unchangedSince(before, found),
      /** Criteria that the work would now fill in otherwise: a meeting was held or a task done since. */
      fresh: sent ? [] : refilled(found, pack, known).map(({ key }) => key),
      metBefore: Object.fromEntries(
        (metBefore?.criteria ?? []).map(({ key, declared, verified }) => [key, verified.met ?? declared.met]),
      ),
      declaredResult: evaluateSheet(found, pack, 'declared', known),
      verifiedResult: countsVerified(found.state)
        ? evaluateSheet(found, pack, 'verified', await factsOf(context, found, found.decidedAt ?? context.now))
        : null,
      evidence: await listEvidence(context.tx, unitId, programmeId, period),
      events: await readEvents(context.tx, unitId, programmeId, period),
      allowed: await allowedOn(context, unitId, [
        recordValues,
        refill,
        submit,
        addEvidence,
        removeEvidence,
        verify,
        accept,
        returnSheet,
        lock,
        reopen,
        takeBackAcceptance,
      ]),
    };
  },
});
