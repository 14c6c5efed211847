import { recordStatements } from '@dinh/store/connection';
import { readTaskFacts } from '@dinh/store/tasks';
import { beforeAll, expect, it } from 'vitest';
import { execute } from '../kernel/public.ts';
import { openSheet, sheet, submit } from '../programmes/public.ts';
import { as, plantPacks, villagePack, who } from '../testing/public.ts';
import { answerExtension, askExtension, cancel, evaluate, report } from './public.ts';
import { BESIDE, deputy, plantTasks, VILLAGE } from './test-tasks.ts';

const { database, on, put } = await plantTasks();
const number = { type: 'number' };
const names = ['tasks.due', 'tasks.done', 'tasks.done_on_time', 'tasks.done_late', 'tasks.exceeded', 'tasks.overdue'];
const keys = [...names, 'people.members_with_task'];
const idOf = (fact: string) => fact.replace('.', '_');
const asking = villagePack({
  id: 'asking-test',
  facts: Object.fromEntries(keys.map((key) => [key, number])),
  criteria: keys.map((key) => ({
    type: 'count',
    id: idOf(key),
    group: 'g',
    prefill: `facts.${key}`,
    target: { atLeast: 0 },
  })),
});
const plain = villagePack({ id: 'plain-test', criteria: [{ type: 'pass-fail', id: 'roads', group: 'g' }] });
const key = { unitId: VILLAGE, programme: asking.id, period: '2026-03' };

beforeAll(() => plantPacks(database, [asking, plain]));

const filled = async (unitId = VILLAGE) => {
  await execute(on('2026-03-31'), openSheet, { ...key, unitId }, { actor: { kind: 'system', label: 'job' } });
  const { values } = await execute(
    on('2026-03-31'),
    sheet,
    { ...key, unitId },
    { actor: { kind: 'system', label: 'job' } },
  );
  return Object.fromEntries(values.map(({ key: id, declared }) => [id, declared.value]));
};

it('tell what was due in the period, how it ended, and who had something to do', async () => {
  const end = async (
    task: { unitId: number; id: string },
    day: string,
    outcome: 'done' | 'exceeded' = 'done',
    by: string = deputy,
  ) => {
    const said = { ...task, words: 'handed over', finished: { outcome } };
    await execute(on(day), report, said, as(who.secretary));
    await execute(on(day), evaluate, { ...task, outcome, reason: 'seen' }, as(by));
  };
  await end(await put({ deadline: '2026-03-10' }), '2026-03-10');
  await end(await put({ deadline: '2026-03-10' }), '2026-03-12');
  await end(await put({ deadline: '2026-03-20' }), '2026-03-15', 'exceeded');
  const open = await put({ deadline: '2026-03-31', responsible: deputy });
  const dropped = await put({ deadline: '2026-03-31' });
  await execute(on('2026-03-02'), cancel, { ...dropped, reason: 'nobody needs it' }, as(who.secretary));
  await put({ deadline: '2026-04-01', responsible: who.secretary, starts: '2026-04-01' });
  expect(await filled()).toEqual({
    tasks_due: '4',
    tasks_done: '3',
    tasks_done_on_time: '2',
    tasks_done_late: '1',
    tasks_exceeded: '1',
    tasks_overdue: '1',
    people_members_with_task: '2',
  });

  // A sheet that was sent is shown as it was judged: what is granted and finished later does not reach back.
  await execute(on('2026-03-31'), submit, key, as(who.secretary));
  await execute(on('2026-04-02'), askExtension, { ...open, until: '2026-04-30', reason: 'the rain' }, as(deputy));
  await execute(on('2026-04-02'), answerExtension, { ...open, granted: true }, as(who.secretary));
  await end(open, '2026-04-03', 'done', who.officer);
  const known = (knownAt: Date) =>
    readTaskFacts(database.db, { unitId: VILLAGE, from: '2026-03-01', to: '2026-03-31', knownAt, posts: [] });
  expect(await known(new Date('2026-03-31T12:00:00Z'))).toMatchObject({ due: 4, done: 3, overdue: 1 });
  expect(await known(new Date('2026-05-01T12:00:00Z'))).toMatchObject({ due: 3, done: 3, overdue: 0 });
  const sent = await execute(on('2026-05-01'), sheet, key, as(who.officer));
  expect(sent.values.find(({ key: id }) => id === 'tasks_overdue')?.source).toEqual([
    { fact: 'tasks.overdue', value: 1 },
  ]);
});

it('stay with the people of a unit that keeps no tasks here', async () => {
  expect(Object.values(await filled(BESIDE)).filter((value) => value !== null)).toEqual([]);
});

it('cost a pack that does not ask no statement, and one that asks for all of them one', async () => {
  await execute(on('2026-03-31'), openSheet, { ...key, programme: plain.id }, as(who.secretary));
  const asked = async (programme: string) => {
    const statements = await recordStatements(database, () =>
      execute(on('2026-03-31'), sheet, { ...key, programme }, as(who.secretary)),
    );
    return statements.filter((text) => /from task\b/.test(text)).length;
  };
  expect([await asked(plain.id), await asked(asking.id)]).toEqual([0, 1]);
});
