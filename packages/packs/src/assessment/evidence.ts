import type { EvidenceKind, Pack } from '../schema/public.ts';
import type { PeriodResult } from './result.ts';

export interface EvidenceOwed {
  readonly criterion: string;
  /** Any one of these would do. */
  readonly kinds: readonly EvidenceKind[];
}

/**
 * Criteria whose evidence rule is not satisfied by what the sheet holds (kinds of evidence by criterion id). Give it the pack as
 * adopted: a unit may ask for more than the pack does.
 */
export function evidenceOwed(
  pack: Pack,
  result: PeriodResult,
  held: Readonly<Record<string, readonly EvidenceKind[]>>,
): EvidenceOwed[] {
  return pack.criteria.flatMap((criterion): EvidenceOwed[] => {
    const { required, kinds } = criterion.evidence;
    const isMet = result.criteria.some((one) => one.id === criterion.id && one.met === true);
    if (required === 'never' || (required === 'when-met' && !isMet)) return [];
    const has = Object.hasOwn(held, criterion.id) ? (held[criterion.id] ?? []) : [];
    return has.some((kind) => kinds.includes(kind)) ? [] : [{ criterion: criterion.id, kinds }];
  });
}
