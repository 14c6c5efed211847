import { tmpdir } from 'node:os';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { execute, type Services } from '../kernel/public.ts';
import { reopen } from '../programmes/public.ts';
import { as, plant, playMonth, refusalOf, villagePack, who } from '../testing/public.ts';
import { appeal, caps, decide, list, propose, read } from './public.ts';
import { digestOf } from './work-out.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir() };
const on = (day: string): Services => ({ ...services, clock: () => new Date(`${day}T03:00:00Z`) });
const [COMMUNE, FIRST, SECOND, THIRD] = [2, 3, 4, 5];
const points = {
  criteria: [{ type: 'points', id: 'work', group: 'g', points: 100 }],
  scoring: { method: 'points', points: 100 },
  levels: [
    {
      id: 'excellent',
      points: { from: 90 },
      conditions: [{ id: 'nearly_all', formula: 'points.work > 94' }],
    },
    { id: 'good', points: { from: 70, below: 90 } },
    { id: 'weak', otherwise: true },
  ],
};
const months = villagePack({
  ...points,
  id: 'months-test',
  aggregation: [
    {
      id: 'quarter',
      from: 'month',
      to: 'quarter',
      method: 'rules',
      missing: 'wait',
      rules: [
        { level: 'excellent', every: 'good', atLeast: { count: 2, level: 'excellent' } },
        { level: 'good', every: 'good' },
        { level: 'weak', otherwise: true },
      ],
    },
  ],
  caps: [{ id: 'share', level: 'excellent', ratio: null, of: ['good'] }],
});
const years = villagePack({
  ...points,
  id: 'years-test',
  periods: ['year'],
  caps: [{ id: 'share', level: 'excellent', ratio: { numerator: 1, denominator: 1 }, of: ['good'] }],
});
const key = { unitId: FIRST, programme: months.id, period: '2025-Q1' };
const month = (period: string, value: number, stop: 'sent' | 'accepted' = 'accepted') =>
  playMonth(services, { unitId: FIRST, programme: months.id, period }, { work: { value } }, stop);
const look = () => execute(on('2025-05-01'), read, key, as(who.secretary));

beforeAll(() => plant(database, [months, years]));

