import { FOREVER } from '@dinh/domain/kernel';
import { describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { correctName, defineKind, readHistory, renameUnit } from './public.ts';
import { plantCountry, refused, system } from './test-country.ts';

const { services, nation, province, create, read, names } = await plantCountry();

describe('creating and naming', () => {
  it('places a unit under its parent from its first day on', async () => {
    const commune = await create(province, 'commune', 'Xã Toàn Lưu', { code: '18001' });
    const page = await read(commune);
    expect(page).toMatchObject({
      name: 'Xã Toàn Lưu',
      code: '18001',
      state: 'standing',
      founded: '2020-01-01',
      ends: FOREVER,
    });
    expect(page.ancestors.map((unit) => unit.name)).toEqual(['Việt Nam', 'Hà Tĩnh']);
    expect((await read(commune, '2019-12-31')).state).toBe('not-yet-founded');
    expect(await names(province, '2019-12-31')).not.toContain('Xã Toàn Lưu');
  });

  it.each([
    ['a kind that stands no lower', 'units.kind-out-of-rank', () => create(province, 'nation', 'Nước khác')],
    ['an unknown kind', 'units.kind-unknown', () => create(province, 'canton', 'X')],
    ['the other line', 'units.line-differs', () => create(province, 'cell', 'X')],
    ['an unknown parent', 'access.unit-unknown', () => create(999_999, 'commune', 'X')],
    [
      'a day before the parent was founded',
      'units.not-yet-founded',
      () => create(province, 'commune', 'X', { effective: '1991-08-11' }),
    ],
    ['a code that is taken', 'units.duplicate-code', () => create(nation, 'province', 'X', { code: '42' })],
    ['a day that does not exist', 'input.invalid', () => create(nation, 'province', 'X', { effective: '2025-02-30' })],
    ['a name without a letter', 'input.invalid', () => create(nation, 'province', '—')],
  ] as const)('refuses %s', async (_what, code, work) => expect(await refused(work())).toBe(code));

  it('keeps the old name before the day of a new one', async () => {
    const commune = await create(province, 'commune', 'Xã Nam Điền');
    await execute(
      services,
      renameUnit,
      { unitId: commune, name: 'Xã Thạch Xuân', code: '18002', effective: '2024-01-01' },
      system,
    );
    expect((await read(commune, '2023-12-31')).name).toBe('Xã Nam Điền');
    expect(await read(commune)).toMatchObject({ name: 'Xã Thạch Xuân', code: '18002' });
    // A rename noted afterwards for days before lasts until the one already noted.
    await execute(services, renameUnit, { unitId: commune, name: 'Xã Giữa', effective: '2022-01-01' }, system);
    expect([(await read(commune, '2022-06-01')).name, (await read(commune)).name]).toEqual([
      'Xã Giữa',
      'Xã Thạch Xuân',
    ]);
    const history = await execute(services, readHistory, { unitId: commune }, system);
    expect(history.versions.map((version) => version.name)).toEqual(['Xã Nam Điền', 'Xã Giữa', 'Xã Thạch Xuân']);
    const again = { unitId: commune, name: 'Xã Thạch Xuân', effective: '2025-01-01' };
    expect(await refused(execute(services, renameUnit, again, system))).toBe('units.nothing-changed');
  });

  it('corrects a slip without a trace', async () => {
    const village = await create(await create(province, 'commune', 'Xã Một'), 'village', 'Thon Nam');
    await execute(services, correctName, { unitId: village, name: 'Thôn Nam' }, system);
    const { versions } = await execute(services, readHistory, { unitId: village }, system);
    expect(versions.map((version) => version.name)).toEqual(['Thôn Nam']);
  });

  it('lets a unit become another kind only where it still fits', async () => {
    const commune = await create(province, 'commune', 'Xã Cũ');
    await create(commune, 'village', 'Thôn Cũ');
    const change = (kind: string) =>
      execute(services, renameUnit, { unitId: commune, kind, effective: '2025-01-01' }, system);
    expect(await refused(change('village'))).toBe('units.kind-out-of-rank');
    expect(await refused(change('province'))).toBe('units.kind-out-of-rank');
    expect(await refused(change('cell'))).toBe('units.kind-of-other-line');
    expect(await refused(change('district'))).toBe('accepted');
    const rank = {
      key: 'district',
      line: 'territorial',
      rank: 45,
      names: { vi: 'huyện', en: 'district', ar: 'x' },
    } as const;
    expect(await refused(execute(services, defineKind, rank, system))).toBe('units.kind-in-use');
    expect(await refused(execute(services, defineKind, { ...rank, line: 'organisational', rank: 20 }, system))).toBe(
      'units.kind-in-use',
    );
  });
});
