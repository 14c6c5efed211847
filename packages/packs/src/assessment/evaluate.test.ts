import { expect, test } from 'vitest';
import { libraryPack, samplePack } from '../testing/public.ts';
import {
  aggregatePeriods,
  applyCaps,
  compareDeclaredVerified,
  evaluatePeriod,
  evidenceOwed,
  prefill,
} from './public.ts';

const sample = samplePack();
const cell = libraryPack('four-good-cell');
const meeting = libraryPack('meeting-quality');

const month = {
  healthy: { value: { numerator: 95, denominator: 100 } },
  watered: { value: 120, sustained: true },
  meeting: { value: true },
  quality: { value: 7.5 },
};
const byId = (result: ReturnType<typeof evaluatePeriod>, id: string) =>
  result.criteria.find((criterion) => criterion.id === id);

test('prefill keeps both numbers of a share and says which facts they come from', () => {
  const filled = prefill(cell, { 'meetings.present': 20, 'meetings.expected': 22, 'tasks.due': 3 });
  expect(filled.entries.attendance).toEqual({ value: { numerator: '20', denominator: '22' } });
  expect(filled.sources.attendance).toEqual(['meetings.present', 'meetings.expected']);
  expect(filled.entries.tasks_completed).toBeUndefined();
  expect(filled.failures.tasks_completed).toEqual({ code: 'packs.fact-missing', params: { name: 'facts.tasks.done' } });
});

test('a fact of the wrong type is missing, not something else', () => {
  const filled = prefill(cell, { 'meetings.minutes_shortest': 'about ninety', 'tasks.done': true, 'tasks.due': 1 });
  expect(filled.entries.duration).toBeUndefined();
  expect(filled.failures.tasks_completed?.code).toBe('packs.fact-missing');
});

test('a broken device takes sustained away and with it the level the veto guards', () => {
  const working = evaluatePeriod(sample, { entries: month, assets: { pump: 'working' } });
  const broken = evaluatePeriod(sample, { entries: month, assets: { pump: 'broken' } });
  expect([working.level, broken.level]).toEqual(['rich', 'fair']);
  expect(byId(broken, 'watered')).toMatchObject({
    met: true,
    sustained: false,
    reason: { code: 'packs.asset-broken', params: { asset: 'pump' } },
  });
  expect(broken.failing).toContainEqual(expect.objectContaining({ kind: 'veto', id: 'dry', criteria: ['watered'] }));
});

test('two thirds of a target earn two thirds of the points, rounded once', () => {
  const result = evaluatePeriod(sample, {
    entries: { ...month, healthy: { value: { numerator: 2, denominator: 3 } } },
  });
  // 66.666… of 90 times 40 is 29.6296…
  expect(byId(result, 'healthy')).toMatchObject({ value: '66.666667', points: '29.63', met: false });
  expect(byId(result, 'share')?.value).toBe('1.8');
});

test('a failing condition leads to the criteria it reads', () => {
  const result = evaluatePeriod(sample, { entries: { ...month, meeting: { value: false } } });
  expect(result.level).toBe('fair');
  expect(result.failing.map((failing) => [failing.kind, failing.id, failing.criteria])).toEqual([
    ['points', 'points', []],
    ['condition', 'met_often', ['meeting']],
  ]);
});

test('more than all of it is legal', () => {
  const result = evaluatePeriod(sample, {
    entries: { ...month, healthy: { value: { numerator: 129, denominator: 100 } } },
  });
  expect(byId(result, 'healthy')).toMatchObject({ value: '129', points: '40', met: true });
});

test.each([
  [{ value: true }, 'packs.value-type'],
  [{ value: -1 }, 'packs.value-negative'],
  [{ value: '10.01' }, 'packs.value-above-points'],
  [{ value: '7,5' }, 'packs.value-type'],
  [{ value: Number.NaN }, 'packs.value-type'],
  [{}, 'packs.unanswered'],
  [{ met: true }, 'packs.unanswered'],
])('points entered as %j: %s', (entry, code) => {
  const result = evaluatePeriod(sample, { entries: { ...month, quality: entry } });
  expect(byId(result, 'quality')).toMatchObject({ met: null, points: null, reason: { code } });
  expect(result).toMatchObject({ level: null, complete: false, missing: ['quality'] });
});

