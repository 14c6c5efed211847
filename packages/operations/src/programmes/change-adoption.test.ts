import { tmpdir } from 'node:os';
import { Refusal } from '@dinh/domain/kernel';
import { readAdoptions } from '@dinh/store/programmes';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { execute, type Services } from '../kernel/public.ts';
import { as, plant, villagePack, who } from '../testing/public.ts';
import { adopt, adoption, changeAdoption, openSheet, sheet } from './public.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir(), clock: () => new Date('2026-11-21T03:00:00Z') };
const programme = 'own-words';
const key = { unitId: 3, programme };
const criteria = [
  { type: 'pass-fail', id: 'roads', group: 'g', unitMay: ['reword'] },
  { type: 'pass-fail', id: 'law', group: 'g' },
];

const refused = (doing: Promise<unknown>) =>
  doing.then(
    (): Refusal | null => null,
    (cause: unknown) => {
      if (!(cause instanceof Refusal)) throw cause;
      return cause;
    },
  );
const change = (wording: Record<string, string>, inCharge: Record<string, string>, by: string = who.secretary) =>
  execute(services, changeAdoption, { ...key, wording, inCharge }, as(by));

beforeAll(async () => {
  await plant(database, [villagePack({ id: programme, criteria })]);
});

describe('a unit’s own words and people in charge', () => {
  it('need a programme that runs', async () => {
    const nowhere = execute(services, adoption, { unitId: 2, programme }, { actor: { kind: 'system', label: 'cli' } });
    expect((await refused(nowhere))?.code).toBe('programmes.not-adopted');
  });

  it('hold from today on, and leave the months before as they were', async () => {
    await execute(services, openSheet, { ...key, period: '2026-10' }, as(who.secretary));
    await change({ roads: 'Đường ra đồng có đèn' }, { roads: who.member });
    await change({ roads: 'Đường ra đồng đủ đèn' }, { roads: who.member, law: who.secretary });
    const found = await execute(services, adoption, key, as(who.secretary));
    expect(found).toMatchObject({
      adopted: { wording: { roads: 'Đường ra đồng đủ đèn' } },
      inCharge: { roads: who.member, law: who.secretary },
    });
    const stretches = await readAdoptions(database.db, 3);
    expect(stretches.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
      ['2020-01-01', '2026-11-21'],
      ['2026-11-21', '9999-12-31'],
    ]);
    const october = await execute(services, sheet, { ...key, period: '2026-10' }, as(who.secretary));
    expect(october.namesInCharge).toEqual({});
  });

  it('are named on the sheet to the unit itself, not to the level above', async () => {
    await execute(services, openSheet, { ...key, period: '2026-11' }, as(who.secretary));
    const seen = async (by: string) =>
      (await execute(services, sheet, { ...key, period: '2026-11' }, as(by))).namesInCharge;
    expect(Object.keys(await seen(who.secretary)).toSorted()).toEqual(['law', 'roads']);
    expect(await seen(who.officer)).toEqual({});
  });

  it('are refused where they were typed', async () => {
    const loosened = await refused(change({ law: 'Không cần' }, {}));
    expect(loosened?.code).toBe('programmes.loosens-pack');
    expect(loosened?.fields).toMatchObject([{ path: 'wording.law' }]);
    const stranger = await refused(change({}, { roads: who.secretaryBeside }));
    expect(stranger?.fields).toMatchObject([{ path: 'inCharge.roads', code: 'people.person-unknown' }]);
    const unknown = await refused(change({}, { nowhere: who.secretary }));
    expect(unknown?.code).toBe('programmes.criterion-unknown');
    const again = await refused(
      execute(
        services,
        adopt,
        { unitId: 4, programme, from: '2026-01-01', adopted: { wording: { law: 'Khác' } } },
        as(who.secretaryBeside),
      ),
    );
    expect(again?.fields).toMatchObject([{ path: 'adopted.wording.law', code: 'programmes.loosens-pack' }]);
  });

  it('are for the unit’s secretary and the levels above', async () => {
    expect((await refused(change({}, {}, who.member)))?.code).toBe('access.denied');
    expect((await refused(change({}, {}, who.secretaryBeside)))?.code).toBe('access.denied');
  });
});
