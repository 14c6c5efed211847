import type { RefusalParams } from '@dinh/domain/kernel';
import type { Refusal } from '@dinh/texts/catalog';
import type { Answer } from './view.ts';

export interface PlainRefusal {
  code: string;
  params: RefusalParams;
  said?: NonNullable<Refusal['said']>;
  fields: { path: string; code: string; params?: RefusalParams; said?: NonNullable<Refusal['said']> }[];
}

/** What a form of the sheet hands back to its page. */
export interface Outcome {
  /** The part of the page it happened in: a criterion's id, or `send`, `decide`, `same`. */
  at: string;
  did?: string;
  refusal?: PlainRefusal;
  /** What was typed where something was wrong, so that nothing is typed twice. */
  typed?: Record<string, Answer>;
  /** Criteria that were saved although others were not. */
  saved?: string[];
}

/** The problem of one criterion, wherever an operation names it. */
export function problemOf(
  refusal: PlainRefusal | undefined,
  criterion: string,
): PlainRefusal['fields'][number] | undefined {
  return refusal?.fields.find(
    ({ path }) => path === `entries.${criterion}` || path.startsWith(`verdicts.${criterion}`),
  );
}
