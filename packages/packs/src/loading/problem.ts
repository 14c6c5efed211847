export const PACK_FILES = [
  'pack.yaml',
  'strings.vi.yaml',
  'strings.en.yaml',
  'strings.ar.yaml',
  'worked-examples.yaml',
] as const;
export type PackFile = (typeof PACK_FILES)[number];

/** Every reason for which a pack is refused. Each has a sentence in `packages/texts/messages/{vi,en,ar}/packs.json`. */
export const PROBLEM_CODES = [
  'packs.file-too-large',
  'packs.yaml-syntax',
  'packs.duplicate-key',
  'packs.alias',
  'packs.too-deep',
  'packs.unknown-key',
  'packs.missing-key',
  'packs.wrong-type',
  'packs.not-one-of',
  'packs.bad-format',
  'packs.out-of-range',
  'packs.no-such-date',
  'packs.people-not-scored',
  'packs.duplicate-id',
  'packs.unknown-reference',
  'packs.ends-before-it-begins',
  'packs.verified-without-document',
  'packs.formula-syntax',
  'packs.formula-unknown-name',
  'packs.formula-type',
  'packs.formula-function',
  'packs.formula-too-large',
  'packs.formula-literal-arithmetic',
  'packs.formula-divides-by-zero',
  'packs.formula-cycle',
  'packs.fact-unknown',
  'packs.fact-type',
  'packs.fact-unused',
  'packs.points-missing',
  'packs.points-unused',
  'packs.points-do-not-add-up',
  'packs.points-above-most',
  'packs.award-needs-target',
  'packs.steps-out-of-order',
  'packs.target-empty',
  'packs.target-impossible',
  'packs.target-missing',
  'packs.drop-with-points',
  'packs.sustained-nowhere',
  'packs.bands-overlap',
  'packs.bands-gap',
  'packs.level-unreachable',
  'packs.level-hidden',
  'packs.otherwise-not-last',
  'packs.otherwise-with-rules',
  'packs.level-without-rule',
  'packs.no-lowest-level',
  'packs.veto-idle',
  'packs.rules-missing',
  'packs.rule-unreachable',
  'packs.aggregation-order',
  'packs.average-needs-points',
  'packs.state-unreachable',
  'packs.state-dead-end',
  'packs.deliverables-order',
  'packs.string-missing',
  'packs.string-unknown',
  'packs.string-empty',
  'packs.example-fails',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** One thing wrong with a pack. Line and column count from 1. */
export interface PackProblem {
  readonly file: PackFile;
  readonly line: number;
  readonly column: number;
  readonly code: ProblemCode;
  readonly params: Readonly<Record<string, string>>;
}
