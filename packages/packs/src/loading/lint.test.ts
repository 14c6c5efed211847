import { expect, test } from 'vitest';
import { SAMPLE_EXAMPLES, SAMPLE_FILES, SAMPLE_PACK } from '../testing/public.ts';
import { loadPack } from './load.ts';
import { type PackFile, PROBLEM_CODES, type ProblemCode } from './problem.ts';

interface Case {
  readonly code: ProblemCode;
  readonly from: string;
  readonly to: string;
  /** Text on the line that the problem must name; `to` when left out. */
  readonly on?: string;
  readonly file?: PackFile;
  readonly params?: Record<string, string>;
}

const deep = `${'['.repeat(40)}${']'.repeat(40)}`;

const CASES: readonly Case[] = [
  { code: 'packs.file-too-large', from: 'validTo: 2030-12-31', to: `# ${'x'.repeat(300_000)}`, on: 'format' },
  { code: 'packs.yaml-syntax', from: 'scope: { kinds: [orchard] }', to: 'scope: { kinds: [orchard }' },
  { code: 'packs.duplicate-key', from: 'validTo: 2030-12-31', to: 'validFrom: 2024-01-02' },
  { code: 'packs.alias', from: 'roles: [keeper, union]', to: 'roles: &r [keeper, union]\nx: *r', on: 'x: *r' },
  { code: 'packs.too-deep', from: 'roles: [keeper, union]', to: `roles: ${deep}`, on: 'format' },
  {
    code: 'packs.unknown-key',
    from: 'subject: unit',
    to: 'subject: unit\ncolour: green',
    on: 'colour',
    params: { key: 'colour', at: 'pack.yaml' },
  },
  {
    code: 'packs.unknown-key',
    from: '    type: measure',
    to: '    type: measure\n    weight: 3',
    on: 'weight',
    params: { key: 'weight', at: 'criteria.1' },
  },
  { code: 'packs.missing-key', from: '    unit: litres\n', to: '', on: '- id: watered' },
  { code: 'packs.wrong-type', from: 'periods: [month]', to: 'periods: month' },
  { code: 'packs.not-one-of', from: 'standing: example', to: 'standing: law' },
  {
    code: 'packs.not-one-of',
    from: '    type: percent',
    to: '    type: share',
    params: {
      at: 'criteria.0.type',
      value: 'share',
      values: 'pass-fail, points, percent, count, measure, text, file, computed',
    },
  },
  { code: 'packs.bad-format', from: 'id: orchard-care', to: 'id: Orchard Care' },
  {
    code: 'packs.out-of-range',
    from: 'roles: [keeper, union]\n',
    to: 'roles: [keeper, union]\nagendas: [{ id: a, items: [] }]\n',
    on: 'agendas',
  },
  { code: 'packs.no-such-date', from: 'validTo: 2030-12-31', to: 'validTo: 2030-02-29' },
  { code: 'packs.people-not-scored', from: 'subject: unit', to: 'subject: household' },
  { code: 'packs.duplicate-id', from: 'id: quality, type', to: 'id: meeting, type', on: 'id: meeting, type: points' },
  {
    code: 'packs.unknown-reference',
    from: '- { id: meeting, type: pass-fail, group: people',
    to: '- { id: meeting, type: pass-fail, group: animals',
  },
  {
    code: 'packs.unknown-reference',
    from: 'sustained: [watered]',
    to: 'sustained: [flooded]',
    params: { id: 'flooded', at: 'sustained' },
  },
  { code: 'packs.ends-before-it-begins', from: 'validTo: 2030-12-31', to: 'validTo: 2023-12-31' },
  {
    code: 'packs.verified-without-document',
    from: 'verified: false, source: written',
    to: 'verified: true, source: written',
  },
  { code: 'packs.formula-syntax', from: 'facts.meetings.regular_held >= 1', to: 'facts.meetings.regular_held >=' },
  { code: 'packs.formula-unknown-name', from: 'when: met.tidy', to: 'when: met.clean' },
  { code: 'packs.formula-type', from: 'when: met.tidy', to: 'when: values.watered' },
  { code: 'packs.formula-type', from: 'facts.meetings.regular_held >= 1', to: 'facts.meetings.regular_held >= true' },
  { code: 'packs.formula-function', from: 'when: met.tidy', to: 'when: "[1, 2].all(x, x > 0)"' },
  { code: 'packs.formula-function', from: 'when: met.tidy', to: 'when: values.remark.matches("(a+)+$")' },
  { code: 'packs.formula-too-large', from: 'when: met.tidy', to: `when: ${Array(150).fill('met.tidy').join(' && ')}` },
  { code: 'packs.formula-literal-arithmetic', from: 'total > 80.5', to: 'total > 1 / 3' },
  { code: 'packs.formula-divides-by-zero', from: 'total > 80.5', to: 'total / 0 > 1' },
  { code: 'packs.formula-cycle', from: 'formula: values.watered / values.healthy', to: 'formula: values.share + 1' },
  {
    code: 'packs.fact-unknown',
    from: '  meetings.regular_held: { type: number }',
    to: '  meetings.regular_held: { type: number }\n  meetings.laughter: { type: number }',
    on: 'meetings.laughter',
  },
  {
    code: 'packs.fact-type',
    from: 'meetings.regular_held: { type: number }',
    to: 'meetings.regular_held: { type: boolean }',
    on: 'meetings.regular_held: {',
  },
  {
    code: 'packs.fact-unused',
    from: '  trees.all: { type: number }',
    to: '  trees.all: { type: number }\n  trees.felled: { type: number }',
    on: 'trees.felled',
  },
  { code: 'packs.points-missing', from: 'scoring: { method: points, points: 100 }', to: 'scoring: { method: points }' },
  {
    code: 'packs.points-unused',
    from: 'scoring: { method: points, points: 100 }',
    to: 'scoring: { method: met }',
    on: '    points: 40',
  },
  {
    code: 'packs.points-do-not-add-up',
    from: '{ id: trees, points: 60 }',
    to: '{ id: trees, points: 65 }',
    params: { id: 'trees', stated: '65', actual: '60' },
  },
  { code: 'packs.points-do-not-add-up', from: 'method: points, points: 100', to: 'method: points, points: 90' },
  { code: 'packs.points-above-most', from: '{ from: 100, points: 20 }', to: '{ from: 100, points: 25 }' },
  {
    code: 'packs.award-needs-target',
    from: '    target: { atLeast: 90 }',
    to: '    target: { atMost: 90 }',
    on: 'award: proportional',
  },
  { code: 'packs.steps-out-of-order', from: '{ from: 50, points: 8 }', to: '{ from: 150, points: 8 }' },
  { code: 'packs.target-empty', from: 'target: { atLeast: 100 }', to: 'target: {}' },
  { code: 'packs.target-impossible', from: 'target: { atLeast: 100 }', to: 'target: { moreThan: 100, atMost: 100 }' },
  { code: 'packs.target-missing', from: ', target: { moreThan: 0 }, required: false', to: '', on: 'id: share' },
  { code: 'packs.drop-with-points', from: 'points: 30, prefill', to: 'points: 30, unitMay: [drop], prefill' },
  { code: 'packs.sustained-nowhere', from: 'sustained: [watered]', to: 'sustained: [healthy]' },
  { code: 'packs.bands-overlap', from: 'from: 50, below: 80', to: 'from: 50, below: 81' },
  { code: 'packs.bands-overlap', from: 'from: 50, below: 80', to: 'from: 80, below: 90' },
  {
    code: 'packs.bands-gap',
    from: 'from: 50, below: 80',
    to: 'from: 50, below: 79',
    params: { id: 'fair', from: '79', to: '80' },
  },
  { code: 'packs.bands-gap', from: '{ from: 0, below: 50 }', to: '{ from: 10, below: 50 }' },
  { code: 'packs.level-unreachable', from: 'points: { from: 80 }', to: 'points: { from: 101 }' },
  {
    code: 'packs.level-hidden',
    from: '{ id: fair, points: { from: 50, below: 80 } }',
    to: '{ id: fair, points: { from: 0, below: 80 } }',
    on: 'id: poor, points',
  },
  {
    code: 'packs.otherwise-not-last',
    from: '{ id: fair, points: { from: 50, below: 80 } }',
    to: '{ id: fair, otherwise: true }',
  },
  {
    code: 'packs.otherwise-with-rules',
    from: '{ id: poor, points: { from: 0, below: 50 } }',
    to: '{ id: poor, points: { from: 0 }, otherwise: true }',
  },
  { code: 'packs.level-without-rule', from: '{ id: poor, points: { from: 0, below: 50 } }', to: '{ id: poor }' },
  {
    code: 'packs.no-lowest-level',
    from: '{ id: poor, points: { from: 0, below: 50 } }',
    to: '{ id: poor, requires: { met: 1 } }',
  },
  { code: 'packs.veto-idle', from: 'limitTo: fair, unless', to: 'limitTo: rich, unless' },
  { code: 'packs.rules-missing', from: '    method: rules', to: '    method: worst' },
  { code: 'packs.rule-unreachable', from: 'count: 6, level: rich', to: 'count: 13, level: rich' },
  { code: 'packs.aggregation-order', from: '    to: year', to: '    to: month' },
  {
    code: 'packs.average-needs-points',
    from: 'scoring: { method: points, points: 100 }',
    to: 'scoring: { method: met }',
    on: '    method: average',
  },
  {
    code: 'packs.state-unreachable',
    from: '[{ id: open }, { id: sent, final: true }]',
    to: '[{ id: open }, { id: lost, final: true }, { id: sent, final: true }]',
  },
  { code: 'packs.state-dead-end', from: '{ id: sent, final: true }', to: '{ id: sent }' },
  { code: 'packs.deliverables-order', from: 'least: 1, most: 2', to: 'least: 3, most: 2' },
  {
    code: 'packs.string-missing',
    from: '  watered: Water\n',
    to: '',
    on: 'criteria:',
    file: 'strings.ar.yaml',
    params: { key: 'criteria.watered.title' },
  },
  {
    code: 'packs.string-unknown',
    from: '  watered: Water\n',
    to: '  watered: Water\n  soaked: Soaked\n',
    on: 'soaked',
    file: 'strings.vi.yaml',
  },
  { code: 'packs.string-empty', from: '  watered: Water\n', to: '  watered: " "\n', file: 'strings.en.yaml' },
  {
    code: 'packs.example-fails',
    from: 'total: 99.5',
    to: 'total: 99',
    file: 'worked-examples.yaml',
    params: { name: 'a good month', at: 'total', expected: '99', actual: '99.5' },
  },
];

