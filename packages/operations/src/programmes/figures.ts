import { refuse } from '@dinh/domain/kernel';
import type { SideFigures } from '@dinh/domain/programmes';
import type { Entry, Pack } from '@dinh/packs/schema';

type Criterion = Pack['criteria'][number];

export const noFigures: SideFigures = { value: null, of: null, text: null, met: null, sustained: null };

export function criterionOf(pack: Pack, key: string): Criterion {
  return (
    pack.criteria.find((criterion) => criterion.id === key) ??
    refuse('programmes.criterion-unknown', { criterion: key })
  );
}

const wrong = (key: string): never =>
  refuse('programmes.value-wrong', { criterion: key }, [{ path: `entries.${key}`, code: 'programmes.value-wrong' }]);
const decimalPattern = /^-?\d{1,12}(\.\d{1,6})?$/;

function decimalText(key: string, value: unknown): string {
  const text = String(value);
  return (typeof value === 'number' || typeof value === 'string') && decimalPattern.test(text) ? text : wrong(key);
}

/** What a person entered, as the columns of a value row. Judging it (met, points) is the pack engine's. */
export function toFigures(criterion: Criterion, entry: Entry): SideFigures {
  const flags = { met: entry.met ?? null, sustained: entry.sustained ?? null };
  const { value } = entry;
  if (value === undefined) return { ...noFigures, ...flags };
  switch (criterion.type) {
    case 'pass-fail':
      return typeof value === 'boolean' ? { ...noFigures, ...flags, met: value } : wrong(criterion.id);
    case 'percent': {
      if (typeof value !== 'object') return wrong(criterion.id);
      const of = decimalText(criterion.id, value.denominator);
      return { ...noFigures, ...flags, value: decimalText(criterion.id, value.numerator), of };
    }
    case 'text':
    case 'file':
      return typeof value === 'string' ? { ...noFigures, ...flags, text: value } : wrong(criterion.id);
    case 'computed':
      return { ...noFigures, ...flags };
    default:
      return typeof value === 'object'
        ? wrong(criterion.id)
        : { ...noFigures, ...flags, value: decimalText(criterion.id, value) };
  }
}

/** The entry the pack engine reads, from the columns of a value row. */
export function toEntry(criterion: Criterion, side: SideFigures): Entry {
  const flags = {
    ...(side.met !== null && criterion.type !== 'pass-fail' && { met: side.met }),
    ...(side.sustained !== null && { sustained: side.sustained }),
  };
  switch (criterion.type) {
    case 'pass-fail':
      return { ...flags, ...(side.met !== null && { value: side.met }) };
    case 'percent':
      return {
        ...flags,
        ...(side.value !== null && side.of !== null && { value: { numerator: side.value, denominator: side.of } }),
      };
    case 'text':
    case 'file':
      return { ...flags, ...(side.text !== null && { value: side.text }) };
    case 'computed':
      return flags;
    default:
      return { ...flags, ...(side.value !== null && { value: side.value }) };
  }
}
