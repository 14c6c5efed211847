/**
 * What can be wrong with one line of a file of units. The code is the protocol; its sentence is in `packages/texts/messages`
 * under the same key.
 */
export const importProblemCodes = [
  'units.import.already-continued',
  'units.import.code-too-long',
  'units.import.columns-too-many',
  'units.import.control-character',
  'units.import.cycle',
  'units.import.date-wrong',
  'units.import.dates-reversed',
  'units.import.duplicate-code',
  'units.import.kind-missing',
  'units.import.kind-unknown',
  'units.import.letters-lost',
  'units.import.line-differs',
  'units.import.line-unknown',
  'units.import.mojibake',
  'units.import.name-missing',
  'units.import.name-too-long',
  'units.import.nothing-to-continue',
  'units.import.parent-missing-days',
  'units.import.parent-not-above',
  'units.import.parent-refused',
  'units.import.parent-unknown',
] as const;
export type ImportProblemCode = (typeof importProblemCodes)[number];

export type ImportProblem = {
  /** Line of the file, the first line being 1. */
  line: number;
  /** Column as the file's own heading calls it, or null when the line as a whole is meant. */
  column: string | null;
  /** A code of `importProblemCodes`, or a `units.*` refusal when the database said no. */
  code: string;
  /** What stands there, shortened. */
  value: string;
  params?: Record<string, string | number>;
};

/** Worth telling, but nothing is wrong: a column that was not used, a code that Excel keeps as a number. */
export type ImportNotice = {
  code: 'units.import.code-was-number' | 'units.import.column-ignored';
  line: number;
  column: string;
  value: string;
};

export const LISTED_PROBLEMS = 1000;

/** Counts every problem and keeps the first thousand, so that a file of nothing but errors does not fill the memory. */
export class ProblemList {
  readonly listed: ImportProblem[] = [];
  readonly counts = new Map<string, number>();
  total = 0;

  add(problem: ImportProblem): void {
    this.total += 1;
    this.counts.set(problem.code, (this.counts.get(problem.code) ?? 0) + 1);
    if (this.listed.length < LISTED_PROBLEMS) this.listed.push(problem);
  }
}

/** Cuts a value to what fits into a report. */
export function shorten(value: string): string {
  return value.length <= 80 ? value : `${value.slice(0, 79)}…`;
}
