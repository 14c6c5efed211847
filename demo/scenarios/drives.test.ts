import { tmpdir } from 'node:os';
import { addsUp, entries as entriesOf, published } from '@dinh/operations/contributions';
import { type Actor, execute, type Services } from '@dinh/operations/kernel';
import { totals } from '@dinh/operations/works';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { engage, type Player } from './cast.ts';
import { playDrives } from './drives.ts';
import { defineKinds } from './kinds.ts';
import { named, smartOthers } from './public.ts';
import { plantTree } from './tree.ts';
import { playWorks } from './works.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir(), clock: () => new Date('2026-11-21T03:00:00Z') };
const as: { actor: Actor } = { actor: { kind: 'system', label: 'cli' } };
const thienLoc = smartOthers.filter(({ code }) => code.startsWith('demo-thien-loc'));
const heads = new Map<string, Player>();

beforeAll(async () => {
  const stage = { services, say: () => undefined };
  await defineKinds(stage);
  const { ids } = await plantTree(stage, 1);
  for (const { code } of [named.namBacThanh, named.lienHa, named.binhLucHa, ...thienLoc])
    heads.set(code, await engage(stage, ids.get(code) ?? 0, 'Trưởng thôn', 'village-head'));
  const head = ({ code }: { code: string }) => heads.get(code)!;
  const { namBacThanh, lienHa, binhLucHa } = named;
  const drives = await playDrives(
    stage,
    {
      namBacThanh: head(namBacThanh),
      lienHa: head(lienHa),
      binhLucHa: head(binhLucHa),
      thienLoc: thienLoc.map(head),
    },
    '2026-11-21',
  );
  await playWorks(
    stage,
    { namBacThanh: head(namBacThanh), binhLucHa: head(binhLucHa), thienLoc: thienLoc.map(head) },
    drives,
    '2026-11-21',
  );
}, 240_000);

const drives = async ({ code }: { code: string }) =>
  (await execute(services, published, { unitId: heads.get(code)!.unitId }, as)).drives;
type Given = Awaited<ReturnType<typeof drives>>[number];
const sum = (drive: Given | undefined, kind: string) =>
  Number(drive?.given.find((each) => each.kind === kind)?.received ?? 0);
const adds = async ({ code }: { code: string }, driveId: string) =>
  (await execute(services, addsUp, { unitId: heads.get(code)!.unitId, driveId }, as)).addsUp;

describe('figures of the articles on what people gave', () => {
  it('S0-08: Liên Hà gave more than 600 million for infrastructure and equipment', async () => {
    const [drive] = await drives(named.lienHa);
    expect(sum(drive, 'money')).toBeGreaterThan(600_000_000);
    expect(await adds(named.lienHa, drive!.id)).toBe(true);
  });

  it('S1-01: more than 1,000 households of Thiên Lộc gave land and assets from 2020 to 2023', async () => {
    let households = 0;
    for (const village of thienLoc) {
      const [drive] = await drives(village);
      expect([drive?.from.slice(0, 4), drive?.to.slice(0, 4)]).toEqual(['2020', '2023']);
      expect(drive?.given.map(({ kind }) => kind)).toEqual(['land', 'asset']);
      households += drive?.households ?? 0;
    }
    expect(households).toBeGreaterThan(1_000);
  });

  it('S3-05, S3-06: Bình Lục Hạ gave over 7 billion in November 2024, and labour, land and over 1.7 billion', async () => {
    const [house, roads] = await drives(named.binhLucHa);
    const key = { unitId: heads.get(named.binhLucHa.code)!.unitId, driveId: house!.id };
    const { entries } = await execute(services, entriesOf, { ...key, kind: 'receive', limit: 1_000 }, as);
    const november = entries.filter(({ on }) => on.startsWith('2024-11'));
    const given = november.reduce((total, { quantity }) => total + Number(quantity), 0);
    expect(given).toBeGreaterThan(7_000_000_000);
    expect(sum(house, 'money')).toBe(given);
    expect(sum(roads, 'money')).toBeGreaterThan(1_700_000_000);
    expect([sum(roads, 'labour') > 0, sum(roads, 'land') > 0]).toEqual([true, true]);
    for (const { id } of [house!, roads!]) expect(await adds(named.binhLucHa, id)).toBe(true);
  });

  it('has one drive that runs today, with promises, receipts, vouchers and a giver who agreed to be named', async () => {
    const [drive] = await drives(named.namBacThanh);
    expect(drive).toMatchObject({ state: 'running', named: ['Hợp tác xã vật liệu'] });
    expect(drive?.vouchers).toHaveLength(2);
    expect(await adds(named.namBacThanh, drive!.id)).toBe(true);
  });

  /** What the villages of Thiên Lộc did of one thing in some months, from the totals. */
  const done = async (item: string, months: readonly string[]) => {
    let sum = 0;
    for (const village of thienLoc)
      for (const year of new Set(months.map((month) => month.slice(0, 4)))) {
        const asked = { unitId: heads.get(village.code)!.unitId, period: year, item };
        const found = (await execute(services, totals, asked, as)).months;
        const mine = found.filter(({ period }) => months.includes(period));
        sum += mine.reduce((total, { n, value }) => total + (item.startsWith('works.') ? n : Number(value)), 0);
      }
    return sum;
  };
  const monthsOf = (year: number, most = 12) =>
    Array.from({ length: most }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`);

  it('S1-02: nearly 70 roads of Thiên Lộc were widened to five metres or more', async () => {
    const roads = await done(
      'works.road-widened.done',
      [2020, 2021, 2022, 2023].flatMap((year) => monthsOf(year)),
    );
    expect(roads).toBeLessThan(70);
    expect(roads).toBeGreaterThanOrEqual(65);
    const narrow = await database.query(
      `select 1 from work w join work_quantity q on q.unit_id = w.unit_id and q.work_id = w.id
       where w.kind = 'road-widened' and q.measure = 'width' and q.done < 5 and w.state = 'done'`,
    );
    expect(narrow).toEqual([]);
  });

  it('S1-05 … S1-13: what was done in the first nine months of 2023', async () => {
    const nine = monthsOf(2023, 9);
    expect(await done('done.canal-new.length', nine)).toBeGreaterThan(7.1);
    expect(await done('done.canal-dredged.length', nine)).toBeGreaterThan(36.2);
    expect(await done('done.drain-cleared.length', nine)).toBe(1.2);
    expect(await done('done.road-renovated.length', nine)).toBe(916);
    expect(await done('done.garden-mixed.count', nine)).toBe(34);
    expect(await done('done.garden-household.count', nine)).toBe(750);
    expect(await done('done.garden-model.count', nine)).toBe(45);
    expect(await done('done.model-area.count', nine)).toBe(12);
    expect(await done('done.other.count', nine)).toBe(1);
  });
});
