import { tmpdir } from 'node:os';
import { transaction } from '@dinh/store/connection';
import { insertPack } from '@dinh/store/programmes';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { execute, type Services } from '../kernel/public.ts';
import { adopt } from '../programmes/public.ts';
import { as, NATION, plant, playMonth, refusalOf, villagePack, who } from '../testing/public.ts';
import { board, list, recheck, recognise, revoke } from './public.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir() };
const on = (day: string): Services => ({ ...services, clock: () => new Date(`${day}T03:00:00Z`) });
const [COMMUNE, FIRST, SECOND] = [2, 3, 4];
const workflow = { start: 'registered', states: [{ id: 'registered' }], transitions: [] };
const rule = { recogniser: 'above', level: 'good', documents: [], revocable: true, workflow };
const criteria = [
  { type: 'pass-fail', id: 'roads', group: 'g', sustains: {} },
  { type: 'pass-fail', id: 'water', group: 'g', sustains: {} },
];
const kept = villagePack({
  id: 'kept-test',
  criteria,
  recognition: { ...rule, recheckAfterMonths: 12, remediationMonths: null },
});
const open = villagePack({
  id: 'open-test',
  criteria,
  recognition: { ...rule, recheckAfterMonths: null, remediationMonths: 6, revocable: false },
});
const plain = villagePack({ id: 'plain-test', criteria });
const programme = kept.id;
const yes = { value: true, sustained: true };
const paper = { number: '12/QĐ', on: '2023-06-30', issuer: 'the level above' };
const boardOf = async (day: string, unitId = NATION, of = programme) => {
  const seen = await execute(on(day), board, { unitId, programme: of }, { actor: { kind: 'system', label: 'job' } });
  return Object.fromEntries(seen.counts.filter(({ units }) => units > 0).map(({ state, units }) => [state, units]));
};
const standing = async (day: string, unitId = FIRST) => {
  const { programmes } = await execute(on(day), list, { unitId }, as(who.officer));
  return programmes.find(({ key }) => key === programme)?.recognitions[0];
};

beforeAll(() => plant(database, [kept, open, plain]));

