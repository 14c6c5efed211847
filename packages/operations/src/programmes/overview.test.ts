import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal, type RefusalCode } from '@dinh/domain/kernel';
import { metShare, sheetCounts } from '@dinh/domain/programmes';
import { countStatements, transaction } from '@dinh/store/connection';
import { changesWait, lockTree, measureDrift } from '@dinh/store/rollups';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Actor, execute, type Services } from '../kernel/public.ts';
import {
  overview,
  overviewChoices,
  overviewStart,
  recordValues,
  startGatherer,
  submit,
  totalsMark,
  unitsBehind,
} from './public.ts';
import { addTestPack, type Country, CRITERIA, liveThrough, PROGRAMME, plantTree } from './test-country.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir(), clock: () => new Date('2026-11-21T03:00:00Z') };
const system: { actor: Actor } = { actor: { kind: 'system', label: 'job' } };
const people = {
  officer: '00000000-0000-7000-8000-000000000001',
  member: '00000000-0000-7000-8000-000000000002',
};
const as = (personId: string): { actor: Actor } => ({ actor: { kind: 'person', personId } });
const programme = PROGRAMME;
const period = '2026-10';
let country: Country;

async function refused(work: Promise<unknown>): Promise<RefusalCode | 'answered'> {
  return work.then(
    () => 'answered' as const,
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  );
}

beforeAll(async () => {
  country = await plantTree(database.query, { provinces: 2, communes: 2, villages: 3, months: 3, lastMonth: period });
  await addTestPack(services);
  await liveThrough(services, country);
  for (const [unit, person, post] of [
    [country.communes[0], people.officer, 'officer'],
    [country.villages[0], people.member, 'member-official'],
  ] as const) {
    await database.query(`insert into person (unit_id, id, name) values ($1, $2, 'test')`, [unit, person]);
    await database.query(`insert into post values ($1, gen_random_uuid(), $2, $3, '2020-01-01', '9999-12-31')`, [
      unit,
      person,
      post,
    ]);
  }
});

const look = (unitId: number, more: { asOf?: string; kind?: string; limit?: number; offset?: number } = {}) =>
  execute(services, overview, { unitId, programme, period, ...more }, system);
type Ask = Parameters<typeof execute<typeof unitsBehind.input, unknown>>[2];
const behind = (ask: Omit<Ask, 'programme' | 'period'>) =>
  execute(services, unitsBehind, { programme, period, limit: 200, ...ask } as Ask, system);

describe('the overview', () => {
  it('takes as many statements for a nation as for a village', async () => {
    const [of, at] = [country.nation, country.villages[0]!];
    const counted = [await countStatements(database, () => look(of)), await countStatements(database, () => look(at))];
    expect(counted[0]).toBe(counted[1]);
    expect(counted[0]).toBeLessThan(16);
    expect(await countStatements(database, () => behind({ unitId: of, which: 'sent' }))).toBe(
      await countStatements(database, () => behind({ unitId: at, which: 'sent' })),
    );
  });

  it('adds up: the parts make the whole, by today’s tree as by the period’s', async () => {
    for (const asOf of [undefined, '2026-11-01']) {
      const seen = await look(country.nation, asOf ? { asOf } : {});
      expect(seen.children.map(({ name }) => name)).toEqual(['Province 1', 'Province 2']);
      const parts = seen.children.map(({ figures }) => sheetCounts(figures));
      for (const key of ['expected', 'submitted', 'accepted', 'waiting', 'notSent'] as const) {
        expect(parts.reduce((sum, part) => sum + part[key], 0)).toBe(sheetCounts(seen.whole)[key]);
      }
      expect(sheetCounts(seen.whole).expected).toBe(12);
      expect(seen.trend.map((each) => sheetCounts(each.figures).expected)).toEqual([...Array(9).fill(0), 12, 12, 12]);
    }
  });

  it('lists its parts a page at a time, while the whole stays whole', async () => {
    const [first, second] = [
      await look(country.nation, { limit: 1 }),
      await look(country.nation, { limit: 1, offset: 1 }),
    ];
    expect([first, second].map(({ children }) => children.map(({ name }) => name))).toEqual([
      ['Province 1'],
      ['Province 2'],
    ]);
    expect([first.more, second.more]).toEqual([true, false]);
    expect(second.whole).toEqual(first.whole);
  });

  it('knows the way up and the kinds of its parts', async () => {
    const seen = await look(country.communes[3]!);
    expect(seen.trail.map(({ name }) => name)).toEqual(['Nation', 'Province 2']);
    expect(seen.kinds).toMatchObject([{ kind: 'village', count: 3 }]);
    expect((await look(country.communes[3]!, { kind: 'commune' })).children).toEqual([]);
  });

  it('offers the programmes and periods there are, and a place to begin', async () => {
    const { programmes } = await execute(services, overviewChoices, { unitId: country.provinces[0]! }, system);
    expect(programmes).toMatchObject([{ programme, titles: { vi: 'Thử', en: 'Trial' } }]);
    expect(programmes[0]!.periods.map((each) => [each.period, each.expected])).toEqual([
      ['2026-10', 6],
      ['2026-09', 6],
      ['2026-08', 6],
    ]);
    expect((await execute(services, overviewStart, {}, as(people.officer))).unitId).toBe(country.communes[0]);
    expect((await execute(services, overviewStart, {}, system)).unitId).toBe(country.nation);
  });
});