function textOf(file: PackFile): string {
  if (file === 'pack.yaml') return SAMPLE_PACK;
  return file === 'worked-examples.yaml' ? SAMPLE_EXAMPLES : SAMPLE_FILES.strings.vi;
}

function load(file: PackFile, text: string) {
  if (file === 'pack.yaml') return loadPack({ ...SAMPLE_FILES, pack: text });
  if (file === 'worked-examples.yaml') return loadPack({ ...SAMPLE_FILES, examples: text });
  return loadPack({ ...SAMPLE_FILES, strings: { ...SAMPLE_FILES.strings, [file.slice(8, 10)]: text } });
}

/** Only here, because "average" needs a second change to be tried without points. */
function prepare(code: ProblemCode, text: string): string {
  if (code !== 'packs.average-needs-points') return text;
  return text.replace('    method: rules\n', '    method: average\n').replace(/ {4}rules:\n.*\n.*\n/, '');
}

test('the sample is sound', () => {
  expect(loadPack(SAMPLE_FILES)).toMatchObject({ ok: true, examples: 1 });
});

test.each(CASES)('$code: $from → $to', ({ code, from, to, on, file = 'pack.yaml', params }) => {
  const before = textOf(file);
  expect(before.split(from).length - 1, 'the text to break stands in the sample').toBeGreaterThan(0);
  const text = prepare(
    code,
    before.replace(from, () => to),
  );
  const result = load(file, text);
  expect(result.ok).toBe(false);
  if (result.ok) return;
  const marker = on ?? to.split('\n')[0] ?? to;
  const line = text.slice(0, text.indexOf(marker)).split('\n').length;
  const found = result.problems.filter((problem) => problem.code === code);
  expect(result.problems.map((problem) => problem.code)).toContain(code);
  expect(found.map((problem) => `${problem.file}:${problem.line}`)).toContain(`${file}:${line}`);
  if (params) expect(found.map((problem) => problem.params)).toContainEqual(params);
});

