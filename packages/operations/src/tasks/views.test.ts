import { countStatements } from '@dinh/store/connection';
import { beforeAll, describe, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { as, NATION, refusalOf, who } from '../testing/public.ts';
import { approve, below, board, calendar, evaluate, list, owed, people, report, since } from './public.ts';
import { COMMUNE, deputy, plantTasks, VILLAGE } from './test-tasks.ts';

const { database, on, put } = await plantTasks();
const today = '2026-03-20';
const breakthrough = {
  kind: 'breakthrough' as const,
  rootCause: 'nobody was asked',
  measures: [{ name: 'homes', unit: '', baseline: '4', target: '0' }],
  milestones: [{ due: '2026-03-25', product: 'a list' }],
};
const see = <Answer>(ask: (unitId: number) => Promise<Answer>) => ask(VILLAGE);

beforeAll(async () => {
  const late = await put({ deadline: '2026-03-10', title: 'late' });
  await execute(
    on('2026-03-05'),
    report,
    { ...late, words: 'slow', difficulty: 'no sand', request: 'sand' },
    as(who.member),
  );
  const done = await put({ deadline: '2026-03-31', title: 'done', directs: deputy });
  await execute(on('2026-03-15'), report, { ...done, words: 'over', finished: { outcome: 'done' } }, as(who.member));
  await execute(on('2026-03-16'), evaluate, { ...done, outcome: 'done' }, as(who.secretary));
  await put({ deadline: '2026-05-31', title: 'new', responsible: who.secretary }, who.secretary, '2026-03-18');
  await put({ ...breakthrough, deadline: '2026-12-31', title: 'leap' }, who.secretary, '2026-03-19');
});

describe('the views of a unit’s tasks', () => {
  it('are a board by state', async () => {
    const { tasks } = await see((unitId) => execute(on(today), board, { unitId, each: 1 }, as(who.member)));
    expect(tasks.map(({ state, total }) => [state, total])).toEqual([
      ['approved', 1],
      ['done', 1],
      ['in-progress', 1],
      ['registered', 1],
    ]);
  });

  it('are a month of deadlines and, once agreed to, milestones', async () => {
    const ask = (month?: string) =>
      execute(on(today), calendar, { unitId: VILLAGE, ...(month && { month }) }, as(who.member));
    const march = await ask();
    expect(march.dates.map(({ day, title }) => [day, title])).toEqual([
      ['2026-03-10', 'late'],
      ['2026-03-31', 'done'],
    ]);
    expect((await ask('2026-05')).dates.map(({ title }) => title)).toEqual(['new']);
    expect(await refusalOf(ask('2026-13'))).toBe('input.invalid');
  });

  it('are by person: who answers for how much, and who leads in person', async () => {
    const seen = await see((unitId) => execute(on(today), people, { unitId }, as(who.member)));
    const of = (id: string) => seen.people.find((person) => person.id === id);
    expect(of(who.member)).toMatchObject({ open: 1, overdue: 1, done: 1, directs: 0 });
    expect(of(deputy)).toMatchObject({ open: 0, directs: 1 });
  });

  it('open the next meeting with what happened since the last one', async () => {
    const seen = await execute(on(today), since, { unitId: VILLAGE, since: '2026-03-12' }, as(who.member));
    const titles = (of: 'isNew' | 'isDone' | 'fellDue') =>
      seen.tasks.filter((task) => task[of]).map(({ title }) => title);
    expect([titles('isNew'), titles('isDone'), titles('fellDue')]).toEqual([['new'], ['done'], []]);
    const earlier = await execute(on(today), since, { unitId: VILLAGE, since: '2026-03-01' }, as(who.member));
    expect(earlier.tasks.find(({ fellDue }) => fellDue)).toMatchObject({ title: 'late', request: 'sand' });
  });

  it('are, for the level above, units with what waits for its word', async () => {
    const ask = (unitId: number, by: string) => execute(on(today), below, { unitId }, as(by));
    expect(await refusalOf(ask(COMMUNE, who.secretary))).toBe('access.denied');
    const seen = await ask(COMMUNE, who.officer);
    expect(seen.units).toMatchObject([{ unitId: VILLAGE, open: 2, overdue: 1, done: 1, toApprove: 1 }]);
    expect(seen.waiting).toMatchObject([{ title: 'leap', unit: 'unit 3' }]);
    const system = { actor: { kind: 'system', label: 'job' } } as const;
    const national = await execute(on(today), below, { unitId: NATION }, system);
    expect(national.units).toMatchObject([{ unitId: COMMUNE, open: 2 }]);
    const { below: waiting } = await execute(on(today), owed, { unitId: COMMUNE }, as(who.officer));
    expect(waiting).toBe(1);
    const [leap] = seen.waiting;
    await execute(on(today), approve, { unitId: VILLAGE, id: leap!.id, notRoutine: true }, as(who.officer));
    expect((await execute(on(today), owed, { unitId: COMMUNE }, as(who.officer))).below).toBe(0);
    const march = await execute(on(today), calendar, { unitId: VILLAGE }, as(who.member));
    expect(march.dates.map(({ milestone }) => milestone)).toContain('a list');
  });

  it('cost the same however many tasks there are', async () => {
    const asks = [
      () => execute(on(today), list, { unitId: VILLAGE }, as(who.secretary)),
      () => execute(on(today), board, { unitId: VILLAGE }, as(who.secretary)),
      () => execute(on(today), people, { unitId: VILLAGE }, as(who.secretary)),
      () => execute(on(today), since, { unitId: VILLAGE, since: '2026-01-01' }, as(who.secretary)),
      () => execute(on(today), owed, { unitId: VILLAGE }, as(who.secretary)),
    ];
    const cost = async () => {
      const counts = [];
      for (const ask of asks) counts.push(await countStatements(database, ask));
      return counts;
    };
    const few = await cost();
    for (let number = 0; number < 12; number += 1) await put({ title: `number ${number}` });
    expect(await cost()).toEqual(few);
    expect(Math.max(...few)).toBeLessThanOrEqual(7);
  });
});
