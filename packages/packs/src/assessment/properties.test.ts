import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, compare, compareDecimals, formatExact, parseExact, sum, ZERO } from '../exact/public.ts';
import type { Entries } from '../schema/public.ts';
import { libraryPack, samplePack } from '../testing/public.ts';
import { aggregatePeriods, applyCaps, compareDeclaredVerified, evaluatePeriod, prefill } from './public.ts';

const meeting = libraryPack('meeting-quality');
const model = libraryPack('model-residential-area');
const yearly = libraryPack('yearly-classification');
const cooperative = libraryPack('cooperative-self-review');
const sample = samplePack();

const tenths = (most: number) => fc.integer({ min: 0, max: most * 10 }).map((value) => ({ value: value / 10 }));
const scores = fc.record({ preparation: tenths(15), attendance: tenths(20), conduct: tenths(45), closing: tenths(20) });
const exactly = (text: string | null | undefined) => parseExact(text ?? '') ?? ZERO;
const rankIn = (pack: typeof meeting, level: string | null) => pack.levels.findIndex((one) => one.id === level);

/** Anything JSON can hold where an entry belongs. */
const wild = fc.dictionary(
  fc.constantFrom(...sample.criteria.map((criterion) => criterion.id), 'unknown', '__proto__'),
  fc.record(
    {
      value: fc.oneof(
        fc.boolean(),
        fc.double(),
        fc.integer(),
        fc.string(),
        fc.jsonValue().map((value) => value as string),
        fc.record({ numerator: fc.oneof(fc.nat(), fc.string()), denominator: fc.oneof(fc.nat(3), fc.string()) }),
      ),
      met: fc.boolean(),
      sustained: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
);

test('the total is exactly the sum of the criteria, and of the groups', () => {
  fc.assert(
    fc.property(scores, (entries) => {
      const result = evaluatePeriod(meeting, { entries });
      const tenthsSum = Object.values(entries).reduce((total, entry) => total + Math.round(entry.value * 10), 0);
      expect(result.total).toBe(formatExact(exactly((tenthsSum / 10).toFixed(1))));
      expect(compare(sum(result.groups.map((group) => exactly(group.points))), exactly(result.total))).toBe(0);
    }),
  );
});

test('adjustments are the only difference between the parts and the total', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.nat(200), fc.nat(100), fc.boolean(), (healthy, watered, quality, tidy) => {
      const entries: Entries = {
        healthy: { value: { numerator: healthy, denominator: 100 } },
        watered: { value: watered, sustained: true },
        meeting: { value: true },
        quality: { value: quality / 10 },
        tidy: { value: tidy },
      };
      const result = evaluatePeriod(sample, { entries });
      const parts = sum(result.criteria.map((criterion) => exactly(criterion.points)));
      const whole = add(parts, sum(result.adjustments.map((adjustment) => exactly(adjustment.points))));
      expect(result.total).toBe(formatExact(compare(whole, exactly('100')) > 0 ? exactly('100') : whole));
    }),
  );
});

test('more points never mean a worse level where no condition stands in between', () => {
  fc.assert(
    fc.property(scores, scores, (a, b) => {
      const [first, second] = [a, b].map((entries) => evaluatePeriod(meeting, { entries }));
      if (!first || !second) return;
      const order = compareDecimals(first.total ?? '', second.total ?? '');
      const ranks = rankIn(meeting, first.level) - rankIn(meeting, second.level);
      expect(order > 0 ? ranks <= 0 : order < 0 ? ranks >= 0 : ranks === 0).toBe(true);
    }),
  );
});

test('every better level that was missed says why, and the level reached has no reason against it', () => {
  const share = fc.record({ numerator: fc.nat(10), denominator: fc.constant(10) }).map((value) => ({ value }));
  const entries = fc.record({
    general: tenths(30),
    results: tenths(70),
    tasks_done: share,
    tasks_on_time: share,
    tasks_late: share,
    tasks_exceeded: share,
    disciplined: fc.nat(2).map((value) => ({ value })),
    shortcomings_fixed: share,
  });
  fc.assert(
    fc.property(entries, (given) => {
      const result = evaluatePeriod(yearly, { entries: given });
      const rank = rankIn(yearly, result.level);
      const named = new Set(result.failing.map((failing) => failing.level));
      expect([...named].sort()).toEqual(
        yearly.levels
          .slice(0, rank)
          .map((level) => level.id)
          .sort(),
      );
    }),
  );
});

