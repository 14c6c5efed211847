import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countStatements, transaction } from '@dinh/store/connection';
import { testDatabase } from '@dinh/store/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Services } from '../kernel/public.ts';
import { execute } from '../kernel/public.ts';
import { as, plant, refusalOf, who } from '../testing/public.ts';
import {
  add,
  addCost,
  addPhoto,
  correct,
  file,
  list,
  move,
  publishedWorks,
  read,
  removePhoto,
  report,
  saveKind,
  takeBackCost,
} from './public.ts';

const VILLAGE = 3;
const database = await testDatabase();
const filesDirectory = await mkdtemp(join(tmpdir(), 'works-'));
const on = (day: string): Services => ({ database, filesDirectory, clock: () => new Date(`${day}T03:00:00Z`) });
const uuid = (n: number) => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const road = {
  unitId: VILLAGE,
  kind: 'road-widened',
  title: 'Main road',
  starts: '2026-03-01',
  due: '2026-06-30',
  quantities: { length: '1200.5', width: '5' },
};
const secretary = as(who.secretary);
const plan = (id: number, more = {}) =>
  refusalOf(execute(on('2026-03-10'), add, { ...road, id: uuid(id), ...more }, secretary));
const look = (id: number) => execute(on('2026-09-01'), read, { unitId: VILLAGE, workId: uuid(id) }, secretary);
const say = async (id: number, day: string, quantities: Record<string, string>, by = secretary) => {
  const { revision } = (await look(id)).work;
  const said = { unitId: VILLAGE, workId: uuid(id), on: day, quantities, revision };
  return refusalOf(execute(on('2026-09-01'), report, said, by));
};
const take = (id: number, state: 'under-way' | 'done' | 'handed-over' | 'stopped', day: string, reason = '') =>
  refusalOf(execute(on('2026-09-01'), move, { unitId: VILLAGE, workId: uuid(id), state, on: day, reason }, secretary));
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

beforeAll(async () => {
  await plant(database, []);
});

