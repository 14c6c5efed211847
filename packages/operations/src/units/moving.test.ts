import { describe, expect, it } from 'vitest';
import { type Actor, execute } from '../kernel/public.ts';
import { dissolveUnit, mergeUnits, moveUnit, readUnit, renameUnit, splitUnit } from './public.ts';
import { plantCountry, refused, system } from './test-country.ts';

const { database, services, province, party, create, read, names } = await plantCountry();
const person = (nth: number) => `00000000-0000-7000-8000-00000000000${nth}`;
const as = (nth: number): { actor: Actor } => ({ actor: { kind: 'person', personId: person(nth) } });

describe('moving', () => {
  it('moves from a day on, and leaves the days before and later notes alone', async () => {
    const [a, b, c] = [
      await create(province, 'commune', 'A'),
      await create(province, 'commune', 'B'),
      await create(province, 'commune', 'C'),
    ];
    const village = await create(a, 'village', 'Thôn Đi');
    const move = (unitId: number, parentId: number, effective: string) =>
      execute(services, moveUnit, { unitId, parentId, effective }, system);
    await move(village, c, '2025-07-01');
    await move(village, b, '2024-01-01');
    const above = async (day: string) => (await read(village, day)).ancestors.at(-1)?.name;
    expect([
      await above('2023-12-31'),
      await above('2024-01-01'),
      await above('2025-06-30'),
      await above('2025-07-01'),
    ]).toEqual(['A', 'B', 'B', 'C']);
    expect(await refused(move(village, c, '2026-01-01'))).toBe('units.already-there');
    expect(await refused(move(village, village, '2026-01-01'))).toBe('units.same-unit');
    expect(await refused(move(a, village, '2026-01-01'))).toBe('units.kind-out-of-rank');
    expect(await refused(move(province, a, '2026-01-01'))).toBe('units.cycle');
    expect(await refused(move(village, a, '2019-12-31'))).toBe('units.not-yet-founded');
  });

  it('asks the right over the unit, the parent it leaves and the one it joins', async () => {
    const [mine, theirs] = [await create(province, 'commune', 'Của ta'), await create(province, 'commune', 'Của họ')];
    const village = await create(mine, 'village', 'Thôn Ta');
    for (const [nth, unitId] of [
      [1, mine],
      [2, province],
    ] as const)
      await database.query(
        `insert into post (unit_id, id, person_id, post, valid_from, valid_to) values ($1, gen_random_uuid(), $2, 'administrator', '2020-01-01', '9999-12-31')`,
        [unitId, person(nth)],
      );
    const input = { unitId: village, parentId: theirs, effective: '2026-01-01' };
    expect(await refused(execute(services, moveUnit, input, as(1)))).toBe('access.denied');
    expect(
      await refused(
        execute(services, mergeUnits, { sources: [theirs], into: { unitId: mine }, effective: '2026-01-01' }, as(1)),
      ),
    ).toBe('access.denied');
    expect(await refused(create(theirs, 'village', 'X', { call: as(1) }))).toBe('access.denied');
    expect(await refused(create(mine, 'village', 'X', { call: as(1) }))).toBe('accepted');
    expect(await refused(execute(services, moveUnit, input, as(2)))).toBe('accepted');
    expect(await refused(execute(services, moveUnit, input, { actor: { kind: 'anonymous' } }))).toBe('access.sign-in');
    const { allowed } = await execute(services, readUnit, { unitId: mine }, as(1));
    expect(allowed).toContain('units.rename');
    expect((await execute(services, readUnit, { unitId: theirs }, as(1))).allowed).toEqual([]);
  });
});

