import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evaluatePeriod } from '../assessment/public.ts';
import { loadPack } from './load.ts';

const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guides/pack-author.md'), 'utf8');

function fileOf(name: string): string {
  const block = new RegExp(`\\*\\*\`${name.replaceAll('.', '\\.')}\`\\*\\*\\n+\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(
    guide,
  );
  if (!block?.[1]) throw new Error(`the guide shows no ${name}`);
  return block[1];
}

test('the pack that the guide shows is sound and its examples come out', () => {
  const result = loadPack({
    pack: fileOf('pack.yaml'),
    strings: { vi: fileOf('strings.vi.yaml'), en: fileOf('strings.en.yaml'), ar: fileOf('strings.ar.yaml') },
    examples: fileOf('worked-examples.yaml'),
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  expect(result.examples).toBe(3);
});

// Written from the guide alone, with what the library does not use: a deduction by count, a formula as target, groups in a
// requirement, worst-of aggregation, half-years, a cap within groups.
const WATER_PACK = `format: 1
id: village-water
version: 2.1.0
standing: example
subject: unit
basis:
  - { id: users, number: WU-7, date: 2025-03-01, issuer: Water users of the upper valley, verified: true, source: signed copy in the office }
validFrom: 2025-04-01
validTo: 2027-03-31
scope: { kinds: [water-user-group], lines: [territorial], within: [upper-valley] }
periods: [month, half-year]
roles: [ditch_rider, assembly, engineer]
facts:
  sensors.turbidity: { type: number }
  sensors.online: { type: boolean }
  ledger.leaks_reported: { type: number }
groups:
  - { id: supply, points: 50 }
  - { id: care, points: 50, own: { most: 3 } }
criteria:
  - id: hours
    type: measure
    unit: hours
    group: supply
    points: 30
    target: { atLeast: 12, atMost: 24 }
    award: { formula: self / 24 * 30 }
  - { id: clear, type: measure, unit: turbidity, group: supply, points: 20, prefill: facts.sensors.turbidity, target: { formula: self < 5 && facts.sensors.online } }
  - { id: tank_cleaned, type: pass-fail, group: care, points: 25, sustains: { assets: [tank] }, evidence: { required: always, kinds: [photo] } }
  - { id: fees, type: percent, group: care, points: 25, target: { atLeast: 80 }, award: proportional }
  - { id: enough, type: computed, result: boolean, formula: met.hours && met.clear }
  - { id: note, type: text, required: false, dataClass: internal }
scoring: { method: points, points: 100, requireSustained: true, rounding: { places: 1, mode: down } }
levels:
  - { id: flowing, points: { from: 75 }, requires: { met: all, groups: [supply] } }
  - { id: running, points: { from: 40, below: 75 } }
  - { id: dry, otherwise: true }
vetoes:
  - { id: dirty, limitTo: dry, when: "facts.sensors.online && values.clear >= 50" }
adjustments:
  - { id: leaks, kind: deduction, points: 1.5, times: facts.ledger.leaks_reported, most: 6 }
aggregation:
  - { id: half, from: month, to: half-year, method: worst, missing: worst }
caps:
  - { id: prize, level: flowing, ratio: { numerator: 1, denominator: 4 }, of: [flowing, running], perGroup: true, rounding: half-up }
decision: { proposedBy: ditch_rider, vote: required, majority: { numerator: 2, denominator: 3 }, confirmedBy: engineer }
workflow:
  start: noted
  states: [{ id: noted }, { id: read_out }, { id: filed, final: true }]
  transitions:
    - { id: read, from: noted, to: read_out, by: [ditch_rider], deadline: { count: 1, unit: months, after: period-end } }
    - { id: file, from: read_out, to: filed, by: [assembly], vote: true, produces: page }
documents: [{ id: page }]
publication: { shows: [level, points], from: submitted }
`;
const WATER_STRINGS = `title: Village water
summary: Is there water, is it clear, is it looked after?
standing: An example.
basis: { users: Water users' statute }
facts: { sensors.turbidity: Turbidity, sensors.online: Sensor online, ledger.leaks_reported: Leaks reported }
units: { hours: hours a day, turbidity: NTU }
groups: { supply: Supply, care: Care }
criteria: { hours: Hours of water, clear: Clear water, tank_cleaned: Tank cleaned, fees: Fees, enough: Enough and clear, note: Note }
levels: { flowing: Flowing, running: Running, dry: Dry }
vetoes: { dirty: Dirty water }
adjustments: { leaks: Leaks left open }
aggregation: { half: The half-year }
caps: { prize: Prize }
roles: { ditch_rider: Ditch rider, assembly: Assembly, engineer: Engineer }
states: { noted: Noted, read_out: Read out, filed: Filed }
transitions: { read: Read out, file: File }
documents: { page: Page }
`;
const WATER_EXAMPLES = `examples:
  - name: clear water, three leaks
    kind: sheet
    prefilled: true
    facts: { sensors.turbidity: 1.2, sensors.online: true, ledger.leaks_reported: 3 }
    assets: { tank: working }
    entries:
      hours: { value: 16 }
      tank_cleaned: { value: true, sustained: true }
      fees: { value: { numerator: 2, denominator: 3 } }
    expect: { level: flowing, total: 81.3, points: { hours: 20, clear: 20, fees: 20.8 } }
  - name: the tank broke
    kind: sheet
    facts: { sensors.online: true, ledger.leaks_reported: 100 }
    assets: { tank: broken }
    entries:
      hours: { value: 24 }
      clear: { value: 4.9 }
      tank_cleaned: { value: true, sustained: true }
      fees: { value: { numerator: 9, denominator: 10 } }
    expect: { level: running, total: 69, failing: [flowing/points], reasons: { tank_cleaned: packs.asset-broken } }
  - name: five months and a gap
    kind: periods
    levels: [[flowing, 5]]
    expect: { level: dry }
  - name: prizes by valley
    kind: cap
    cap: prize
    candidates:
      - { id: a, level: flowing, points: 90, group: east }
      - { id: b, level: flowing, points: 80, group: east }
      - { id: c, level: running, points: 50, group: west }
    expect: { limit: 1, beyond: [b] }
  - name: a group may ask more of itself
    kind: adoption
    adoption: { targets: { hours: { atLeast: 14, lessThan: 24 } }, own: [{ id: own_trees, group: care, title: Trees by the ditch }] }
    expect: { refused: [] }
`;

test('a seventh pack, written from the guide, loads without code', () => {
  const result = loadPack({
    pack: WATER_PACK,
    strings: { vi: WATER_STRINGS, en: WATER_STRINGS, ar: WATER_STRINGS },
    examples: WATER_EXAMPLES,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  expect(result.examples).toBe(5);
  const dirty = evaluatePeriod(result.pack, {
    entries: {
      hours: { value: 24 },
      clear: { value: 60 },
      tank_cleaned: { value: true, sustained: true },
      fees: { value: { numerator: 1, denominator: 1 } },
    },
    facts: { 'sensors.online': true, 'ledger.leaks_reported': 0 },
  });
  expect(dirty).toMatchObject({ level: 'dry', total: '80' });
});
