import { monthsIn, periodsIn } from '../../assessment/public.ts';
import type { Workflow } from '../../schema/public.ts';
import type { Path } from '../yaml.ts';
import { type Lint, workflowsOf } from './report.ts';

function checkAggregation(lint: Lint): void {
  const { pack } = lint;
  pack.aggregation.forEach((aggregation, index) => {
    const at = ['aggregation', index];
    if (monthsIn(aggregation.from) >= monthsIn(aggregation.to))
      lint.report([...at, 'to'], 'packs.aggregation-order', { id: aggregation.id });
    else if (!pack.periods.includes(aggregation.from)) {
      lint.report([...at, 'from'], 'packs.unknown-reference', { id: aggregation.from, at: 'from' });
    }
    if (aggregation.method === 'average' && pack.scoring.method !== 'points') {
      lint.report([...at, 'method'], 'packs.average-needs-points', { id: aggregation.id });
    }
    if ((aggregation.method === 'rules') !== aggregation.rules.length > 0) {
      lint.report([...at, 'method'], 'packs.rules-missing', { id: aggregation.id });
    }
    const expected = aggregation.expected ?? periodsIn(aggregation.from, aggregation.to);
    aggregation.rules.forEach((rule, place) => {
      const bare = rule.every === undefined && rule.some === undefined && rule.atLeast === undefined;
      const last = place === aggregation.rules.length - 1;
      const impossible = rule.atLeast !== undefined && rule.atLeast.count > expected;
      if (impossible || (rule.otherwise ? !last || !bare : bare)) {
        lint.report([...at, 'rules', place], 'packs.rule-unreachable', { id: rule.level });
      }
    });
  });
}

function checkWorkflow(lint: Lint, { states, transitions, start }: Workflow, at: Path): void {
  const reached = new Set([start]);
  for (let grew = true; grew; ) {
    const before = reached.size;
    for (const transition of transitions) if (reached.has(transition.from)) reached.add(transition.to);
    grew = reached.size > before;
  }
  states.forEach((state, index) => {
    if (!reached.has(state.id)) lint.report([...at, 'states', index], 'packs.state-unreachable', { id: state.id });
    const leaves = transitions.some((transition) => transition.from === state.id);
    if (!leaves && !state.final) lint.report([...at, 'states', index], 'packs.state-dead-end', { id: state.id });
  });
}

function checkIdentity(lint: Lint): void {
  const { pack } = lint;
  // ISO dates sort as text.
  if (pack.validTo !== null && pack.validTo < pack.validFrom) {
    lint.report(['validTo'], 'packs.ends-before-it-begins', { from: pack.validFrom, to: pack.validTo });
  }
  pack.basis.forEach((basis, index) => {
    if (basis.verified && (basis.number === null || basis.date === null)) {
      lint.report(['basis', index, 'verified'], 'packs.verified-without-document', { id: basis.id });
    }
  });
}

/** Dates, periods, states and products make sense together. */
export function checkProcedure(lint: Lint): void {
  checkIdentity(lint);
  checkAggregation(lint);
  for (const { workflow, at } of workflowsOf(lint.pack)) checkWorkflow(lint, workflow, at);
  const { deliverables } = lint.pack;
  if (deliverables && deliverables.least > deliverables.most)
    lint.report(['deliverables', 'least'], 'packs.deliverables-order');
}
