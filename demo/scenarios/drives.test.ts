import { tmpdir } from 'node:os';
import { addsUp, entries as entriesOf, published } from '@dinh/operations/contributions';
import { type Actor, execute, type Services } from '@dinh/operations/kernel';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { engage, type Player } from './cast.ts';
import { playDrives } from './drives.ts';
import { defineKinds } from './kinds.ts';
import { named, smartOthers } from './public.ts';
import { plantTree } from './tree.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir(), clock: () => new Date('2026-11-21T03:00:00Z') };
const as: { actor: Actor } = { actor: { kind: 'system', label: 'cli' } };
const thienLoc = smartOthers.filter(({ code }) => code.startsWith('demo-thien-loc'));
const heads = new Map<string, Player>();
let took = 0;

beforeAll(async () => {
  const stage = { services, say: () => undefined };
  await defineKinds(stage);
  const { ids } = await plantTree(stage, 1);
  for (const { code } of [named.namBacThanh, named.lienHa, named.binhLucHa, ...thienLoc])
    heads.set(code, await engage(stage, ids.get(code) ?? 0, 'Trưởng thôn', 'village-head'));
  const head = ({ code }: { code: string }) => heads.get(code)!;
  const { namBacThanh, lienHa, binhLucHa } = named;
  const begun = performance.now();
  await playDrives(
    stage,
    {
      namBacThanh: head(namBacThanh),
      lienHa: head(lienHa),
      binhLucHa: head(binhLucHa),
      thienLoc: thienLoc.map(head),
    },
    '2026-11-21',
  );
  took = performance.now() - begun;
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

  it('takes its part of the minute', () => {
    expect(took).toBeLessThan(30_000);
  });
});
