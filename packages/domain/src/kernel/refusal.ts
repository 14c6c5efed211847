import type { RefusalCode } from './refusal-codes.ts';
import { refusalCodes } from './refusal-codes.ts';

/** Values that fill the sentence of a refusal: names, numbers, dates; never a whole sentence. */
export type RefusalParams = Record<string, string | number>;

/** What was wrong with one field of the input, so that a form can show it where it was typed. */
export type FieldProblem = { path: string; code: RefusalCode; params?: RefusalParams };

/**
 * The only way an operation says no. The code is the protocol; the sentence in the reader's language is made from
 * `packages/texts` at the edge, never here.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly params: RefusalParams;
  readonly fields: FieldProblem[];

  constructor(code: RefusalCode, params: RefusalParams = {}, fields: FieldProblem[] = []) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.params = params;
    this.fields = fields;
  }

  /** HTTP status of this code. */
  get status(): number {
    return refusalCodes[this.code];
  }
}

/** Throws the refusal; typed `never` so that it can stand in an expression. */
export function refuse(code: RefusalCode, params: RefusalParams = {}, fields: FieldProblem[] = []): never {
  throw new Refusal(code, params, fields);
}