describe('merging, splitting, dissolving', () => {
  it('merges into a unit that stands: children go over, sources end, both days add up', async () => {
    const [a, b] = [
      await create(province, 'commune', 'Xã A1', { code: 'A1' }),
      await create(province, 'commune', 'Xã B1'),
    ];
    await create(a, 'village', 'Thôn A1');
    await create(b, 'village', 'Thôn B1');
    await execute(
      services,
      mergeUnits,
      { sources: [b], into: { unitId: a }, effective: '2025-07-01', note: 'NQ' },
      system,
    );
    expect([await names(a, '2025-06-30'), await names(a), await names(b, '2025-06-30')]).toEqual([
      ['Thôn A1'],
      ['Thôn A1', 'Thôn B1'],
      ['Thôn B1'],
    ]);
    expect(await read(b)).toMatchObject({
      state: 'dissolved',
      ends: '2025-07-01',
      after: [{ kind: 'merge', unit: { id: a } }],
    });
    expect((await read(a)).before).toMatchObject([{ kind: 'merge', note: 'NQ', unit: { name: 'Xã B1' } }]);
    expect(await refused(create(b, 'village', 'Muộn', { effective: '2026-01-01' }))).toBe('units.dissolved');
    expect(await refused(create(b, 'village', 'Sớm', { effective: '2025-01-01' }))).toBe('units.parent-dissolved');
  });

  it('merges into a new unit that may bear the code of a source', async () => {
    const [a, b] = [
      await create(province, 'commune', 'Xã A2', { code: 'A2' }),
      await create(province, 'commune', 'Xã B2'),
    ];
    await create(a, 'village', 'Thôn A2');
    const into = { parentId: province, kind: 'commune', name: 'Xã Mới', code: 'A2' };
    const { unitId } = await execute(services, mergeUnits, { sources: [a, b], into, effective: '2025-07-01' }, system);
    expect(await names(unitId)).toEqual(['Thôn A2']);
    expect((await read(unitId)).before).toHaveLength(2);
    const wrong = (sources: number[], heir: number) =>
      refused(execute(services, mergeUnits, { sources, into: { unitId: heir }, effective: '2026-01-01' }, system));
    expect(await wrong([unitId], unitId)).toBe('units.same-unit');
    expect(await wrong([a], unitId)).toBe('units.dissolved');
    expect(await wrong([unitId], party)).toBe('units.line-differs');
  });

  it('lets a level go: districts merge into their province', async () => {
    const district = await create(province, 'district', 'Huyện Thạch Hà');
    const commune = await create(district, 'commune', 'Xã Thạch Đài');
    await execute(
      services,
      mergeUnits,
      { sources: [district], into: { unitId: province }, effective: '2025-07-01' },
      system,
    );
    expect((await read(commune)).ancestors.map((unit) => unit.name)).toEqual(['Việt Nam', 'Hà Tĩnh']);
    expect((await read(commune, '2025-06-30')).ancestors).toHaveLength(3);
  });

  it('splits, with every child going somewhere', async () => {
    const commune = await create(province, 'commune', 'Xã Lớn');
    const [v1, v2] = [await create(commune, 'village', 'Thôn 1'), await create(commune, 'village', 'Thôn 2')];
    const split = (parts: { name: string; children?: number[] }[], keep = false) =>
      execute(services, splitUnit, { unitId: commune, effective: '2025-07-01', keep, parts }, system);
    expect(await refused(split([{ name: 'Đông', children: [v1] }]))).toBe('input.invalid');
    expect(await refused(split([{ name: 'Đông', children: [v1] }, { name: 'Tây' }]))).toBe('units.children-unassigned');
    expect(
      await refused(
        split([
          { name: 'Đông', children: [v1, v2] },
          { name: 'Tây', children: [v2] },
        ]),
      ),
    ).toBe('units.child-twice');
    expect(await refused(split([{ name: 'Đông', children: [v1, v2, province] }, { name: 'Tây' }]))).toBe(
      'units.not-a-child',
    );
    const { unitIds } = await split([
      { name: 'Đông', children: [v1] },
      { name: 'Tây', children: [v2] },
    ]);
    expect(await Promise.all(unitIds.map((id) => names(id)))).toEqual([['Thôn 1'], ['Thôn 2']]);
    expect((await read(commune)).after.map(({ unit }) => unit.name)).toEqual(['Đông', 'Tây']);
    expect((await read(v1, '2025-06-30')).ancestors.at(-1)?.name).toBe('Xã Lớn');
    const kept = await execute(
      services,
      splitUnit,
      { unitId: unitIds[0]!, effective: '2026-01-01', keep: true, parts: [{ name: 'Đông Bắc' }] },
      system,
    );
    expect(kept.unitIds).toHaveLength(1);
    expect(await names(unitIds[0]!)).toEqual(['Thôn 1']);
  });

  it('dissolves only what is empty, has no later months and no later changes', async () => {
    const commune = await create(province, 'commune', 'Xã Hết');
    const village = await create(commune, 'village', 'Thôn Hết');
    const dissolve = (unitId: number, effective: string) =>
      refused(execute(services, dissolveUnit, { unitId, effective }, system));
    expect(await dissolve(commune, '2025-07-01')).toBe('units.has-children');
    expect(await dissolve(village, '2020-01-01')).toBe('units.not-yet-founded');
    await database.query(`insert into programme (key) values ('p')`);
    await database.query(
      `insert into assessment (unit_id, programme_id, period, period_end, pack_version, state, due, opened_at)
       select $1, id, '2025-07', '2025-07-31', '1', 'open', '2025-08-05', now() from programme where key = 'p'`,
      [village],
    );
    expect(await dissolve(village, '2025-07-31')).toBe('units.has-later-data');
    const merged = execute(
      services,
      mergeUnits,
      { sources: [village], into: { parentId: commune, kind: 'village', name: 'X' }, effective: '2025-07-01' },
      system,
    );
    expect(await refused(merged)).toBe('units.has-later-data');
    await execute(services, renameUnit, { unitId: village, name: 'Thôn Sau', effective: '2026-01-01' }, system);
    expect(await dissolve(village, '2025-08-01')).toBe('units.has-later-changes');
    expect(await dissolve(village, '2026-02-01')).toBe('accepted');
    expect(await dissolve(village, '2026-02-01')).toBe('units.dissolved');
    expect(await dissolve(commune, '2026-02-01')).toBe('accepted');
  });
});