describe('a quarter from its months', () => {
  it('names the months that are missing and leaves the level open', async () => {
    await month('2025-01', 96);
    await month('2025-02', 92);
    await month('2025-03', 97, 'sent');
    expect(await refusalOf(execute(on('2024-12-31'), propose, key, as(who.secretary)))).toBe(
      'programmes.month-in-future',
    );
    expect(await refusalOf(execute(on('2025-04-10'), propose, { ...key, period: '2025' }, as(who.secretary)))).toBe(
      'classifications.no-rule',
    );
    expect(await refusalOf(execute(on('2025-04-10'), read, key, as(who.secretary)))).toBe('classifications.unknown');
    const first = await execute(on('2025-04-10'), propose, key, as(who.secretary));
    expect(first).toMatchObject({ level: null, missing: ['2025-03'], reason: { code: 'packs.periods-missing' } });
  });

  it('keeps what it rested on when a sheet changes later, and says that it has changed', async () => {
    const { inputs, outdated, inputsDigest } = await look();
    expect(inputs.periods.map(({ period, level }) => [period, level])).toEqual([
      ['2025-01', 'excellent'],
      ['2025-02', 'good'],
    ]);
    // In February the points sufficed and a condition did not.
    expect(inputs.periods[1]?.failing).toMatchObject([{ level: 'excellent', kind: 'condition', id: 'nearly_all' }]);
    expect(digestOf(inputs)).toBe(inputsDigest);
    expect(outdated).toBe(false);
    await execute(
      on('2025-04-11'),
      reopen,
      { unitId: FIRST, programme: months.id, period: '2025-01', reason: 'counted wrongly' },
      as(who.officer),
    );
    const later = await look();
    expect(later.outdated).toBe(true);
    expect(later.inputs).toEqual(inputs);
  });

  it('is decided by people above, with a reason where they differ', async () => {
    const say = (input: object, by = who.officer as string) =>
      refusalOf(execute(on('2025-04-20'), decide, { ...key, level: 'good', ...input }, as(by)));
    expect(await say({}, who.secretary)).toBe('access.denied');
    expect(await say({ level: 'best' })).toBe('classifications.level-unknown');
    expect(await say({})).toBe('classifications.reason-needed');
    const seen = await look();
    await execute(on('2025-04-15'), propose, key, as(who.officer));
    expect(await say({ reason: 'seen on the spot', inputsDigest: seen.inputsDigest })).toBe(
      'classifications.changed-meanwhile',
    );
    expect(await say({ reason: 'seen on the spot' })).toBe('accepted');
    expect(await say({ reason: 'seen on the spot' })).toBe('classifications.decided');
    expect(await refusalOf(execute(on('2025-04-21'), propose, key, as(who.secretary)))).toBe('classifications.decided');
    expect(await look()).toMatchObject({ state: 'decided', decidedLevel: 'good', proposedLevel: null });
  });

  it('is reopened by an appeal of the unit, and the earlier decision stays in the history', async () => {
    const ask = (by: string) =>
      refusalOf(execute(on('2025-04-22'), appeal, { ...key, reason: 'January was confirmed' }, as(by)));
    expect(await ask(who.officer)).toBe('access.denied');
    expect(await ask(who.secretary)).toBe('accepted');
    expect(await ask(who.secretary)).toBe('classifications.not-decided');
    const seen = await look();
    expect(seen).toMatchObject({ state: 'appealed', decidedLevel: null, appealReason: 'January was confirmed' });
    expect(seen.events.map(({ kind, level }) => [kind, level])).toEqual([
      ['proposed', null],
      ['proposed', null],
      ['decided', 'good'],
      ['appealed', 'good'],
    ]);
  });

  it('draws no line where the rule’s ratio is not known', async () => {
    const seen = await execute(
      on('2025-05-01'),
      caps,
      { unitId: COMMUNE, programme: months.id, period: '2025-Q1' },
      as(who.officer),
    );
    expect(seen.caps[0]?.groups[0]).toMatchObject({ limit: null, beyond: [], reason: { code: 'packs.ratio-unknown' } });
    expect(seen.lines.map(({ unitId, state }) => [unitId, state])).toEqual([
      [FIRST, 'appealed'],
      [SECOND, null],
      [THIRD, null],
    ]);
  });
});

describe('a year assessed as one', () => {
  it('takes its one verified sheet, and shows who stands above the line without putting anybody lower', async () => {
    const year = { programme: years.id, period: '2024' };
    for (const [unitId, value] of [
      [FIRST, 98],
      [SECOND, 96],
      [THIRD, 80],
    ] as const) {
      await playMonth(services, { unitId, ...year }, { work: { value } });
      await execute(on('2025-01-20'), propose, { unitId, ...year }, as(who.officer));
    }
    const seen = await execute(on('2025-01-21'), caps, { unitId: COMMUNE, ...year }, as(who.officer));
    expect(seen.caps[0]?.groups[0]).toMatchObject({
      limit: 1,
      within: [{ unitId: FIRST }],
      beyond: [{ unitId: SECOND }],
    });
    expect(seen.lines.map(({ unitId, level }) => [unitId, level])).toEqual([
      [FIRST, 'excellent'],
      [SECOND, 'excellent'],
      [THIRD, 'good'],
    ]);
    expect(await refusalOf(execute(services, caps, { unitId: COMMUNE, ...year }, as(who.secretary)))).toBe(
      'access.denied',
    );
    const own = await execute(on('2025-02-01'), list, { unitId: FIRST }, as(who.secretary));
    expect(own.programmes.map(({ key, open }) => [key, open])).toEqual([
      ['months-test', ['2024-Q4']],
      ['years-test', ['2025']],
    ]);
    expect(own.allowed).toEqual(['classifications.propose']);
  });
});
