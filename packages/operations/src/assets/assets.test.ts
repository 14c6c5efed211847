import { tmpdir } from 'node:os';
import { recordStatements } from '@dinh/store/connection';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { execute, type Services } from '../kernel/public.ts';
import { accept, openSheet, recordValues, sheet, submit, verify } from '../programmes/public.ts';
import { as, plant, playMonth, refusalOf, villagePack, who } from '../testing/public.ts';
import { check, checks, correct, list, register, retire } from './public.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir() };
const on = (day: string): Services => ({ ...services, clock: () => new Date(`${day}T03:00:00Z`) });
const VILLAGE = 3;
const camera = '01990000-0000-7000-8000-00000000000a';
const wifi = '01990000-0000-7000-8000-00000000000b';
const criteria = [
  { type: 'pass-fail', id: 'cameras', group: 'g', sustains: { assets: ['camera'] } },
  { type: 'pass-fail', id: 'network', group: 'g', sustains: { assets: ['wifi'] } },
];
const model = villagePack({ id: 'model-test', criteria: [{ type: 'pass-fail', id: 'roads', group: 'g' }] });
const smart = villagePack({
  id: 'smart-test',
  facts: {
    'programmes.model_test_level': { type: 'text' },
    'assets.camera_working': { type: 'number' },
    'people.members': { type: 'number' },
  },
  criteria: [
    {
      type: 'pass-fail',
      id: 'model_kept',
      group: 'g',
      prefill: 'facts.programmes.model_test_level == "good"',
    },
    {
      type: 'count',
      id: 'cameras_working',
      group: 'g',
      prefill: 'facts.assets.camera_working',
      target: { atLeast: 1 },
    },
    { type: 'count', id: 'members', group: 'g', prefill: 'facts.people.members', target: { atLeast: 1 } },
    ...criteria,
  ],
  levels: [
    { id: 'good', requires: { met: 'all', sustained: true } },
    { id: 'not_sustained', requires: { met: 'all' } },
    { id: 'not_yet', otherwise: true },
  ],
});
const asset = (id: string, kind: string) => ({
  unitId: VILLAGE,
  id,
  kind,
  name: `the ${kind}`,
  owner: { person: who.member },
  nextCheck: '2026-06-15',
});
const yes = { value: true, sustained: true };
const key = (period: string) => ({ unitId: VILLAGE, programme: smart.id, period });

beforeAll(() => plant(database, [model, smart]));

