/** Why a formula was refused when the pack was read. `start` and `end` are offsets in the formula's text. */
export interface FormulaProblem {
  readonly code:
    | 'packs.formula-syntax'
    | 'packs.formula-unknown-name'
    | 'packs.formula-type'
    | 'packs.formula-function'
    | 'packs.formula-too-large'
    | 'packs.formula-literal-arithmetic'
    | 'packs.formula-divides-by-zero';
  readonly params: { readonly formula: string; readonly detail: string };
  readonly start: number;
  readonly end: number;
}

/** Why a sound formula gave no answer for these inputs. Never thrown: each is an answer with a sentence. */
export type FormulaFailureCode =
  | 'packs.fact-missing'
  | 'packs.value-missing'
  | 'packs.division-by-zero'
  | 'packs.formula-failed';

export interface FormulaFailure {
  readonly ok: false;
  readonly code: FormulaFailureCode;
  /** What was missing, as the formula names it ("facts.meetings.held"); empty when nothing is. */
  readonly name: string;
}