describe('a work', () => {
  it('is planned with quantities of its kind, and nothing negative, absurd or unknown', async () => {
    expect(await plan(1)).toBe('accepted');
    expect(await plan(1)).toBe('works.already-there');
    expect(await plan(2, { kind: 'pyramid' })).toBe('works.kind-unknown');
    for (const quantities of [
      { length: '-1' },
      { length: '100001' },
      { length: 'x' },
      { depth: '1' },
      { width: '1.0001' },
    ])
      expect(await plan(2, { quantities }), JSON.stringify(quantities)).toBe('works.quantity-wrong');
    expect(await plan(2, { kind: 'garden-model', quantities: { count: '1.5' } })).toBe('works.quantity-wrong');
    expect(await plan(2, { due: '2026-02-28' })).toBe('works.day-wrong');
    expect(await plan(2, { starts: '1944-12-31' })).toBe('works.day-wrong');
    expect(await plan(2, { due: '2099-01-01' })).toBe('works.day-wrong');
    expect(await plan(2, { driveId: uuid(99) })).toBe('works.drive-unknown');
    expect(await plan(2, { taskId: uuid(99) })).toBe('works.task-unknown');
    expect(await plan(2, { responsible: who.secretaryBeside })).toBe('works.person-unknown');
    for (const spot of ['91, 0', '18.29', '18.29, 105.99, 3', 'here', '1, 2\n'.repeat(201)])
      expect(await plan(2, { spot }), spot.slice(0, 20)).toBe('works.spot-wrong');
    const { work } = await look(1);
    expect(work).toMatchObject({ state: 'planned', stateOn: '2026-03-01', begun: '2026-03-01', spot: null });
    expect(work.quantities).toEqual([
      { measure: 'length', planned: '1200.5', done: '0' },
      { measure: 'width', planned: '5', done: '0' },
    ]);
  });

  it('goes its way: begun, reported, done, handed over; stopped with the reason', async () => {
    expect(await take(1, 'done', '2026-04-01')).toBe('works.step-wrong');
    expect(await say(1, '2026-04-01', { length: '10' })).toBe('works.not-started');
    expect(await take(1, 'under-way', '2026-02-01')).toBe('works.day-wrong');
    expect(await take(1, 'under-way', '2026-12-01')).toBe('works.day-wrong');
    expect(await take(1, 'under-way', '2026-04-01')).toBe('accepted');
    expect(await take(1, 'done', '2026-04-02')).toBe('works.nothing-done');
    expect(await say(1, '2026-04-20', { length: '400.25' })).toBe('accepted');
    expect(await say(1, '2026-05-20', { length: '400.25', width: '' })).toBe('works.nothing-done');
    expect(await say(1, '2026-02-20', { length: '500' })).toBe('works.day-wrong');
    expect(await take(1, 'stopped', '2026-05-01')).toBe('works.reason-needed');
    expect(await take(1, 'stopped', '2026-05-01', 'floods')).toBe('accepted');
    expect(await take(1, 'under-way', '2026-06-01')).toBe('accepted');
    expect(await say(1, '2026-06-20', { length: '1300', width: '5' })).toBe('accepted');
    expect(await take(1, 'done', '2026-07-01')).toBe('accepted');
    expect(await say(1, '2026-07-02', { length: '1301' })).toBe('works.ended');
    expect(await take(1, 'handed-over', '2026-07-10')).toBe('accepted');
    const { work, steps, reports } = await look(1);
    expect(work.quantities[0]).toEqual({ measure: 'length', planned: '1200.5', done: '1300' });
    expect(steps.map(({ state }) => state)).toEqual([
      'handed-over',
      'done',
      'under-way',
      'stopped',
      'under-way',
      'planned',
    ]);
    expect(reports.map(({ added }) => added)).toEqual([{ length: '899.75', width: '5' }, { length: '400.25' }]);
    const again = { ...road, workId: uuid(1), revision: work.revision };
    const { kind: _kind, ...content } = again;
    expect(await refusalOf(execute(on('2026-09-01'), correct, content, secretary))).toBe('works.ended');
  });

  it('is not overwritten by somebody who looked at it before', async () => {
    expect(await plan(3, { spot: '18.2901, 105.9912\n18.2950, 105.9950' })).toBe('accepted');
    const { kind: _kind, ...content } = { ...road, workId: uuid(3), revision: 1 };
    const change = (more: object) => refusalOf(execute(on('2026-03-11'), correct, { ...content, ...more }, secretary));
    const { revision, spot } = (await look(3)).work;
    expect(spot).toEqual({
      type: 'line',
      points: [
        [18.2901, 105.9912],
        [18.295, 105.995],
      ],
    });
    expect(await change({ revision, title: 'Renamed', quantities: { length: '1' } })).toBe('accepted');
    expect(await change({ revision })).toBe('works.changed-meanwhile');
    expect((await look(3)).work.quantities[1]).toEqual({ measure: 'width', planned: null, done: '0' });
  });

  it('is reported on by whoever is in charge, and kept by the committee alone', async () => {
    const member = as(who.member);
    expect(await take(3, 'under-way', '2026-04-01')).toBe('accepted');
    expect(await say(3, '2026-04-02', { length: '1' }, member)).toBe('works.not-in-charge');
    const { revision } = (await look(3)).work;
    const { kind: _kind, ...content } = { ...road, workId: uuid(3), revision, responsible: who.member };
    expect(await refusalOf(execute(on('2026-05-01'), correct, content, member))).toBe('access.denied');
    expect(await refusalOf(execute(on('2026-05-01'), correct, content, secretary))).toBe('accepted');
    expect(await say(3, '2026-04-02', { length: '1' }, member)).toBe('accepted');
    expect(await say(3, '2026-04-02', { length: '1' }, as(who.secretaryBeside))).toBe('access.denied');
  });

  it('says what it cost and who paid, without what was entered wrongly', async () => {
    const give = (n: number, more = {}) =>
      refusalOf(
        execute(
          on('2026-09-01'),
          addCost,
          {
            ...{ unitId: VILLAGE, workId: uuid(1), id: uuid(n), source: 'people' as const },
            ...{ amount: 250_000_000, currency: 'VND', on: '2026-05-01', ...more },
          },
          secretary,
        ),
      );
    expect(await give(11)).toBe('accepted');
    expect(await give(11)).toBe('works.already-there');
    expect(await give(12, { source: 'budget', amount: 750_000_000 })).toBe('accepted');
    expect(await give(13, { source: 'budget', amount: 1 })).toBe('accepted');
    expect(await give(14, { amount: -1 })).toBe('input.invalid');
    expect(await give(14, { amount: 2 ** 52 })).toBe('input.invalid');
    expect(await give(14, { on: '2027-01-01' })).toBe('works.day-wrong');
    const back = () =>
      refusalOf(execute(on('2026-09-01'), takeBackCost, { unitId: VILLAGE, id: uuid(13), reason: 'twice' }, secretary));
    expect(await back()).toBe('accepted');
    expect(await back()).toBe('works.cost-unknown');
    expect((await look(1)).work.money).toEqual([
      { source: 'people', currency: 'VND', amount: '250000000' },
      { source: 'budget', currency: 'VND', amount: '750000000' },
    ]);
  });

  it('has photos of before and after, which its public page shows', async () => {
    const photo = (n: number, phase: 'before' | 'during' | 'after', content = png) =>
      refusalOf(
        execute(
          on('2026-09-01'),
          addPhoto,
          { unitId: VILLAGE, workId: uuid(1), id: uuid(n), phase, content },
          secretary,
        ),
      );
    expect(await photo(21, 'before')).toBe('accepted');
    expect(await photo(22, 'during')).toBe('accepted');
    expect(await photo(23, 'after', Buffer.from('<svg onload=alert(1)>').toString('base64'))).toBe(
      'files.type-refused',
    );
    const digest = (await look(1)).photos[0]!.digest;
    expect(await execute(on('2026-09-01'), file, { unitId: VILLAGE, digest }, as(who.officer))).toMatchObject({
      mediaType: 'image/png',
    });
    const strange = { unitId: VILLAGE, digest: '0'.repeat(64) };
    expect(await refusalOf(execute(on('2026-09-01'), file, strange, secretary))).toBe('works.file-unknown');
    const [shown] = await transaction(database, { readOnly: true }, (tx) => publishedWorks({ tx }, VILLAGE)).then(
      (works) => works.filter(({ id }) => id === uuid(1)),
    );
    expect(shown).toMatchObject({
      state: 'handed-over',
      cost: [{ currency: 'VND', amount: '1000000000' }],
      photos: [{ phase: 'before', digest }],
      quantities: [
        { key: 'length', planned: '1200.5', done: '1300' },
        { key: 'width', planned: '5', done: '5' },
      ],
    });
    const gone = { unitId: VILLAGE, workId: uuid(1), id: uuid(21) };
    expect(await refusalOf(execute(on('2026-09-01'), removePhoto, gone, secretary))).toBe('accepted');
    expect(await refusalOf(execute(on('2026-09-01'), removePhoto, gone, secretary))).toBe('works.photo-unknown');
  });
});

