import { computedCycle } from '../../assessment/public.ts';
import { STANDARD_SOURCES, standardFact } from '../../facts/public.ts';
import { compilerFor, formulaSites } from '../../formula/public.ts';
import type { Lint } from './report.ts';

function checkFacts(lint: Lint, read: ReadonlySet<string>, allRead: boolean): void {
  for (const [key, fact] of Object.entries(lint.pack.facts)) {
    const source = key.slice(0, key.indexOf('.'));
    const standard = standardFact(key);
    if (!standard && STANDARD_SOURCES.has(source))
      lint.report(['facts', key], 'packs.fact-unknown', { fact: key }, 'key');
    else if (standard && standard.type !== fact.type) {
      lint.report(['facts', key, 'type'], 'packs.fact-type', { fact: key, expected: standard.type });
    } else if (allRead && !read.has(key)) lint.report(['facts', key], 'packs.fact-unused', { fact: key }, 'key');
  }
}

/** Every formula reads, has the right type and knows each name; declared facts exist and are used; nothing goes round in circles. */
export function checkFormulas(lint: Lint): void {
  const { pack } = lint;
  const compiler = compilerFor(pack);
  const read = new Set<string>();
  let broken = false;
  for (const site of formulaSites(pack)) {
    const compiled = compiler.compile(site.text, site.result, site.view);
    if (compiled.ok) {
      for (const name of compiled.formula.reads) if (name.startsWith('facts.')) read.add(name.slice('facts.'.length));
      continue;
    }
    broken = true;
    const { problem } = compiled;
    lint.report(site.path, problem.code, { ...problem.params }, 'value', problem.start);
  }
  // A formula that did not read may be the one that uses a fact; complaining about both would send the author astray.
  checkFacts(lint, read, !broken);
  const cycle = computedCycle(pack);
  const [first] = cycle;
  if (first !== undefined) {
    const index = pack.criteria.findIndex((criterion) => criterion.id === first);
    lint.report(['criteria', index, 'formula'], 'packs.formula-cycle', { criteria: cycle.join(', ') });
  }
}
