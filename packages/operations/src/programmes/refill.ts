import { prefill } from '@dinh/packs/assessment';
import type { Pack } from '@dinh/packs/schema';
import type { Sheet, SheetValue } from '@dinh/store/programmes';
import { operation } from '../kernel/public.ts';
import { judgeSheet, rowOf } from './evaluate.ts';
import { factsOf, type Known } from './facts.ts';
import { criterionOf, toFigures } from './figures.ts';
import { sameAnswer } from './record-values.ts';
import { sheetKeySchema } from './sheet-key.ts';
import { demandState, packOf, takeSheet, writeSheet } from './take-sheet.ts';

const isBlank = ({ declared }: SheetValue) =>
  declared.value === null && declared.of === null && declared.text === null && declared.met === null;

/**
 * Criteria that the work now fills in otherwise than they stand: empty ones, and those that facts filled in before. What people wrote
 * themselves stays theirs.
 */
export function refilled(sheet: Sheet, pack: Pack, { facts }: Known): SheetValue[] {
  const filled = prefill(pack, facts);
  return Object.entries(filled.entries).flatMap(([key, entry]) => {
    const old = rowOf(sheet, key);
    if (old.source === null && !isBlank(old)) return [];
    const figures = toFigures(criterionOf(pack, key), entry);
    const declared = { ...figures, sustained: figures.sustained ?? old.declared.sustained };
    if (sameAnswer(declared, old.declared)) return [];
    const source = (filled.sources[key] ?? []).map((fact) => ({ fact, value: facts[fact] ?? null }));
    return [{ ...old, declared, source, verdict: old.verdict === 'accepted' ? null : old.verdict }];
  });
}

/** Takes the figures of the work anew into a sheet that is still with its unit: a meeting may have been held since it was opened. */
export const refill = operation({
  name: 'programmes.refill',
  kind: 'command',
  input: sheetKeySchema,
  unit: (input) => input.unitId,
  allow: [{ role: 'committee', reach: 'own' }],
  async run(context, input) {
    const before = await takeSheet(context, input);
    demandState(before, 'open', 'returned');
    const pack = packOf(before);
    const known = await factsOf(context, before);
    const fresh = refilled(before, pack, known);
    if (fresh.length === 0) return { criteria: [], revision: before.revision };
    const kept = before.values.filter(({ key }) => !fresh.some((value) => value.key === key));
    const { sheet } = judgeSheet({ ...before, values: [...kept, ...fresh] }, pack, 'declared', known, true);
    await writeSheet(context, before, sheet, sheet.values, { kind: 'recorded' });
    return { criteria: fresh.map(({ key }) => key), revision: before.revision + 1 };
  },
});