test('every problem code is provoked by a case', () => {
  expect(new Set(CASES.map((one) => one.code))).toEqual(new Set(PROBLEM_CODES));
});

test('a formula is pointed into: line and column of the word that is wrong', () => {
  const text = SAMPLE_PACK.replace('when: met.tidy', 'when: met.clean');
  const result = loadPack({ ...SAMPLE_FILES, pack: text });
  const lines = text.split('\n');
  const line = lines.findIndex((one) => one.includes('met.clean'));
  expect(result).toMatchObject({
    ok: false,
    problems: [{ line: line + 1, column: (lines[line] ?? '').indexOf('clean') + 1, params: { detail: 'met.clean' } }],
  });
});

test('all problems of all files come at once', () => {
  const result = loadPack({
    pack: SAMPLE_PACK.replace('points: 60', 'points: 61').replace('least: 1', 'least: 9'),
    strings: { ...SAMPLE_FILES.strings, ar: 'title: [' },
    examples: 'examples: 3',
  });
  expect(result.ok).toBe(false);
  if (result.ok) return;
  expect(result.problems.map((problem) => `${problem.file} ${problem.code}`).sort()).toEqual([
    'pack.yaml packs.deliverables-order',
    'pack.yaml packs.points-do-not-add-up',
    'strings.ar.yaml packs.yaml-syntax',
    'worked-examples.yaml packs.wrong-type',
  ]);
});
