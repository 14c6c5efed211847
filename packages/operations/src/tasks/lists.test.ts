import { countStatements } from '@dinh/store/connection';
import { describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { as, refusalOf, who } from '../testing/public.ts';
import { evaluate, list, owed, register, report, spread } from './public.ts';
import { BESIDE, COMMUNE, freshId, given, plantTasks, VILLAGE } from './test-tasks.ts';

const { database, services, on, put, read } = await plantTasks();
describe('a cascade', () => {
  it('gives lower units their parts, whose figures and ends add up', async () => {
    const whole = { unitId: COMMUNE, id: freshId() };
    const measures = [{ name: 'roads', unit: 'km', target: '10', cumulative: true }];
    await execute(on('2026-01-10'), register, given({ ...whole, responsible: who.officer, measures }), as(who.officer));
    const share = [{ name: 'roads', unit: 'km', target: '5', cumulative: true }];
    const part = (unitId: number, more: object = {}) => ({
      unitId,
      id: freshId(),
      parentUnitId: COMMUNE,
      parentId: whole.id,
      measures: share,
      ...more,
    });
    const ask = (input: ReturnType<typeof part>, by: string = who.officer) =>
      refusalOf(execute(on('2026-01-11'), spread, input, as(by)));
    const first = part(VILLAGE);
    const second = part(BESIDE);
    expect(await ask(part(VILLAGE, { deadline: '2026-07-01' }))).toBe('tasks.after-parent');
    expect(await ask(part(VILLAGE, { parentId: freshId() }))).toBe('tasks.parent-unknown');
    expect(await ask(part(VILLAGE, { parentUnitId: 6 }))).toBe('tasks.not-below');
    expect(await ask(part(5))).toBe('tasks.nobody-there');
    expect(await ask(part(7))).toBe('access.denied');
    expect(await ask(first, who.secretary)).toBe('access.denied');
    expect(await ask(first)).toBe('accepted');
    expect(await ask(part(VILLAGE))).toBe('tasks.already-there');
    expect(await ask(second)).toBe('accepted');
    const key = { unitId: VILLAGE, id: first.id };
    await execute(
      on('2026-02-01'),
      report,
      { ...key, figures: [{ measure: 1, value: '5.5' }], finished: { outcome: 'exceeded' } },
      as(who.secretary),
    );
    await execute(on('2026-02-02'), evaluate, { ...key, outcome: 'exceeded' }, as(who.officer));
    await execute(
      on('2026-02-02'),
      report,
      { unitId: BESIDE, id: second.id, figures: [{ measure: 1, value: '1.25' }] },
      as(who.secretaryBeside),
    );
    // An officer who answers for the whole of it says so themselves; of the parts they only judge.
    await execute(on('2026-02-03'), report, { ...whole, words: 'both have begun' }, as(who.officer));
    expect(await refusalOf(execute(on('2026-02-03'), report, { ...key, words: 'not mine' }, as(who.officer)))).toBe(
      'access.denied',
    );
    const seen = await read(whole);
    expect(seen.parts).toMatchObject({
      of: 2,
      done: 1,
      measures: [{ target: '10', reached: '6.75', percent: '67.5' }],
    });
    expect(seen.parts.lines.map(({ unit, standing }) => [unit, standing])).toEqual([
      ['unit 3', 'exceeded'],
      ['unit 4', 'on-track'],
    ]);
    expect((await read(key)).partOf).toMatchObject({ unitId: COMMUNE, unit: 'unit 2', title: 'mend the road' });
  });
});

describe('lists', () => {
  it('page by deadline, filter, count, and say what somebody owes, in a number of statements that does not grow', async () => {
    for (let number = 0; number < 7; number += 1) {
      await put(
        { unitId: BESIDE, responsible: who.secretaryBeside, deadline: `2026-03-1${number}`, title: `number ${number}` },
        who.secretaryBeside,
      );
    }
    const see = (input: object = {}, day = '2026-03-13') =>
      execute(on(day), list, { unitId: BESIDE, ...input }, as(who.secretaryBeside));
    const first = await see({ limit: 3 });
    expect(first.tasks.map(({ deadline }) => deadline)).toEqual(['2026-03-10', '2026-03-11', '2026-03-12']);
    const second = await see({ limit: 3, after: first.next ?? undefined });
    expect(second.tasks.map(({ deadline }) => deadline)).toEqual(['2026-03-13', '2026-03-14', '2026-03-15']);
    expect((await see({ show: 'overdue' })).tasks.map(({ standing }) => standing)).toEqual([
      'overdue',
      'overdue',
      'overdue',
    ]);
    const risky = await see({ show: 'at-risk' });
    expect(new Set(risky.tasks.map(({ standing }) => standing))).toEqual(new Set(['at-risk']));
    expect(first.counts).toMatchObject({ overdue: 3, 'at-risk': risky.tasks.length, open: 8, done: 0 });
    expect((await see({ dueFrom: '2026-03-12', dueTo: '2026-03-13' })).tasks).toHaveLength(2);
    expect((await see({ kind: 'hard' })).tasks).toEqual([]);
    expect((await see({ person: who.member })).tasks).toEqual([]);
    const mine = await execute(on('2026-03-13'), owed, { unitId: BESIDE, limit: 2 }, as(who.secretaryBeside));
    expect([mine.tasks.length, mine.total]).toEqual([2, 8]);
    const few = await countStatements(database, () => see({ limit: 1 }));
    expect(await countStatements(database, () => see({ limit: 100 }))).toBe(few);
    expect(await refusalOf(execute(services, list, { unitId: BESIDE }, as(who.secretary)))).toBe('access.denied');
  });
});
