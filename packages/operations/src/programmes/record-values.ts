import { refuse } from '@dinh/domain/kernel';
import type { SideFigures } from '@dinh/domain/programmes';
import type { Pack } from '@dinh/packs/schema';
import { entrySchema } from '@dinh/packs/schema';
import type { Sheet } from '@dinh/store/programmes';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { judgeSheet, rowOf } from './evaluate.ts';
import { factsOf } from './facts.ts';
import { criterionOf, toFigures } from './figures.ts';
import { revisionSchema, sheetKey } from './sheet-key.ts';
import { demandState, packOf, takeSheet, writeSheet } from './take-sheet.ts';

/** Whether two answers say the same, figure by figure. */
export const sameAnswer = (a: SideFigures, b: SideFigures) =>
  a.text === b.text &&
  (a.value === null && a.text === null ? a.met === b.met : true) &&
  (a.value === null ? b.value === null : b.value !== null && Number(a.value) === Number(b.value)) &&
  (a.of === null ? b.of === null : b.of !== null && Number(a.of) === Number(b.of));

export const enteredSchema = z.record(
  z.string().max(60),
  entrySchema.extend({ note: z.string().trim().max(2000).optional() }),
);

/** The sheet with what people entered laid over it; nothing is judged or written yet. */
export function withEntries(sheet: Sheet, pack: Pack, entries: z.output<typeof enteredSchema>): Sheet {
  if (Object.keys(entries).length > pack.criteria.length) refuse('programmes.duplicate-criterion');
  const changed = Object.entries(entries).map(([key, { note, ...entry }]) => {
    const old = rowOf(sheet, key);
    const declared = toFigures(criterionOf(pack, key), entry);
    // What facts filled in keeps its source for as long as nobody writes another figure over it.
    const same = sameAnswer(declared, old.declared);
    const flagged = declared.met !== null && declared.met !== old.declared.met;
    // Another answer than the one the level above agreed to has to be looked at again.
    const another = !same || flagged || declared.sustained !== old.declared.sustained;
    const verdict = another && old.verdict === 'accepted' ? null : old.verdict;
    return { ...old, declared, note: note ?? old.note, source: same ? old.source : null, verdict };
  });
  const kept = sheet.values.filter((value) => !changed.some(({ key }) => key === value.key));
  return { ...sheet, values: [...kept, ...changed] };
}

/** Saves what a unit says of some criteria; the sheet stays with the unit until it is sent. */
export const recordValues = operation({
  name: 'programmes.record-values',
  kind: 'command',
  input: z.strictObject({
    ...sheetKey,
    revision: revisionSchema.optional(),
    entries: enteredSchema,
  }),
  unit: (input) => input.unitId,
  allow: [{ role: 'committee', reach: 'own' }],
  async run(context, input) {
    const before = await takeSheet(context, input, input.revision);
    demandState(before, 'open', 'returned');
    const pack = packOf(before);
    const entered = withEntries(before, pack, input.entries);
    const { sheet, result } = judgeSheet(entered, pack, 'declared', await factsOf(context, before), true);
    await writeSheet(context, before, sheet, sheet.values, { kind: 'recorded' });
    return {
      revision: before.revision + 1,
      missing: result.missing,
      met: result.met,
      of: result.of,
      total: result.total,
    };
  },
});