test('declared and verified stand side by side and the difference is counted', () => {
  const declared = evaluatePeriod(sample, { entries: month });
  const verified = evaluatePeriod(sample, {
    entries: {
      ...month,
      healthy: { value: { numerator: 80, denominator: 100 } },
      watered: { value: 120, sustained: false },
      quality: { value: 8 },
    },
  });
  const gap = compareDeclaredVerified(declared, verified);
  expect(gap).toMatchObject({ lower: 2, higher: 1, total: '-3.94', level: { declared: 'rich', verified: 'fair' } });
  expect(gap.criteria.find((one) => one.id === 'healthy')).toMatchObject({
    verdict: 'lower',
    points: '-4.44',
    value: { declared: '95', verified: '80' },
  });
  expect(gap.criteria.find((one) => one.id === 'watered')).toMatchObject({
    verdict: 'lower',
    sustained: { declared: true, verified: false },
  });
});

test('a year names the months that are missing and takes late ones in any order', () => {
  const expected = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`);
  const periods = expected
    .filter((name) => name !== '2026-02' && name !== '2026-07')
    .map((period) => ({ period, level: 'good' }));
  const year = aggregatePeriods(meeting, { periods: [...periods, { period: '2025-12', level: 'poor' }], expected });
  expect(year).toMatchObject({
    level: null,
    provisionalLevel: 'good',
    counted: 10,
    missing: ['2026-02', '2026-07'],
    reason: { code: 'packs.periods-missing', params: { missing: '2' } },
  });
  const whole = [...periods, { period: '2026-07', level: 'fair' }, { period: '2026-02', level: 'good' }];
  expect(aggregatePeriods(meeting, { periods: whole, expected })).toMatchObject({
    level: 'good',
    missing: [],
    counted: 12,
  });
});

test('a level that this version does not have counts as missing', () => {
  const periods = [
    { period: '1', level: 'splendid' },
    ...Array.from({ length: 11 }, (_, at) => ({ period: `${at + 2}`, level: 'good' })),
  ];
  expect(aggregatePeriods(meeting, { periods })).toMatchObject({ level: null, counted: 11 });
});

test('a pack that gathers no periods says so', () => {
  const result = aggregatePeriods(libraryPack('yearly-classification'), { periods: [{ period: '1', level: 'good' }] });
  expect(result).toMatchObject({ level: null, reason: { code: 'packs.no-aggregation' } });
});

test('a cap may count within groups of similar duty', () => {
  const pack = samplePack('of: [rich, fair] }', 'of: [rich, fair], perGroup: true }');
  const [cap] = applyCaps(pack, [
    { id: 'a', level: 'rich', points: '90', group: 'hill' },
    { id: 'b', level: 'rich', points: '95', group: 'hill' },
    { id: 'c', level: 'fair', points: '60', group: 'hill' },
    { id: 'd', level: 'rich', points: '81', group: 'plain' },
  ]);
  expect(cap?.groups).toMatchObject([
    { group: 'hill', of: 3, limit: 1, within: ['b'], beyond: ['a'], reason: { code: 'packs.above-cap' } },
    { group: 'plain', of: 1, limit: 0, within: [], beyond: ['d'] },
  ]);
});

test('evidence is owed for what is claimed, in one of the kinds that count', () => {
  const model = libraryPack('model-residential-area');
  const result = evaluatePeriod(model, {
    entries: {
      roads: { value: true },
      fences: { value: false },
      commune_criteria: { value: { numerator: 3, denominator: 3 } },
    },
  });
  const owed = (held: Parameters<typeof evidenceOwed>[2]) =>
    evidenceOwed(model, result, held).map((one) => one.criterion);
  expect(owed({})).toEqual(['roads', 'commune_criteria']);
  expect(owed({ roads: ['note'], commune_criteria: ['photo'] })).toEqual(['commune_criteria']);
});

test('a deduction taken a negative number of times takes nothing, and gives nothing', () => {
  const pack = samplePack(
    'kind: bonus, points: 2, when: met.tidy',
    'kind: deduction, points: 2, times: values.watered - 130',
  );
  const total = (litres: number) =>
    evaluatePeriod(pack, { entries: { ...month, watered: { value: litres, sustained: true } } }).total;
  expect([total(120), total(130), total(132)]).toEqual(['97.5', '97.5', '93.5']);
});

test('a deduction whose formula has no answer says so and takes nothing', () => {
  const pack = samplePack('kind: bonus, points: 2, when: met.tidy', 'kind: deduction, points: 2, when: met.tidy');
  const result = evaluatePeriod(pack, { entries: month });
  expect(result.adjustments).toEqual([
    { id: 'extra', points: null, reason: { code: 'packs.value-missing', params: { name: 'met.tidy' } } },
  ]);
  expect(result.total).toBe('97.5');
});