describe('kinds of works', () => {
  const named = (text: string) => ({ vi: text, en: text, ar: text });
  const measure = { key: 'count', names: named('Wells'), units: named('wells'), adds: true, whole: true, most: '100' };
  const save = (
    more = {},
    by: { actor: Parameters<typeof execute>[3]['actor'] } = { actor: { kind: 'system', label: 'cli' } },
  ) =>
    refusalOf(
      execute(on('2026-09-01'), saveKind, { key: 'well', names: named('Well'), measures: [measure], ...more }, by),
    );

  it('are added by administrators, and what is counted keeps its meaning', async () => {
    expect(await save({}, secretary)).toBe('access.denied');
    expect(await save({ measures: [measure, measure] })).toBe('works.measures-wrong');
    expect(await save({ measures: [{ ...measure, most: '0' }] })).toBe('input.invalid');
    expect(await save()).toBe('accepted');
    expect(await plan(30, { kind: 'well', quantities: { count: '3' } })).toBe('accepted');
    expect(await save({ measures: [] })).toBe('works.measures-wrong');
    expect(await save({ measures: [{ ...measure, units: named('km') }] })).toBe('works.measures-wrong');
    expect(await save({ names: named('Village well'), measures: [{ ...measure, most: '200' }], retired: true })).toBe(
      'accepted',
    );
    expect(await plan(31, { kind: 'well', quantities: { count: '3' } })).toBe('works.kind-unknown');
  });
});

it('lists works in few statements however many there are', async () => {
  const statements = await countStatements(database, () =>
    execute(on('2026-09-01'), list, { unitId: VILLAGE }, as(who.officer)).then((found) => {
      expect(found.works.length).toBeGreaterThan(1);
      expect(found.counts).toContainEqual({ state: 'handed-over', count: 1 });
    }),
  );
  expect(statements).toBeLessThanOrEqual(12);
});
