import type { Pack, Workflow } from '../../schema/public.ts';
import type { PackProblem, ProblemCode } from '../problem.ts';
import type { Path, YamlFile } from '../yaml.ts';

/** What a check gets: the pack, and a way to say what is wrong where. */
export interface Lint {
  readonly pack: Pack;
  report(
    path: Path,
    code: ProblemCode,
    params?: Readonly<Record<string, string>>,
    at?: 'value' | 'key',
    offset?: number,
  ): void;
}

export function newLint(pack: Pack, yaml: YamlFile): { readonly lint: Lint; readonly problems: PackProblem[] } {
  const problems: PackProblem[] = [];
  return {
    problems,
    lint: { pack, report: (...args) => void problems.push(yaml.problem(...args)) },
  };
}

/** The sheet's way and, where there is recognition, the unit's. */
export function workflowsOf(pack: Pack): readonly { readonly workflow: Workflow; readonly at: Path }[] {
  const sheet = { workflow: pack.workflow, at: ['workflow'] };
  return pack.recognition ? [sheet, { workflow: pack.recognition.workflow, at: ['recognition', 'workflow'] }] : [sheet];
}