describe('the units behind a figure', () => {
  it('are as many as the figure says, for every figure at every level', async () => {
    for (const unitId of [country.nation, country.provinces[1]!, country.communes[0]!, country.villages[0]!]) {
      const { whole } = await look(unitId);
      const counts = sheetCounts(whole);
      const total = async (ask: Omit<Ask, 'programme' | 'period' | 'unitId'>) =>
        (await behind({ unitId, ...ask })).total;
      expect(await total({ which: 'sent' })).toBe(counts.submitted);
      expect(await total({ which: 'not-sent' })).toBe(counts.notSent);
      expect(await total({ which: 'waiting' })).toBe(counts.waiting);
      expect(await total({ which: 'accepted' })).toBe(counts.accepted);
      expect(await total({ which: 'returned' })).toBe(counts.returned);
      expect(await total({ which: 'late' })).toBe(counts.late);
      for (const key of CRITERIA) {
        const figures = whole[`criterion.${key}`];
        const share = metShare(whole, [key]);
        const criteria = [key];
        for (const side of ['declared', 'verified'] as const) {
          const met = figures?.[side === 'declared' ? 'declaredMet' : 'verifiedMet'] ?? 0;
          expect(await total({ which: 'met', criteria, side })).toBe(met);
          expect(await total({ which: 'missed', criteria, side })).toBe((figures?.[side] ?? 0) - met);
        }
        expect(await total({ which: 'differing', criteria })).toBe(figures?.differing ?? 0);
        expect(await total({ which: 'regressed', criteria })).toBe(figures?.regressed ?? 0);
        if (share) expect(share.of).toBe(figures?.[share.side]);
      }
      expect(await total({ which: 'accepted', level: 'fair' })).toBe(whole['level.fair']?.verified ?? 0);
    }
  });

  it('come by name, a page at a time, with where they are and what they said', async () => {
    const all = await behind({ unitId: country.nation, which: 'sent' });
    expect(all.units.map(({ name }) => name)).toEqual([...all.units.map(({ name }) => name)].sort());
    const page = await behind({ unitId: country.nation, which: 'sent', limit: 2, offset: 2 });
    expect(page).toMatchObject({ total: all.total, units: all.units.slice(2, 4) });
    expect(all.units[0]!.within.map(({ name }) => name)).toEqual(['Province 1', 'Commune 1.1']);
    const [first] = (await behind({ unitId: country.nation, which: 'missed', side: 'declared' })).units;
    expect(first).toMatchObject({ declared: { met: false } });
  });

  it('are shown to officers of the unit or above it, and to members only of their own unit', async () => {
    const ask = (unitId: number, person: string) =>
      refused(execute(services, unitsBehind, { unitId, programme, period, which: 'sent' }, as(person)));
    expect(await ask(country.communes[0]!, people.officer)).toBe('answered');
    expect(await ask(country.villages[0]!, people.officer)).toBe('answered');
    expect(await ask(country.provinces[0]!, people.officer)).toBe('access.denied');
    expect(await ask(country.villages[0]!, people.member)).toBe('answered');
    expect(await ask(country.communes[0]!, people.member)).toBe('access.denied');
    const seen = await execute(
      services,
      overview,
      { unitId: country.provinces[0]!, programme, period },
      as(people.officer),
    );
    expect(seen.allowed).toEqual([]);
  });
});

describe('the gatherer', () => {
  it('empties what waits, lets structural operations pass, and changes no figure', async () => {
    const before = await look(country.nation);
    expect(await changesWait(database.db)).toBe(true);
    const failures: unknown[] = [];
    const two = [1, 2].map(() => startGatherer(services, (error) => failures.push(error)));
    await transaction(database, {}, async (tx) => {
      await lockTree(tx);
      await sleep(20);
    });
    while (await changesWait(database.db)) await sleep(20);
    await Promise.all(two.map((each) => each.stop()));
    expect(failures).toEqual([]);
    const after = await look(country.nation);
    expect(after.whole).toEqual(before.whole);
    expect((await transaction(database, { readOnly: true }, measureDrift)).drifting).toBe(0);
  });

  it('leaves the mark where it was; a submission raises it', async () => {
    const mark = async () => Number((await execute(services, totalsMark, {}, system)).mark);
    const before = await mark();
    expect(await mark()).toBe(before);
    const [open] = (await behind({ unitId: country.nation, which: 'not-sent' })).units;
    const key = { unitId: open!.id, programme, period };
    const entries = Object.fromEntries(
      CRITERIA.map((id) => [id, { value: id === 'share' ? { numerator: 9, denominator: 10 } : true }]),
    );
    await execute(services, recordValues, { ...key, entries }, system);
    await execute(services, submit, key, system);
    expect(await mark()).toBeGreaterThan(before);
  });
});
