import { countStatements } from '@dinh/store/connection';
import { describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { dissolveUnit, linkUnits, listUnitChildren, listUnitRoots, searchForUnits, unlinkUnits } from './public.ts';
import { plantCountry, refused, system } from './test-country.ts';

const { database, services, province, party, create, read } = await plantCountry();
async function search(words: string, more: object = {}): Promise<string[]> {
  return (await execute(services, searchForUnits, { words, ...more }, system)).units.map((unit) => unit.name);
}

describe('links', () => {
  it('join the two lines from a day on and end with either unit', async () => {
    const village = await create(await create(province, 'commune', 'Xã Nối'), 'village', 'Thôn Nối');
    const cell = await create(party, 'cell', 'Chi bộ thôn Nối');
    const link = (otherId: number, effective: string) =>
      ({ unitId: cell, otherId, kind: 'works-in', effective }) as const;
    await execute(services, linkUnits, link(village, '2024-01-01'), system);
    expect(await refused(execute(services, linkUnits, link(village, '2023-01-01'), system))).toBe('units.link-exists');
    expect(await refused(execute(services, linkUnits, link(party, '2024-01-01'), system))).toBe(
      'units.link-within-line',
    );
    expect((await read(village)).links).toMatchObject([
      { kind: 'works-in', direction: 'to', unit: { name: 'Chi bộ thôn Nối' } },
    ]);
    await execute(services, unlinkUnits, link(village, '2025-01-01'), system);
    expect([(await read(village)).links, (await read(village, '2024-12-31')).links.length]).toEqual([[], 1]);
    expect(await refused(execute(services, unlinkUnits, link(village, '2025-01-01'), system))).toBe(
      'units.link-unknown',
    );
    await execute(services, linkUnits, link(village, '2026-01-01'), system);
    await execute(services, dissolveUnit, { unitId: village, effective: '2026-06-01' }, system);
    expect((await read(cell)).links).toEqual([]);
  });
});

describe('finding', () => {
  it('reads names without accents, exact ones first, with the path that tells equals apart', async () => {
    const commune = await create(province, 'commune', 'Xã Thạch Hà');
    const other = await create(province, 'commune', 'Xã Cẩm Bình');
    for (const name of ['Nam Bắc Thành', 'Thôn Nam Bắc Thành Mới', 'Nam Bắc Thành Đông'])
      await create(commune, 'village', name);
    await create(other, 'village', 'Nam Bắc Thành');
    const found = await execute(services, searchForUnits, { words: 'nam bac thanh' }, system);
    expect(found.units.map((unit) => unit.name)).toEqual([
      'Nam Bắc Thành',
      'Nam Bắc Thành',
      'Nam Bắc Thành Đông',
      'Thôn Nam Bắc Thành Mới',
    ]);
    expect(found.units.slice(0, 2).map((unit) => unit.path.at(-1)?.name)).toEqual(['Xã Thạch Hà', 'Xã Cẩm Bình']);
    expect(await search('thanh BẮC n')).toHaveLength(4);
    expect(await search('nam bac thanh', { within: other })).toEqual(['Nam Bắc Thành']);
    expect(await search('nam', { within: other, kind: 'commune' })).toEqual([]);
    expect(await search('nam bac thanh', { asOf: '2019-01-01' })).toEqual([]);
    await create(province, 'commune', 'Xã Toàn Lưu', { code: '18001' });
    expect(await search('18001')).toEqual(['Xã Toàn Lưu']);
    expect(await search(`' & | ! :*`)).toEqual([]);
    const first = await execute(services, searchForUnits, { words: 'nam bac', limit: 3 }, system);
    const rest = await execute(services, searchForUnits, { words: 'nam bac', limit: 3, after: first.next! }, system);
    expect([...first.units, ...rest.units].map((unit) => unit.id)).toEqual(
      (await execute(services, searchForUnits, { words: 'nam bac' }, system)).units.map((unit) => unit.id),
    );
    expect(rest.next).toBeNull();
  });

  it('pages children in a constant number of statements', async () => {
    const commune = await create(province, 'commune', 'Xã Trang');
    for (const nth of [10, 1, 2]) await create(commune, 'village', `Thôn ${nth}`);
    const first = await execute(services, listUnitChildren, { unitId: commune, limit: 2 }, system);
    expect(first.units.map((unit) => unit.name)).toEqual(['Thôn 1', 'Thôn 2']);
    const second = await execute(services, listUnitChildren, { unitId: commune, limit: 2, after: first.next! }, system);
    expect([second.units.map((unit) => unit.name), second.next]).toEqual([['Thôn 10'], null]);
    // begin, one statement, commit
    expect(
      await countStatements(database, () => execute(services, listUnitChildren, { unitId: province }, system)),
    ).toBe(3);
    expect(await countStatements(database, () => read(province))).toBe(3);
    const { units } = await execute(services, listUnitRoots, {}, system);
    expect(units.map((unit) => unit.name)).toEqual(['Việt Nam', 'Đảng bộ xã Toàn Lưu']);
  });
});
