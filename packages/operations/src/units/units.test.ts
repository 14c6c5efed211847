import { tmpdir } from 'node:os';
import { FOREVER, Refusal, type RefusalCode } from '@dinh/domain/kernel';
import { countStatements } from '@dinh/store/connection';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Actor, execute, type Services } from '../kernel/public.ts';
import {
  correctName,
  createUnit,
  defineKind,
  dissolveUnit,
  linkUnits,
  listUnitChildren,
  listUnitRoots,
  mergeUnits,
  moveUnit,
  readHistory,
  readUnit,
  renameUnit,
  searchForUnits,
  splitUnit,
  unlinkUnits,
} from './public.ts';

const database = await testDatabase();
const services: Services = { database, filesDirectory: tmpdir(), clock: () => new Date('2026-11-21T03:00:00Z') };
const system: { actor: Actor } = { actor: { kind: 'system', label: 'cli' } };
const person = (nth: number) => `00000000-0000-7000-8000-00000000000${nth}`;
const as = (nth: number): { actor: Actor } => ({ actor: { kind: 'person', personId: person(nth) } });

async function refused(work: Promise<unknown>): Promise<RefusalCode | 'accepted'> {
  return work.then(
    () => 'accepted' as const,
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  );
}

type NewUnit = { code?: string; effective?: string; call?: { actor: Actor } };
async function create(parentId: number | null, kind: string, name: string, more: NewUnit = {}): Promise<number> {
  const { code = null, effective = '2020-01-01', call = system } = more;
  return (await execute(services, createUnit, { parentId, kind, name, code, effective }, call)).unitId;
}
const read = (unitId: number, asOf?: string) => execute(services, readUnit, { unitId, asOf }, system);
async function names(unitId: number, asOf?: string): Promise<string[]> {
  return (await execute(services, listUnitChildren, { unitId, asOf }, system)).units.map((unit) => unit.name);
}
async function search(words: string, more: object = {}): Promise<string[]> {
  return (await execute(services, searchForUnits, { words, ...more }, system)).units.map((unit) => unit.name);
}

let nation = 0;
let province = 0;
let party = 0;

beforeAll(async () => {
  const ranks = { nation: 0, province: 10, district: 20, commune: 30, village: 40, group: 50 };
  for (const [key, rank] of Object.entries(ranks))
    await execute(
      services,
      defineKind,
      { key, line: 'territorial', rank, names: { vi: key, en: key, ar: key } },
      system,
    );
  for (const [key, rank] of Object.entries({ committee: 10, cell: 20 }))
    await execute(
      services,
      defineKind,
      { key, line: 'organisational', rank, names: { vi: key, en: key, ar: key } },
      system,
    );
  nation = await create(null, 'nation', 'Việt Nam', { code: 'VN', effective: '1976-07-02' });
  province = await create(nation, 'province', 'Hà Tĩnh', { code: '42', effective: '1991-08-12' });
  party = await create(null, 'committee', 'Đảng bộ xã Toàn Lưu');
});

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