test('whatever is entered, there is an answer, the same twice, and it is plain JSON', () => {
  fc.assert(
    fc.property(
      wild,
      fc.dictionary(
        fc.constantFrom('trees.healthy', 'trees.all', 'meetings.regular_held', 'x.y'),
        fc.oneof(fc.double(), fc.string(), fc.boolean()),
      ),
      (entries, facts) => {
        const result = evaluatePeriod(sample, { entries, facts });
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        expect(evaluatePeriod(sample, { entries, facts })).toEqual(result);
        expect(result.criteria.map((criterion) => criterion.id)).toEqual(
          sample.criteria.map((criterion) => criterion.id),
        );
        expect(result.level === null).toBe(!result.complete || result.provisionalLevel === null);
        expect(JSON.parse(JSON.stringify(prefill(sample, facts)))).toEqual(prefill(sample, facts));
      },
    ),
  );
});

test('an adopted pack is never easier: whoever reaches a level with it reaches it without', () => {
  fc.assert(
    fc.property(
      scores,
      fc.boolean(),
      fc.integer({ min: 85, max: 100 }),
      fc.nat(20),
      (entries, veto, target, present) => {
        const sheet = {
          ...entries,
          attendance_rate: { value: { numerator: present, denominator: 20 } },
          duration: { value: 95 },
          speakers: { value: present > 3 },
          minutes_complete: { value: true },
        };
        const adoption = { targets: { attendance_rate: { moreThan: target } }, vetoes: veto ? ['full_marks'] : [] };
        const [strict, plain] = [
          evaluatePeriod(meeting, { entries: sheet, adoption }),
          evaluatePeriod(meeting, { entries: sheet }),
        ];
        expect(rankIn(meeting, strict.level)).toBeGreaterThanOrEqual(rankIn(meeting, plain.level));
        expect(strict.met).toBeLessThanOrEqual(plain.met);
      },
    ),
  );
});

const candidates = fc.array(
  fc.record({
    level: fc.constantFrom('thriving', 'steady', 'needs_help'),
    points: fc.integer({ min: 0, max: 20 }).map(String),
  }),
  { maxLength: 30 },
);

test('caps name who is beyond the line and change nobody', () => {
  fc.assert(
    fc.property(candidates, (drawn) => {
      const given = drawn.map((candidate, index) => ({ id: `u${index}`, ...candidate }));
      const before = structuredClone(given);
      const [cap] = applyCaps(cooperative, given);
      const group = cap?.groups[0];
      if (!group) throw new Error('the cap is there');
      expect(given).toEqual(before);
      const atLevel = given.filter((candidate) => candidate.level === 'thriving');
      expect([...group.within, ...group.beyond].sort()).toEqual(atLevel.map((candidate) => candidate.id).sort());
      expect(group.limit).toBe(Math.ceil(given.length / 5));
      expect(group.within.length).toBe(Math.min(atLevel.length, group.limit ?? 0));
      const points = (id: string) => Number(given.find((candidate) => candidate.id === id)?.points);
      for (const inside of group.within)
        for (const outside of group.beyond) expect(points(inside)).toBeGreaterThanOrEqual(points(outside));
    }),
  );
});

test('the year does not depend on the order in which its months arrive, and a better month never makes it worse', () => {
  const months = fc.array(fc.constantFrom('good', 'fair', 'average', 'poor'), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(months, fc.nat(11), (levels, index) => {
      const periods = levels.map((level, at) => ({ period: `2026-${String(at + 1).padStart(2, '0')}`, level }));
      const year = aggregatePeriods(meeting, { periods });
      expect(aggregatePeriods(meeting, { periods: periods.toReversed() })).toEqual(year);
      const better = periods.map((period, at) => (at === index ? { ...period, level: 'good' } : period));
      const rank = (level: string | null) => (level === null ? 99 : rankIn(meeting, level));
      expect(rank(aggregatePeriods(meeting, { periods: better }).provisionalLevel)).toBeLessThanOrEqual(
        rank(year.provisionalLevel),
      );
    }),
  );
});

test('declared beside itself shows no difference', () => {
  const flags = fc.record({ value: fc.boolean(), sustained: fc.boolean() });
  fc.assert(
    fc.property(fc.array(flags, { minLength: 10, maxLength: 10 }), (ten) => {
      const ids = model.criteria.filter((criterion) => criterion.group === 'ten').map((criterion) => criterion.id);
      const entries = Object.fromEntries(ids.map((id, index) => [id, ten[index] ?? {}]));
      const result = evaluatePeriod(model, { entries });
      expect(compareDeclaredVerified(result, result)).toMatchObject({ lower: 0, higher: 0, open: 1 });
    }),
  );
});
