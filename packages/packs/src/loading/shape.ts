import type { z } from 'zod';
import type { PackProblem, ProblemCode } from './problem.ts';
import type { Path, YamlFile } from './yaml.ts';

type Issue = z.core.$ZodIssue;
const PEOPLE = new Set(['household', 'resident', 'citizen', 'person', 'member', 'family']);

function lookUp(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}

/** Where in the file, as its author would say it. */
function dotted(yaml: YamlFile, path: Path): string {
  return path.length === 0 ? yaml.file : path.join('.');
}

/** Of the branches of a union, the one that came closest: whose first complaint lies deepest, then with the fewest complaints. */
function closest(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]): number => Math.max(...issues.map((issue) => issue.path.length));
  const kind = (issues: readonly Issue[]): number =>
    issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0) ? 0 : 1;
  const ranked = branches.toSorted((a, b) => kind(b) - kind(a) || depth(b) - depth(a) || a.length - b.length);
  return ranked[0] ?? [];
}

function* flatten(issues: readonly Issue[], base: Path): Generator<Issue & { readonly full: Path }> {
  for (const issue of issues) {
    const full = [...base, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) yield* flatten(closest(issue.errors), full);
    else yield { ...issue, full };
  }
}

function customCode(issue: Issue): ProblemCode {
  const reason = issue.code === 'custom' ? issue.params?.reason : undefined;
  return reason === 'no-such-date' ? 'packs.no-such-date' : 'packs.bad-format';
}

function problemOf(yaml: YamlFile, issue: Issue & { readonly full: Path }): PackProblem[] {
  const { full } = issue;
  const given = lookUp(yaml.value, full);
  const at = dotted(yaml, full);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => yaml.problem([...full, key], 'packs.unknown-key', { key, at }, 'key'));
  }
  if (given === undefined && full.length > 0) {
    const key = String(full.at(-1));
    return [yaml.problem(full.slice(0, -1), 'packs.missing-key', { key, at: dotted(yaml, full.slice(0, -1)) })];
  }
  const value = typeof given === 'object' ? '' : String(given).slice(0, 80);
  if (at === 'subject' && PEOPLE.has(value)) return [yaml.problem(full, 'packs.people-not-scored', { value })];
  switch (issue.code) {
    case 'invalid_type':
      return [yaml.problem(full, 'packs.wrong-type', { at, expected: issue.expected })];
    case 'invalid_value':
      return [yaml.problem(full, 'packs.not-one-of', { at, value, values: issue.values.map(String).join(', ') })];
    case 'invalid_union':
      return [yaml.problem(full, 'packs.not-one-of', { at, value, values: unionValues(issue) })];
    case 'too_small':
      return [yaml.problem(full, 'packs.out-of-range', { at, bound: `≥ ${issue.minimum}` })];
    case 'too_big':
      return [yaml.problem(full, 'packs.out-of-range', { at, bound: `≤ ${issue.maximum}` })];
    case 'custom':
      return [yaml.problem(full, customCode(issue), { at, value })];
    default:
      return [yaml.problem(full, 'packs.bad-format', { at, value }, issue.code === 'invalid_key' ? 'key' : 'value')];
  }
}

function unionValues(issue: Issue): string {
  const options = issue.code === 'invalid_union' && 'options' in issue ? issue.options : undefined;
  return Array.isArray(options) ? options.map(String).join(', ') : '';
}

/** What the schema refuses, in the file's words: which key, on which line, and why. */
export function shapeProblems(yaml: YamlFile, error: z.ZodError): PackProblem[] {
  return [...flatten(error.issues, [])].flatMap((issue) => problemOf(yaml, issue));
}
