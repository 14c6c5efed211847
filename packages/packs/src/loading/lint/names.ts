import type { Workflow } from '../../schema/public.ts';
import type { Path } from '../yaml.ts';
import { type Lint, workflowsOf } from './report.ts';

function duplicates(lint: Lint, items: readonly { readonly id: string }[], at: Path): void {
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    if (seen.has(item.id)) lint.report([...at, index, 'id'], 'packs.duplicate-id', { id: item.id });
    seen.add(item.id);
  }
}

function references(lint: Lint, known: readonly string[], used: readonly string[] | undefined, at: Path): void {
  for (const [index, id] of (used ?? []).entries()) {
    if (!known.includes(id)) lint.report([...at, index], 'packs.unknown-reference', { id, at: String(at.at(-1)) });
  }
}

function reference(lint: Lint, known: readonly string[], used: string | undefined, at: Path): void {
  if (used !== undefined && !known.includes(used)) {
    lint.report(at, 'packs.unknown-reference', { id: used, at: String(at.at(-1)) });
  }
}

function ids(items: readonly { readonly id: string }[]): string[] {
  return items.map((item) => item.id);
}

function checkDuplicates(lint: Lint): void {
  const { pack } = lint;
  for (const section of [
    'basis',
    'groups',
    'criteria',
    'levels',
    'vetoes',
    'adjustments',
    'aggregation',
    'caps',
    'documents',
    'agendas',
  ] as const) {
    duplicates(lint, pack[section], [section]);
  }
  for (const [index, level] of pack.levels.entries()) {
    duplicates(lint, level.conditions, ['levels', index, 'conditions']);
  }
  for (const list of ['roles', 'periods'] as const) {
    const values: readonly string[] = pack[list];
    values.forEach((value, index) => {
      if (values.indexOf(value) < index) lint.report([list, index], 'packs.duplicate-id', { id: value });
    });
  }
}

function checkScoringReferences(lint: Lint): void {
  const { pack } = lint;
  const [groups, criteria, levels] = [ids(pack.groups), ids(pack.criteria), ids(pack.levels)];
  pack.criteria.forEach((criterion, index) => {
    reference(lint, groups, criterion.group, ['criteria', index, 'group']);
  });
  pack.levels.forEach((level, index) => {
    references(lint, groups, level.requires?.groups, ['levels', index, 'requires', 'groups']);
    references(lint, criteria, level.requires?.criteria, ['levels', index, 'requires', 'criteria']);
  });
  pack.vetoes.forEach((veto, index) => {
    reference(lint, levels, veto.limitTo, ['vetoes', index, 'limitTo']);
    for (const kind of ['met', 'sustained', 'full'] as const) {
      references(lint, criteria, veto.unless?.[kind], ['vetoes', index, 'unless', kind]);
    }
  });
  pack.caps.forEach((cap, index) => {
    reference(lint, levels, cap.level, ['caps', index, 'level']);
    references(lint, levels, cap.of, ['caps', index, 'of']);
  });
  pack.aggregation.forEach((aggregation, index) => {
    aggregation.rules.forEach((rule, place) => {
      const at = ['aggregation', index, 'rules', place];
      reference(lint, levels, rule.level, [...at, 'level']);
      reference(lint, levels, rule.every, [...at, 'every']);
      reference(lint, levels, rule.some, [...at, 'some']);
      reference(lint, levels, rule.atLeast?.level, [...at, 'atLeast', 'level']);
    });
  });
}

function checkWorkflowReferences(lint: Lint, workflow: Workflow, at: Path): void {
  const { pack } = lint;
  const [states, documents] = [ids(workflow.states), ids(pack.documents)];
  duplicates(lint, workflow.states, [...at, 'states']);
  duplicates(lint, workflow.transitions, [...at, 'transitions']);
  reference(lint, states, workflow.start, [...at, 'start']);
  workflow.transitions.forEach((transition, index) => {
    const place = [...at, 'transitions', index];
    reference(lint, states, transition.from, [...place, 'from']);
    reference(lint, states, transition.to, [...place, 'to']);
    references(lint, pack.roles, transition.by, [...place, 'by']);
    references(lint, documents, transition.documents, [...place, 'documents']);
    reference(lint, documents, transition.produces, [...place, 'produces']);
    reference(lint, ids(pack.basis), transition.source, [...place, 'source']);
  });
}

function checkProcedureReferences(lint: Lint): void {
  const { pack } = lint;
  for (const { workflow, at } of workflowsOf(pack)) checkWorkflowReferences(lint, workflow, at);
  for (const role of ['proposedBy', 'commentedBy', 'confirmedBy'] as const) {
    reference(lint, pack.roles, pack.decision?.[role], ['decision', role]);
  }
  reference(lint, pack.roles, pack.recognition?.recogniser, ['recognition', 'recogniser']);
  reference(lint, ids(pack.levels), pack.recognition?.level, ['recognition', 'level']);
  references(lint, ids(pack.documents), pack.recognition?.documents, ['recognition', 'documents']);
}

function checkSources(lint: Lint): void {
  const { pack } = lint;
  const basis = ids(pack.basis);
  for (const section of ['criteria', 'levels', 'vetoes', 'adjustments', 'aggregation', 'caps', 'agendas'] as const) {
    pack[section].forEach((item, index) => {
      reference(lint, basis, item.source, [section, index, 'source']);
    });
  }
  for (const section of ['decision', 'recognition', 'deliverables'] as const) {
    reference(lint, basis, pack[section]?.source, [section, 'source']);
  }
  pack.levels.forEach((level, index) => {
    level.conditions.forEach((condition, place) => {
      reference(lint, basis, condition.source, ['levels', index, 'conditions', place, 'source']);
    });
  });
  pack.aggregation.forEach((aggregation, index) => {
    aggregation.rules.forEach((rule, place) => {
      reference(lint, basis, rule.source, ['aggregation', index, 'rules', place, 'source']);
    });
  });
}

/** Nothing is named twice, and nothing is named that does not exist. */
export function checkNames(lint: Lint): void {
  checkDuplicates(lint);
  checkScoringReferences(lint);
  checkProcedureReferences(lint);
  checkSources(lint);
}