describe('recognition', () => {
  it('waits for a verified sheet of the level the programme names, and for somebody above', async () => {
    const ask = (input = {}, who_ = who.officer, day = '2023-07-10') =>
      refusalOf(execute(on(day), recognise, { unitId: FIRST, programme, ...paper, ...input }, as(who_)));
    expect(await ask()).toBe('recognitions.not-verified');
    expect(await ask({ programme: plain.id })).toBe('recognitions.not-part');
    await playMonth(services, { unitId: FIRST, programme, period: '2023-05' }, { roads: yes, water: { value: false } });
    expect(await ask()).toBe('recognitions.level-not-reached');
    expect(await boardOf('2023-06-01')).toEqual({ registered: 3, 'on-the-way': 1 });
    await playMonth(services, { unitId: FIRST, programme, period: '2023-06' }, { roads: yes, water: yes });
    expect(await ask({}, who.secretary)).toBe('access.denied');
    expect(await ask({}, who.officerBeside)).toBe('access.denied');
    expect(await ask({ on: '2023-08-01' })).toBe('recognitions.day-wrong');
    expect(await ask()).toBe('accepted');
    expect(await ask()).toBe('recognitions.already-recognised');
    expect(await standing('2023-07-10')).toMatchObject({ standing: 'monitoring', period: '2023-06', level: 'good' });
    expect(await boardOf('2023-07-10')).toEqual({ registered: 3, recognised: 1 });
    // The same board as of the day before knows nothing of it.
    expect(await boardOf('2023-06-29')).toEqual({ registered: 3, 'on-the-way': 1 });
  });

  it('tells who was first in its commune', async () => {
    await playMonth(services, { unitId: SECOND, programme, period: '2023-08' }, { roads: yes, water: yes });
    await execute(
      on('2023-09-20'),
      recognise,
      { unitId: SECOND, programme, ...paper, on: '2023-09-15' },
      as(who.officer),
    );
    expect((await standing('2023-10-01'))?.order).toEqual({ nth: 1, of: 3, parent: 'unit 2' });
    expect((await standing('2023-10-01', SECOND))?.order).toEqual({ nth: 2, of: 3, parent: 'unit 2' });
  });

  it('is at risk when a later month falls back, as declared before it is verified', async () => {
    await playMonth(
      services,
      { unitId: FIRST, programme, period: '2023-07' },
      { roads: { value: true, sustained: false }, water: { value: false } },
      'sent',
    );
    expect(await standing('2023-08-05')).toMatchObject({
      standing: 'at-risk',
      since: { period: '2023-07', isVerified: false, fallen: ['roads', 'water'] },
    });
    expect(await boardOf('2023-08-05', COMMUNE)).toMatchObject({ 'at-risk': 1 });
    expect(await boardOf('2023-08-05', 6)).toEqual({ registered: 1 });
  });

  it('is rechecked after the programme’s months, remedied by a day, kept or revoked', async () => {
    expect(await standing('2024-06-29')).toMatchObject({ standing: 'at-risk' });
    expect(await standing('2024-06-30')).toMatchObject({ standing: 'recheck-due' });
    expect(await boardOf('2024-07-01')).toMatchObject({ 'recheck-due': 1, recognised: 1 });
    const look = (input: object, day = '2024-07-10') =>
      refusalOf(
        execute(
          on(day),
          recheck,
          { unitId: FIRST, programme, on: '2024-07-05', outcome: 'remediation', ...input },
          as(who.officer),
        ),
      );
    expect(await look({})).toBe('recognitions.reason-needed');
    expect(await look({ reason: 'the road is broken' })).toBe('recognitions.deadline-needed');
    expect(await look({ reason: 'the road is broken', deadline: '2024-07-01' })).toBe('recognitions.deadline-needed');
    expect(await look({ on: '2023-01-01', reason: 'long ago' })).toBe('recognitions.day-wrong');
    expect(await look({ reason: 'the road is broken', deadline: '2024-10-01' })).toBe('accepted');
    expect(await standing('2024-07-10')).toMatchObject({ standing: 'remediation' });
    expect(await look({ on: '2024-09-01', outcome: 'maintained' }, '2024-09-02')).toBe('accepted');
    expect((await standing('2024-09-02'))?.events.map(({ kind, nextDay }) => [kind, nextDay])).toEqual([
      ['recognised', '2024-06-30'],
      ['remediation', '2024-10-01'],
      ['maintained', '2025-09-01'],
    ]);
    const back = { unitId: FIRST, programme, ...paper, on: '2025-01-10', reason: 'not kept' };
    expect(await refusalOf(execute(on('2025-01-12'), revoke, back, as(who.secretary)))).toBe('access.denied');
    await execute(on('2025-01-12'), revoke, back, as(who.officer));
    expect(await refusalOf(execute(on('2025-01-12'), revoke, back, as(who.officer)))).toBe(
      'recognitions.not-recognised',
    );
    expect(await boardOf('2025-02-01')).toMatchObject({ revoked: 1 });
    expect(await boardOf('2024-08-01')).toMatchObject({ remediation: 1 });
  });

  it('can be had anew after a revocation, and names no day where the programme knows none', async () => {
    await playMonth(services, { unitId: FIRST, programme, period: '2023-09' }, { roads: yes, water: yes });
    const again = { unitId: FIRST, programme, ...paper, on: '2025-03-01' };
    await execute(on('2025-03-02'), recognise, again, as(who.officer));
    expect(await standing('2025-03-02')).toMatchObject({ seq: 2, standing: 'monitoring' });
    await playMonth(services, { unitId: FIRST, programme: open.id, period: '2023-09' }, { roads: yes, water: yes });
    const done = await execute(on('2025-03-02'), recognise, { ...again, programme: open.id }, as(who.officer));
    expect(done.recheckOn).toBeNull();
    expect(await boardOf('2199-01-01', NATION, open.id)).toMatchObject({ recognised: 1 });
    expect(
      await refusalOf(
        execute(on('2025-03-02'), revoke, { ...again, programme: open.id, reason: 'not kept' }, as(who.officer)),
      ),
    ).toBe('recognitions.not-revocable');
  });

  it('shows the board to those who look down on units, and pages it by state', async () => {
    expect(await refusalOf(execute(services, board, { unitId: COMMUNE }, as(who.secretary)))).toBe('access.denied');
    const ask = (input: object) =>
      execute(on('2025-04-01'), board, { unitId: COMMUNE, programme, ...input }, as(who.officer));
    const page = await ask({ limit: 1 });
    expect(page.lines).toMatchObject([{ unitId: SECOND, state: 'recheck-due', parent: 'unit 2', stands: true }]);
    expect(page.more).toBe(true);
    const kept = await ask({ state: 'recognised', limit: 1 });
    expect(kept.lines).toMatchObject([{ unitId: FIRST, nextDay: '2026-03-01' }]);
    expect(kept.more).toBe(false);
  });

  it('begins with the programme that most units below run, and offers only those that some run', async () => {
    const pack = villagePack({
      id: 'a-commune-test',
      scope: { kinds: ['commune'] },
      criteria,
      recognition: kept.recognition,
    });
    const { id: key, version, validFrom } = pack;
    const stored = { key, version, validFrom, validTo: null, content: pack, strings: {}, digest: key };
    await transaction(database, {}, (tx) => insertPack(tx, { ...stored, criteria: criteria.map(({ id }) => id) }));
    const system = { actor: { kind: 'system', label: 'job' } } as const;
    await execute(on('2025-04-01'), adopt, { unitId: COMMUNE, programme: key, from: '2025-04-01' }, system);
    const begins = async (unitId: number) => {
      const seen = await execute(on('2025-04-02'), board, { unitId }, system);
      return [seen.programme, ...seen.programmes.map((each) => each.key)];
    };
    expect(await begins(NATION)).toEqual([programme, key, kept.id, open.id]);
    expect(await begins(COMMUNE)).toEqual([programme, kept.id, open.id]);
  });
});
