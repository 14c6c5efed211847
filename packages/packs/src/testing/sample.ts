import type { PackFiles } from '../loading/public.ts';

/** A small sound pack with one of everything, for tests that break one thing at a time. */
export const SAMPLE_PACK = `format: 1
id: orchard-care
version: 1.0.0
standing: example
subject: unit
basis:
  - { id: rules, number: null, date: null, issuer: Orchard union, verified: false, source: written for a test }
validFrom: 2024-01-01
validTo: 2030-12-31
scope: { kinds: [orchard] }
periods: [month]
roles: [keeper, union]
facts:
  trees.healthy: { type: number }
  trees.all: { type: number }
  meetings.regular_held: { type: number }
groups:
  - { id: trees, points: 60 }
  - { id: people, points: 40, own: { most: 2 } }
criteria:
  - id: healthy
    type: percent
    group: trees
    points: 40
    prefill: { numerator: facts.trees.healthy, denominator: facts.trees.all }
    target: { atLeast: 90 }
    award: proportional
  - id: watered
    type: measure
    unit: litres
    group: trees
    points: 20
    target: { atLeast: 100 }
    award: { steps: [{ from: 100, points: 20 }, { from: 50, points: 8 }] }
    sustains: { assets: [pump] }
  - { id: meeting, type: pass-fail, group: people, points: 30, prefill: facts.meetings.regular_held >= 1 }
  - { id: quality, type: points, group: people, points: 10, evidence: { required: when-met } }
  - { id: share, type: computed, result: number, group: trees, formula: values.watered / values.healthy, target: { moreThan: 0 }, required: false }
  - { id: tidy, type: pass-fail, group: people, required: false, unitMay: [reword, drop] }
  - { id: remark, type: text, required: false }
scoring: { method: points, points: 100 }
levels:
  - { id: rich, points: { from: 80 }, conditions: [{ id: met_often, formula: met.meeting && total > 80.5 }] }
  - { id: fair, points: { from: 50, below: 80 } }
  - { id: poor, points: { from: 0, below: 50 } }
vetoes:
  - { id: dry, limitTo: fair, unless: { sustained: [watered] } }
adjustments:
  - { id: extra, kind: bonus, points: 2, when: met.tidy }
aggregation:
  - id: year
    from: month
    to: year
    method: rules
    rules:
      - { level: rich, every: fair, atLeast: { count: 6, level: rich } }
      - { level: poor, otherwise: true }
caps:
  - { id: prize, level: rich, ratio: { numerator: 1, denominator: 3 }, of: [rich, fair] }
decision: { proposedBy: keeper, vote: required, confirmedBy: union }
workflow:
  start: open
  states: [{ id: open }, { id: sent, final: true }]
  transitions:
    - { id: send, from: open, to: sent, by: [keeper], documents: [sheet] }
documents: [{ id: sheet }]
publication: { shows: [level], from: verified }
deliverables: { least: 1, most: 2, formats: [poster] }
`;

const STRINGS = `title: Orchard care
summary: How an orchard is kept.
standing: An example.
basis: { rules: Rules }
facts: { trees.healthy: Healthy trees, trees.all: Trees, meetings.regular_held: Meetings }
units: { litres: litres }
groups: { trees: Trees, people: People }
criteria:
  healthy: { title: Healthy trees, help: Count them in spring. }
  watered: Water
  meeting: Meeting held
  quality: Quality
  share: Water per health
  tidy: Tidy
  remark: Remark
levels: { rich: Rich, fair: Fair, poor: Poor }
conditions: { met_often: Met often }
vetoes: { dry: Dry }
adjustments: { extra: Extra }
aggregation: { year: Year }
caps: { prize: Prize }
roles: { keeper: Keeper, union: Union }
states: { open: Open, sent: Sent }
transitions: { send: Send }
documents: { sheet: Sheet }
formats: { poster: Poster }
`;

export const SAMPLE_EXAMPLES = `examples:
  - name: a good month
    kind: sheet
    entries:
      healthy: { value: { numerator: 95, denominator: 100 } }
      watered: { value: 120, sustained: true }
      meeting: { value: true }
      quality: { value: 7.5 }
      tidy: { value: true }
    expect: { level: rich, total: 99.5 }
`;

export const SAMPLE_FILES: PackFiles = {
  pack: SAMPLE_PACK,
  strings: { vi: STRINGS, en: STRINGS, ar: STRINGS },
  examples: SAMPLE_EXAMPLES,
};