describe('assets', () => {
  it('are registered with an owner of the unit and a day to be checked', async () => {
    const put = (input: Parameters<typeof asset>, more = {}) =>
      refusalOf(execute(on('2026-01-10'), register, { ...asset(...input), ...more }, as(who.secretary)));
    expect(await put([camera, 'camera'], { owner: { person: who.secretaryBeside } })).toBe('assets.owner-unknown');
    expect(await put([camera, 'robot'])).toBe('assets.kind-unknown');
    expect(await put([camera, 'camera'], { nextCheck: '2026-01-10' })).toBe('assets.next-check-passed');
    expect(await put([camera, 'camera'])).toBe('accepted');
    expect(await put([camera, 'camera'])).toBe('assets.already-there');
    expect(await put([wifi, 'wifi'], { owner: { organisation: 'a company' } })).toBe('accepted');
    expect(await refusalOf(execute(services, list, { unitId: VILLAGE }, as(who.secretaryBeside)))).toBe(
      'access.denied',
    );
    expect(
      await refusalOf(execute(services, retire, { unitId: VILLAGE, id: wifi, reason: 'not mine' }, as(who.officer))),
    ).toBe('access.denied');
  });

  it('fill criteria by facts, together with members and another programme’s level', async () => {
    await playMonth(services, { ...key('2026-02'), programme: model.id }, { roads: { value: true } });
    await execute(on('2026-03-31'), openSheet, key('2026-03'), as(who.secretary));
    const { values } = await execute(on('2026-03-31'), sheet, key('2026-03'), as(who.secretary));
    const declared = Object.fromEntries(values.map((value) => [value.key, value]));
    expect(declared['model_kept']?.declared.met).toBe(true);
    expect(declared['model_kept']?.source).toEqual([{ fact: 'programmes.model_test_level', value: 'good' }]);
    expect(declared['cameras_working']?.declared.value).toBe('1');
    expect(declared['members']?.declared.value).toBe('2');
    // The day that decides is the period's last one: nothing was verified by then.
    await execute(on('2026-03-31'), openSheet, key('2026-01'), as(who.secretary));
    const january = await execute(on('2026-03-31'), sheet, key('2026-01'), as(who.secretary));
    expect(january.values.find((value) => value.key === 'model_kept')?.declared.met).toBeNull();
  });

  it('cost a pack that asks for nothing no statement, and one that asks for all at most two', async () => {
    await execute(on('2026-03-31'), openSheet, { ...key('2026-03'), programme: model.id }, as(who.secretary));
    const asked = async (programme: string) => {
      const statements = await recordStatements(database, () =>
        execute(on('2026-03-31'), sheet, { ...key('2026-03'), programme }, as(who.secretary)),
      );
      return statements.filter((text) => /asset_check|count\(distinct person_id\)/.test(text)).length;
    };
    expect([await asked(model.id), await asked(smart.id)]).toEqual([0, 2]);
  });

  it('take *sustained* from the criterion that relies on them when broken, and give it back when mended before sending', async () => {
    const march = key('2026-03');
    const { id } = { id: camera };
    await execute(
      on('2026-03-31'),
      recordValues,
      { ...march, entries: { cameras: yes, network: yes } },
      as(who.secretary),
    );
    await execute(
      on('2026-04-01'),
      check,
      { unitId: VILLAGE, id, state: 'broken', note: 'no picture', nextCheck: '2026-04-20' },
      as(who.member),
    );
    const broken = await execute(on('2026-04-01'), sheet, march, as(who.secretary));
    const cameras = broken.declaredResult.criteria.find((each) => each.id === 'cameras');
    expect(cameras).toMatchObject({
      met: true,
      sustained: false,
      reason: { code: 'packs.asset-broken', params: { asset: 'camera' } },
    });
    // What the unit says stays until it is sent.
    await execute(on('2026-04-01'), recordValues, { ...march, entries: {} }, as(who.secretary));
    await execute(
      on('2026-04-02'),
      check,
      { unitId: VILLAGE, id, state: 'working', nextCheck: '2026-06-15' },
      as(who.member),
    );
    expect(await execute(on('2026-04-02'), submit, march, as(who.secretary))).toMatchObject({ level: 'good' });
  });

  it('keep a sheet as it was judged, whatever breaks later', async () => {
    const march = key('2026-03');
    await execute(
      on('2026-04-05'),
      check,
      { unitId: VILLAGE, id: camera, state: 'broken', nextCheck: '2026-06-15' },
      as(who.member),
    );
    const sent = await execute(on('2026-04-06'), sheet, march, as(who.officer));
    expect(sent.declaredResult.level).toBe('good');
    const verdicts = Object.fromEntries(sent.values.map((value) => [value.key, { verdict: 'accepted' as const }]));
    await execute(on('2026-04-06'), verify, { ...march, verdicts }, as(who.officer));
    // When the level above accepts, the camera is known to be broken.
    expect(await execute(on('2026-04-06'), accept, march, as(who.officer))).toMatchObject({ level: 'not_sustained' });
    await execute(
      on('2026-04-20'),
      check,
      { unitId: VILLAGE, id: camera, state: 'working', nextCheck: '2026-06-15' },
      as(who.member),
    );
    const later = await execute(on('2026-05-01'), sheet, march, as(who.officer));
    expect(later).toMatchObject({ declaredLevel: 'good', verifiedLevel: 'not_sustained' });
    expect(later.verifiedResult).toMatchObject({ level: 'not_sustained' });
    expect(later.values.find((value) => value.key === 'cameras')).toMatchObject({
      declared: { sustained: true },
      verified: { sustained: false },
    });
  });

  it('count as unchecked when their day passed within the period, and not at all once retired', async () => {
    const states = async (period: string, day: string) => {
      await execute(on(day), openSheet, key(period), as(who.secretary));
      await execute(
        on(day),
        recordValues,
        { ...key(period), entries: { cameras: yes, network: yes } },
        as(who.secretary),
      );
      const { declaredResult } = await execute(on(day), sheet, key(period), as(who.secretary));
      const reason = (id: string) => declaredResult.criteria.find((each) => each.id === id)?.reason.code;
      return [reason('cameras'), reason('network')];
    };
    expect(await states('2026-05', '2026-06-01')).toEqual(['packs.met', 'packs.met']);
    expect(await states('2026-06', '2026-07-01')).toEqual(['packs.asset-unchecked', 'packs.asset-unchecked']);
    await execute(on('2026-07-02'), retire, { unitId: VILLAGE, id: wifi, reason: 'taken down' }, as(who.secretary));
    expect(await states('2026-07', '2026-07-31')).toEqual(['packs.asset-unchecked', 'packs.met']);
    expect(
      await refusalOf(
        execute(
          on('2026-07-31'),
          check,
          { unitId: VILLAGE, id: wifi, state: 'working', nextCheck: '2026-12-01' },
          as(who.member),
        ),
      ),
    ).toBe('assets.retired');
  });

  it('are listed with what needs a look first, and show every look', async () => {
    const { assets, unregistered, allowed } = await execute(
      on('2026-07-31'),
      list,
      { unitId: VILLAGE },
      as(who.secretary),
    );
    expect(assets.map(({ kind, standing }) => [kind, standing])).toEqual([
      ['camera', 'overdue'],
      ['wifi', 'retired'],
    ]);
    expect(assets[0]?.carries.map(({ criterion }) => criterion)).toEqual(['cameras']);
    expect(unregistered).toEqual(['wifi']);
    expect(allowed).toContain('assets.register');
    const seen = await execute(on('2026-07-31'), checks, { unitId: VILLAGE, id: camera }, as(who.officer));
    expect(seen.checks.map(({ state }) => state)).toEqual(['working', 'broken', 'working', 'broken', 'working']);
    await execute(
      on('2026-07-31'),
      correct,
      { unitId: VILLAGE, id: camera, name: 'camera at the gate', place: 'gate', owner: { organisation: 'a company' } },
      as(who.secretary),
    );
    expect((await execute(on('2026-07-31'), list, { unitId: VILLAGE }, as(who.member))).assets[0]).toMatchObject({
      name: 'camera at the gate',
      owner: 'a company',
    });
    expect(await refusalOf(execute(services, checks, { unitId: 4, id: camera }, as(who.secretaryBeside)))).toBe(
      'assets.unknown',
    );
  });
});
