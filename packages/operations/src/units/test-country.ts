import { tmpdir } from 'node:os';
import { Refusal, type RefusalCode } from '@dinh/domain/kernel';
import { testDatabase } from '@dinh/store/testing';
import { type Actor, execute, type Services } from '../kernel/public.ts';
import { createUnit, defineKind, listUnitChildren, readUnit } from './public.ts';

export const system: { actor: Actor } = { actor: { kind: 'system', label: 'cli' } };

/** The code with which the work was refused. */
export async function refused(work: Promise<unknown>): Promise<RefusalCode | 'accepted'> {
  return work.then(
    () => 'accepted' as const,
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  );
}

type NewUnit = { code?: string; effective?: string; call?: { actor: Actor } };

/** A database of its own with a nation, one province and one party committee, and short ways to ask of them. */
export async function plantCountry() {
  const database = await testDatabase();
  const services: Services = { database, filesDirectory: tmpdir(), clock: () => new Date('2026-11-21T03:00:00Z') };
  async function create(parentId: number | null, kind: string, name: string, more: NewUnit = {}): Promise<number> {
    const { code = null, effective = '2020-01-01', call = system } = more;
    return (await execute(services, createUnit, { parentId, kind, name, code, effective }, call)).unitId;
  }
  const kinds = [
    ...['nation', 'province', 'district', 'commune', 'village'].map(
      (key, i) => ({ key, line: 'territorial', rank: i * 10 }) as const,
    ),
    ...['committee', 'cell'].map((key, i) => ({ key, line: 'organisational', rank: i * 10 }) as const),
  ];
  for (const kind of kinds)
    await execute(services, defineKind, { ...kind, names: { vi: kind.key, en: kind.key, ar: kind.key } }, system);
  const nation = await create(null, 'nation', 'Việt Nam', { code: 'VN', effective: '1976-07-02' });
  const province = await create(nation, 'province', 'Hà Tĩnh', { code: '42', effective: '1991-08-12' });
  const party = await create(null, 'committee', 'Đảng bộ xã Toàn Lưu');
  return {
    database,
    services,
    nation,
    province,
    party,
    create,
    read: (unitId: number, asOf?: string) => execute(services, readUnit, { unitId, asOf }, system),
    names: async (unitId: number, asOf?: string) =>
      (await execute(services, listUnitChildren, { unitId, asOf }, system)).units.map((unit) => unit.name),
  };
}
