import { DAWN, FOREVER } from '@dinh/domain/kernel';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../connection/public.ts';
import { countStatements, transaction } from '../connection/public.ts';
import { testDatabase } from '../testing/public.ts';
import type { IncomingUnit } from './public.ts';
import { insertUnits, listChildren, loadForest, readUnitPage, searchUnits } from './public.ts';

const database = await testDatabase();
const TODAY = '2026-11-21';
const inTree = <Answer>(fn: (tx: Tx) => Promise<Answer>) => transaction(database, {}, fn);
const row = (code: string | null, parentCode: string | null, more: Partial<IncomingUnit> = {}): IncomingUnit => ({
  line: 'territorial',
  kind: 'village',
  code,
  name: `Thôn ${code ?? ''}`,
  parentCode,
  validFrom: DAWN,
  validTo: FOREVER,
  ...more,
});

beforeAll(() =>
  inTree(async (tx) => {
    for (const [key, rank] of Object.entries({ nation: 0, district: 20, commune: 30, village: 40 }))
      await sql`insert into unit_kind values (${key}, 'territorial', ${rank}, '{}')`.execute(tx);
    await sql`insert into unit_kind values ('cell', 'organisational', 40, '{}')`.execute(tx);
  }),
);

describe('many units at once', () => {
  it('takes rows in any order, follows a parent code from unit to unit and continues units across a reorganisation', async () => {
    const { ids, problems } = await inTree((tx) =>
      insertUnits(tx, [
        row('V1', 'C1', { validTo: '2025-07-01' }),
        // Its commune's code passes to another unit that day, and the village itself gets a new code.
        row('V1b', 'C1', { continues: 'V1', validFrom: '2025-07-01', name: 'Thôn Mới' }),
        row('C1', 'D', { kind: 'commune', name: 'Xã Cũ', validTo: '2025-07-01' }),
        row('C1', 'VN', { kind: 'commune', name: 'Xã Mới', validFrom: '2025-07-01' }),
        row('D', 'VN', { kind: 'district', validTo: '2025-07-01' }),
        row('VN', null, { kind: 'nation', name: 'Việt Nam' }),
        row('V2', 'C1'),
      ]),
    );
    expect(problems).toEqual([]);
    expect(ids[0]).toBe(ids[1]);
    const paths = await Promise.all(
      ['2025-06-30', '2025-07-01'].flatMap((day) =>
        [ids[0]!, ids[6]!].map(async (id) => (await readUnitPage(database.db, id, day))?.ancestors.length),
      ),
    );
    expect(paths).toEqual([3, 3, 2, 2]);
    const forest = await loadForest(database.db, [ids[6]!]);
    expect(forest.get(ids[6]!)?.parents.map((span) => span.parentId)).toEqual([ids[2], ids[3]]);
  });

  it('leaves out what cannot stand, with all that hangs on it, and takes the rest', async () => {
    const { ids, problems } = await inTree((tx) =>
      insertUnits(tx, [
        row('OK', 'C1'),
        row('V2', 'C1'),
        row('TWICE', 'C1', { validTo: '2020-01-01' }),
        row('TWICE', 'C1', { validFrom: '2019-01-01' }),
        row(null, 'nowhere'),
        row('K', 'C1', { kind: 'canton' }),
        row('L', 'C1', { kind: 'cell' }),
        row('B', 'C1', { validFrom: '2020-01-01', validTo: '2020-01-01' }),
        row('E', 'C1', { name: '—' }),
        row('S', 'V2'),
        row('D2', 'D', { kind: 'commune' }),
        row('G', 'C1', { continues: 'nothing', validFrom: '2020-01-01' }),
        row('lost', 'nowhere', { kind: 'commune', validTo: '2020-01-01' }),
        row('under-lost', 'lost', { validTo: '2019-01-01' }),
        row('lost-again', 'C1', { kind: 'commune', continues: 'lost', validFrom: '2020-01-01' }),
      ]),
    );
    expect(Object.fromEntries(problems.map((problem) => [problem.row, problem.code]))).toEqual({
      1: 'units.duplicate-code',
      3: 'units.duplicate-code',
      4: 'units.parent-unknown',
      5: 'units.kind-unknown',
      6: 'units.line-differs',
      7: 'units.dates-wrong',
      8: 'input.required',
      9: 'units.kind-out-of-rank',
      10: 'units.parent-missing-days',
      11: 'units.nothing-to-continue',
      12: 'units.parent-unknown',
      13: 'units.parent-unknown',
      14: expect.stringMatching(/^units\.(kind-out-of-rank|nothing-to-continue)$/),
    });
    expect(ids.flatMap((id, i) => (id === null ? [] : [i]))).toEqual([0, 2]);
  });

  it('never stores two stretches of one unit for the same day, nor one of an unknown unit, whoever writes', async () => {
    const write = inTree((tx) =>
      sql`insert into unit_parent select unit_id, '2030-01-01', '2031-01-01', parent_id from unit_parent where valid_to = ${FOREVER} limit 1`.execute(
        tx,
      ),
    );
    await expect(write).rejects.toMatchObject({ code: '23P01' });
    const unknown = inTree((tx) =>
      sql`insert into unit_parent values (999999, '2030-01-01', '2031-01-01', 1)`.execute(tx),
    );
    await expect(unknown).rejects.toMatchObject({ code: '23503' });
  });
});

describe('a unit with 8,000 children', () => {
  beforeAll(() =>
    inTree(async (tx) => {
      const many = Array.from({ length: 8000 }, (_, i) =>
        row(`M${i}`, 'BIG', { name: `Khu ${['Nam', 'Bắc', 'Đông', 'Tây'][i % 4]} số ${i}` }),
      );
      const { problems } = await insertUnits(tx, [row('BIG', 'VN', { kind: 'commune', name: 'Xã Rất Lớn' }), ...many]);
      expect(problems).toEqual([]);
    }),
  );
  const bigId = async () => (await searchUnits(database.db, 'xa rat lon', TODAY, { limit: 1 }))[0]!.id;

  it('is paged in one statement each, every child once, in the order people count', async () => {
    const unitId = await bigId();
    const seen: number[] = [];
    let after: { ordered: string; id: number } | undefined;
    for (let pages = 0; pages < 100; pages++) {
      const page = await listChildren(database.db, unitId, TODAY, { limit: 1000, after });
      seen.push(...page.map((unit) => unit.id));
      const last = page.at(-1);
      if (!last) break;
      after = { ordered: last.ordered, id: last.id };
    }
    expect(seen.length).toBe(8000);
    expect(new Set(seen).size).toBe(8000);
    const [first, second] = await listChildren(database.db, unitId, TODAY, { limit: 2 });
    expect([first?.name, second?.name]).toEqual(['Khu Bắc số 1', 'Khu Bắc số 5']);
    expect(await countStatements(database, () => listChildren(database.db, unitId, TODAY, { limit: 50 }))).toBe(1);
  });

  it('is searched with few statements, for rare words and for common ones', async () => {
    const within = await bigId();
    const names = async (words: string, options = {}) =>
      (await searchUnits(database.db, words, TODAY, { limit: 5, ...options })).map((unit) => unit.name);
    expect(await names('khu so 4242')).toEqual(['Khu Đông số 4242']);
    expect(await names('4242', { within })).toEqual(['Khu Đông số 4242']);
    expect(await names('KHU ĐÔNG')).toHaveLength(5);
    expect(await names('so khu')).toHaveLength(5);
    expect(await names('khu zzz')).toEqual([]);
    expect(await countStatements(database, () => names('khu so 1', { within }))).toBeLessThanOrEqual(3);
  });
});
