/** Loading and linting packs: from five texts to a sound pack, or to problems that name file, line, column and reason. */
export { type LoadedPack, loadPack, type PackFiles } from './load.ts';
export { PACK_FILES, type PackFile, type PackProblem, PROBLEM_CODES, type ProblemCode } from './problem.ts';
