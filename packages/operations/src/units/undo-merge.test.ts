import { transaction } from '@dinh/store/connection';
import { measureDrift, rebuildRollups } from '@dinh/store/rollups';
import { loadForest } from '@dinh/store/units';
import { describe, expect, it } from 'vitest';
import { type Actor, execute, type Services } from '../kernel/public.ts';
import { linkUnits, mergeUnits, readHistory, readUnit, renameUnit, undoMerge } from './public.ts';
import { plantCountry, refused, system } from './test-country.ts';

const { database, services, nation, province, party, create, names } = await plantCountry();
const person = (nth: number) => `00000000-0000-7000-8000-00000000000${nth}`;
const as = (nth: number): { actor: Actor } => ({ actor: { kind: 'person', personId: person(nth) } });
const administers = (nth: number, unitId: number) =>
  database.query(
    `insert into post (unit_id, id, person_id, post, valid_from, valid_to) values ($1, gen_random_uuid(), $2, 'administrator', '2020-01-01', '9999-12-31')`,
    [unitId, person(nth)],
  );
const everything = async () => {
  const forest = await loadForest(
    database.db,
    Array.from({ length: 200 }, (_, i) => i + 1),
  );
  const rows = await database.query('select * from unit_link order by unit_id, other_id, kind, valid_from');
  const notes = await database.query('select kind, from_unit, to_unit, effective from unit_lineage order by id');
  return JSON.stringify([[...forest.values()].filter((unit) => unit.versions.length > 0), rows, notes]);
};
const drift = async () => (await transaction(database, { readOnly: true }, (tx) => measureDrift(tx))).examples;
const undo = (unitId: number, call = system, at: Services = services) => execute(at, undoMerge, { unitId }, call);

/** Two communes with a village each, of which one has sheets and works, and a cell that works in the other. */
async function twoCommunes(mark: string) {
  const a = await create(province, 'commune', `Xã A${mark}`, { code: `A${mark}` });
  const b = await create(province, 'commune', `Xã B${mark}`, { code: `B${mark}` });
  const village = await create(a, 'village', `Thôn A${mark}`);
  await create(b, 'village', `Thôn B${mark}`);
  const cell = await create(party, 'cell', `Chi bộ ${mark}`);
  await execute(services, linkUnits, { unitId: cell, otherId: b, kind: 'works-in', effective: '2024-01-01' }, system);
  return { a, b, village, cell };
}

describe('a merger entered by mistake', () => {
  it('is taken back whole: units, codes, what was below, links and notes; the new unit never was', async () => {
    const { a, b, cell } = await twoCommunes('1');
    const before = await everything();
    const into = { parentId: province, kind: 'commune', name: 'Xã Hợp Nhất', code: 'A1' };
    const { unitId } = await execute(services, mergeUnits, { sources: [a, b], into, effective: '2025-07-01' }, system);
    expect(await names(unitId)).toEqual(['Thôn A1', 'Thôn B1']);
    expect((await execute(services, readUnit, { unitId }, system)).allowed).toContain('units.undo-merge');
    expect(await undo(unitId)).toEqual({ unitIds: [a, b], parentId: province });
    expect(await everything()).toBe(before);
    expect([await names(a), await names(b)]).toEqual([['Thôn A1'], ['Thôn B1']]);
    expect((await execute(services, readHistory, { unitId: cell }, system)).links).toMatchObject([
      { to: '9999-12-31' },
    ]);
    expect(await refused(execute(services, readUnit, { unitId }, system))).toBe('access.unit-unknown');
    expect(await refused(undo(unitId))).toBe('units.no-merge-to-undo');
    // And may be merged again, better this time.
    await execute(services, mergeUnits, { sources: [b], into: { unitId: a }, effective: '2025-07-01' }, system);
    await undo(a);
    expect(await everything()).toBe(before);
  });

  it('leaves every total equal to a recount', async () => {
    const { a, b, village } = await twoCommunes('2');
    await database.query(`insert into programme (key) values ('p')`);
    await database.query(
      `insert into assessment (unit_id, programme_id, period, period_end, pack_version, state, due, opened_at, declared_level, verified_level, declared_points, verified_points)
       select $1, 1, m, (m || '-01')::date + interval '1 month' - interval '1 day', '1', 'accepted', '2026-01-01', now(), 'a', 'b', 5, 6
       from unnest('{2025-06,2025-07,2025-08}'::text[]) m`,
      [village],
    );
    await database.query(
      `insert into work (unit_id, id, kind, title, starts, due, state, state_on, created_by, created_at, changed_at)
       select u, gen_random_uuid(), 'canal-new', 'w', '2025-07-10', '2025-08-10', 'done', '2025-07-20', 'x', now(), now() from unnest(array[$1, $2]::integer[]) u`,
      [village, a],
    );
    await transaction(database, {}, (tx) => rebuildRollups(tx));
    for (const into of [{ unitId: b }, { parentId: nation, kind: 'district', name: 'Huyện Mới', code: null }]) {
      const sources = 'unitId' in into ? [a] : [a, b];
      const merged = await execute(services, mergeUnits, { sources, into, effective: '2025-07-01' }, system);
      expect(await drift()).toEqual([]);
      await undo(merged.unitId);
      expect(await drift()).toEqual([]);
    }
  });

  it('stays when something was built on it, and when it is long ago', async () => {
    const { a, b } = await twoCommunes('3');
    const { unitId } = await execute(
      services,
      mergeUnits,
      { sources: [a, b], into: { parentId: province, kind: 'commune', name: 'Xã Ba' }, effective: '2025-07-01' },
      system,
    );
    const later = { ...services, clock: () => new Date('2026-12-22T03:00:00Z') };
    expect(await refused(undo(unitId, system, later))).toBe('units.no-merge-to-undo');
    await execute(services, renameUnit, { unitId, name: 'Xã Ba Mới', effective: '2026-01-01' }, system);
    expect(await refused(undo(unitId))).toBe('units.merge-built-on');
    const two = await twoCommunes('4');
    await execute(services, mergeUnits, { sources: [two.b], into: { unitId: two.a }, effective: '2025-07-01' }, system);
    await execute(services, renameUnit, { unitId: two.village, name: 'Thôn Khác', effective: '2026-02-01' }, system);
    // What always stood below the heir was not touched by the merger.
    expect(await refused(undo(two.a))).toBe('accepted');
  });

  it('is taken back by those who administer all of it', async () => {
    const { a, b } = await twoCommunes('5');
    await administers(1, a);
    await administers(2, province);
    await execute(services, mergeUnits, { sources: [b], into: { unitId: a }, effective: '2025-07-01' }, as(2));
    expect(await refused(undo(a, as(1)))).toBe('access.denied');
    expect(await refused(undo(a, { actor: { kind: 'anonymous' } }))).toBe('access.sign-in');
    expect(await refused(undo(a, as(2)))).toBe('accepted');
  });
});
