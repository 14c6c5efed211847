import { LOCALES, type Locale, type Pack, type PackStrings, packSchema } from '../schema/public.ts';
import { type Examples, examplesSchema, runExample } from './examples.ts';
import { checkFormulas } from './lint/formulas.ts';
import { checkLevels } from './lint/levels.ts';
import { checkNames } from './lint/names.ts';
import { checkPoints } from './lint/points.ts';
import { checkProcedure } from './lint/procedure.ts';
import { newLint } from './lint/report.ts';
import type { PackProblem } from './problem.ts';
import { shapeProblems } from './shape.ts';
import { readStrings } from './strings.ts';
import { readYaml, type YamlFile } from './yaml.ts';

/** The texts of a pack's files. Reading them from a disk or an upload is the host's work. */
export interface PackFiles {
  /** pack.yaml */
  readonly pack: string;
  /** strings.vi.yaml, strings.en.yaml, strings.ar.yaml */
  readonly strings: Readonly<Record<Locale, string>>;
  /** worked-examples.yaml */
  readonly examples?: string | undefined;
}

export type LoadedPack =
  | { readonly ok: true; readonly pack: Pack; readonly strings: PackStrings; readonly examples: number }
  | { readonly ok: false; readonly problems: readonly PackProblem[] };

function lintPack(pack: Pack, yaml: YamlFile): PackProblem[] {
  const names = newLint(pack, yaml);
  checkNames(names.lint);
  // Rules about things that do not exist would only repeat the complaint in other words.
  if (names.problems.length > 0) return names.problems;
  const { lint, problems } = newLint(pack, yaml);
  checkProcedure(lint);
  checkFormulas(lint);
  checkPoints(lint);
  checkLevels(lint);
  return problems;
}

function readPack(text: string): { pack: Pack | null; problems: PackProblem[] } {
  const read = readYaml('pack.yaml', text);
  if (!read.ok) return { pack: null, problems: read.problems };
  const parsed = packSchema.safeParse(read.yaml.value);
  if (!parsed.success) return { pack: null, problems: shapeProblems(read.yaml, parsed.error) };
  return { pack: parsed.data, problems: lintPack(parsed.data, read.yaml) };
}

function readAllStrings(pack: Pack | null, files: PackFiles): { strings: PackStrings; problems: PackProblem[] } {
  const problems: PackProblem[] = [];
  const strings: Record<Locale, Record<string, string>> = { vi: {}, en: {}, ar: {} };
  for (const locale of LOCALES) {
    const read = readYaml(`strings.${locale}.yaml`, files.strings[locale]);
    if (!read.ok) problems.push(...read.problems);
    else if (pack) {
      const found = readStrings(pack, read.yaml);
      strings[locale] = found.texts;
      problems.push(...found.problems);
    }
  }
  return { strings, problems };
}

function checkExamples(pack: Pack | null, isSound: boolean, text: string): { count: number; problems: PackProblem[] } {
  const read = readYaml('worked-examples.yaml', text);
  if (!read.ok) return { count: 0, problems: read.problems };
  const parsed = examplesSchema.safeParse(read.yaml.value);
  if (!parsed.success) return { count: 0, problems: shapeProblems(read.yaml, parsed.error) };
  const { examples }: Examples = parsed.data;
  // An unsound pack has no right answers to compare with.
  if (!pack || !isSound) return { count: examples.length, problems: [] };
  const problems = examples.flatMap((example, index) =>
    runExample(pack, example).map((mismatch) =>
      read.yaml.problem(['examples', index, ...mismatch.path], 'packs.example-fails', {
        name: example.name,
        at: mismatch.path.slice(1).join('.'),
        expected: mismatch.expected,
        actual: mismatch.actual,
      }),
    ),
  );
  return { count: examples.length, problems };
}

/**
 * Reads, checks and proves a pack: shape, names, formulas, points, levels, procedure, the sentences of three languages and
 * every worked example. Either a sound pack, or every problem with its file, line, column and code. Never throws.
 */
export function loadPack(files: PackFiles): LoadedPack {
  const { pack, problems } = readPack(files.pack);
  const isSound = problems.length === 0;
  const texts = readAllStrings(pack, files);
  const examples =
    files.examples === undefined ? { count: 0, problems: [] } : checkExamples(pack, isSound, files.examples);
  const all = [...problems, ...texts.problems, ...examples.problems];
  if (!pack || all.length > 0) return { ok: false, problems: all };
  return { ok: true, pack, strings: texts.strings, examples: examples.count };
}
